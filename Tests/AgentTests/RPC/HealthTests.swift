import Engine
import Foundation
import GRPCCore
import GRPCNIOTransportHTTP2
import SwiftProtobuf
import Synchronization
import TestSupport
import Testing

@testable import Agent

@Suite struct HealthTests {
  typealias Status = Grpc_Health_V1_HealthCheckResponse.ServingStatus
  typealias Client = Grpc_Health_V1_Health.Client<HTTP2ClientTransport.Posix>

  /// Calls `body` with a client of the health service, which needs no role.
  private func withHealth(
    _ agent: TestAgent, _ body: @escaping @Sendable (Client) async throws -> Void
  ) async throws {
    let transport = try HTTP2ClientTransport.Posix(
      target: .unixDomainSocket(path: agent.path, authority: "localhost"), transportSecurity: .plaintext)
    try await withGRPCClient(transport: transport) { client in
      try await body(Client(wrapping: client))
    }
  }

  @Test func `everything serves, and what is not there is not found`() async throws {
    try await TestAgent.with(FakeControlPlane()) { agent in
      try await withHealth(agent) { health in
        for service in ["", "mcp.v1.ControlPlane"] {
          let answer = try await health.check(.with { $0.service = service })
          #expect(answer.status == .serving)
        }
        let all = try await health.list(.init())
        #expect(all.statuses.mapValues(\.status) == ["": .serving, "mcp.v1.ControlPlane": .serving])
        let error = await #expect(throws: RPCError.self) {
          try await health.check(.with { $0.service = "example.Other" })
        }
        #expect(error?.code == .notFound)
      }
    }
  }

  @Test func `a watcher learns that the agent goes down`() async throws {
    try await TestAgent.with(FakeControlPlane()) { agent in
      try await withHealth(agent) { health in
        let seen = Mutex<[Status]>([])
        async let watched: Void = health.watch(.init()) { response in
          for try await message in response.messages { seen.withLock { $0.append(message.status) } }
        }
        try await eventually("the present state comes") { seen.withLock { $0 } == [.serving] }
        agent.server.beginGracefulShutdown()
        try await watched
        #expect(seen.withLock { $0 } == [.serving, .notServing])
      }
    }
  }
}
