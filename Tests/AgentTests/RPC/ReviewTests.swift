import Engine
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Agent

/// Lets everybody pass until it is told why not.
private final class ChangingPolicy: PeerPolicy {
  private let state = Mutex<(reason: EngineError?, asked: Int)>((nil, 0))

  /// How often it was asked.
  var asked: Int { state.withLock { $0.asked } }

  /// Refuses from now on; `nil` lets everybody pass again.
  func refuse(_ reason: EngineError?) { state.withLock { $0.reason = reason } }

  func caller(for peer: Peer, token: String?) throws -> Caller {
    let reason = state.withLock { state in
      state.asked += 1
      return state.reason
    }
    if let reason { throw reason }
    return Caller(actor: Actor(kind: .token, name: "laptop"), role: .admin, peer: peer.description)
  }
}

/// Whether somebody may still do what it does is looked at again while it does it.
@Suite struct ReviewTests {
  enum Stream: CaseIterable {
    case events, exec
  }

  private static var limits: RPCLimits {
    var limits = RPCLimits()
    limits.reviewInterval = .milliseconds(20)
    return limits
  }

  private static let revoked = EngineError(.unauthenticated, "the token is not valid: it was revoked")
  private static let target = Target(service: "web", component: "api")

  @Test(arguments: Stream.allCases, TestAgent.Door.allCases)
  func `a stream ends once its token is revoked, at both ends, and it is told`(
    stream: Stream, door: TestAgent.Door
  ) async throws {
    let (waiting, policy) = (WaitingPlane(), ChangingPolicy())
    try await TestAgent.with(waiting.plane, policy: policy, limits: Self.limits, remote: true) { agent in
      try await agent.connect(door) { client in
        let task = Task {
          switch stream {
          case .events: for try await _ in client.events(EventQuery()) {}
          case .exec:
            let session = try await client.exec(Self.target, request: ExecRequest(command: ["sh"]))
            for try await _ in session.output {}
          }
        }
        try await waiting.begun.wait()
        try await eventually("it is looked at again") { policy.asked > 3 }
        #expect(!waiting.cancelled.isSet)
        policy.refuse(Self.revoked)
        let error = await #expect(throws: EngineError.self) { try await task.value }
        #expect(error?.code == .unauthenticated)
        #expect(error?.message.contains("it was revoked") == true)
        try await waiting.cancelled.wait()
        try await eventually("it is told") { !agent.log.records.isEmpty }
        #expect(agent.log.records.last?.caller?.actor == Actor(kind: .token, name: "laptop"))
        let outcome = agent.log.records.last?.outcome
        switch stream {
        case .events: #expect(outcome == .refused(Self.revoked.message))
        case .exec: #expect(outcome == .failed(.unauthenticated, Self.revoked.message))
        }
      }
    }
  }

  @Test func `a stream goes on while it cannot be told whether its token is valid`() async throws {
    let (waiting, policy) = (WaitingPlane(), ChangingPolicy())
    try await TestAgent.withClient(waiting.plane, policy: policy, limits: Self.limits) { client, agent in
      var events = client.events(EventQuery()).makeAsyncIterator()
      #expect(try await events.next()?.id == 1)
      policy.refuse(EngineError(.unavailable, "the identity service does not answer"))
      let asked = policy.asked
      try await eventually("it is looked at again") { policy.asked > asked + 3 }
      waiting.release.set()
      #expect(try await events.next()?.id == 2)
      #expect(agent.log.records.isEmpty)
    }
    try await waiting.cancelled.wait()
  }

  @Test func `an operation that was begun is finished, whatever becomes of its token`() async throws {
    let (waiting, policy) = (WaitingPlane(), ChangingPolicy())
    try await TestAgent.withClient(waiting.plane, policy: policy, limits: Self.limits) { client, _ in
      async let result = client.deploy(DeployRequest(definition: ServiceDefinition(name: "web"))) { _ in }
      try await waiting.begun.wait()
      policy.refuse(Self.revoked)
      await #expect(throws: EngineError.self) { try await client.list() }
      waiting.release.set()
      #expect(try await result.message == "done")
    }
  }
}
