import Engine
import Foundation
import SwiftProtobuf
import TestSupport
import Testing

@testable import Agent

/// Calls, frames and messages that were damaged at random, while somebody else works.
///
/// `MCP_TEST_FUZZ` is how many seconds it takes, `MCP_TEST_SEED` another beginning.
@Suite struct RPCFuzzTests {
  private static let seconds =
    ProcessInfo.processInfo.environment["MCP_TEST_FUZZ"].flatMap(Double.init) ?? 4
  private static let seed =
    ProcessInfo.processInfo.environment["MCP_TEST_SEED"].flatMap(UInt64.init) ?? 1

  /// Messages that are good until they are damaged.
  private static let messages: [(method: String, bytes: [UInt8])] = {
    var deploy = Mcp_V1_DeployRequest()
    deploy.definition = Mcp_V1_Service(
      ServiceDefinition(name: "web", components: [Component(name: "api", image: "example.org/api:1")]))
    var push = Mcp_V1_PushRequest()
    push.open.service = "web"
    push.open.path = "x"
    push.open.name = "x"
    push.open.source.size = 5
    push.open.totalBytes = 5
    push.open.totalFiles = 1
    var events = Mcp_V1_EventsRequest()
    events.service = "web"
    var secret = Mcp_V1_SetSecretRequest()
    secret.service = "web"
    secret.name = "key"
    secret.value = Data("value".utf8)
    var exec = Mcp_V1_ExecRequest()
    exec.open.target.service = "web"
    exec.open.command = ["sh", "-c", "true"]
    var token = Mcp_V1_CreateTokenRequest()
    token.name = "laptop"
    token.role = "viewer"
    token.ttlMs = 60_000
    var pull = Mcp_V1_PullRequest()
    pull.service = "web"
    let all: [(String, any Message)] = [
      ("Deploy", deploy), ("Push", push), ("Events", events), ("SetSecret", secret), ("Exec", exec),
      ("CreateToken", token), ("Pull", pull), ("List", Mcp_V1_ListRequest()), ("Sync", Mcp_V1_SyncRequest()),
    ]
    return all.compactMap { name, message in
      (try? message.serializedBytes() as [UInt8]).map { (name, $0) }
    }
  }()

  private static func damaged(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<random.number(0...5) {
      switch random.number(0...3) {
      case 0 where !bytes.isEmpty: bytes[random.number(0...(bytes.count - 1))] = UInt8(random.number(0...255))
      case 1 where !bytes.isEmpty: bytes.remove(at: random.number(0...(bytes.count - 1)))
      case 2: bytes.insert(UInt8(random.number(0...255)), at: random.number(0...bytes.count))
      default: bytes += (0..<random.number(0...40)).map { _ in UInt8(random.number(0...255)) }
      }
    }
    return bytes
  }

  /// A connection's worth of bytes.
  private static func connection(_ random: inout SeededGenerator) -> [UInt8] {
    var bytes = HTTP2Bytes.preface + HTTP2Bytes.frame(4, [])
    for number in 0..<random.number(1...6) {
      let stream = UInt32(2 * number + 1)
      let (method, good) = random.pick(messages)
      var header = HTTP2Bytes.call.map { name, value in
        name == ":path" ? (name, "/mcp.v1.ControlPlane/\(method)") : (name, value)
      }
      if random.chance(6) { header.append(("mcp-peer-uid", "0")) }
      if random.chance(6) { header.append(("authorization", "Bearer \(random.next())")) }
      if random.chance(6) { header.append(("grpc-timeout", "\(random.number(0...99))m")) }
      if random.chance(8) { header.remove(at: random.number(0...(header.count - 1))) }
      bytes += HTTP2Bytes.frame(1, flags: 4, stream: stream, HTTP2Bytes.header(header))
      for _ in 0..<random.number(1...3) {
        let message = random.chance(3) ? good : damaged(good, &random)
        let length = random.chance(10) ? random.number(0...100_000) : message.count
        let prefix = withUnsafeBytes(of: UInt32(length).bigEndian) { Array($0) }
        bytes += HTTP2Bytes.frame(0, stream: stream, [random.chance(12) ? 1 : 0] + prefix + message)
      }
      if random.chance(2) { bytes += HTTP2Bytes.frame(0, flags: 1, stream: stream, []) }
      if random.chance(4) { bytes += HTTP2Bytes.frame(3, stream: stream, [0, 0, 0, 8]) }
      if random.chance(4) {
        bytes += HTTP2Bytes.frame(
          UInt8(random.number(0...12)), flags: UInt8(random.number(0...255)),
          stream: UInt32(random.number(0...9)),
          (0..<random.number(0...30)).map { _ in UInt8(random.number(0...255)) })
      }
    }
    return random.chance(3) ? Array(bytes.prefix(24)) + damaged(Array(bytes.dropFirst(24)), &random) : bytes
  }

  /// Sends what `connection(_:)` makes, each on a connection of its own.
  private final class Attacker: @unchecked Sendable {
    // Used by one task.
    private let path: String
    private var random: SeededGenerator

    init(path: String, seed: UInt64) {
      self.path = path
      random = SeededGenerator(seed: seed)
    }

    func strike(_ count: Int) throws {
      for _ in 0..<count {
        let descriptor = try RawSocket.connect(path)
        let bytes = RPCFuzzTests.connection(&random)
        _ = bytes.withUnsafeBytes {
          Foundation.send(descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
        }
        close(descriptor)
      }
    }
  }

  @Test func `damaged calls neither end the agent nor hold others up, and leave no connection behind`()
    async throws
  {
    let fake = FakeControlPlane()
    try await TestAgent.with(fake) { agent in
      let attacker = Attacker(path: agent.path, seed: Self.seed)
      try attacker.strike(200)
      let end = ContinuousClock.now + .seconds(Self.seconds)
      let rounds = try await agent.connect(.socket) { client in
        var rounds = 0
        var isServed = true
        while ContinuousClock.now < end {
          try attacker.strike(50)
          rounds += 1
          // What the test itself keeps of every call.
          fake.forget()
          agent.log.forget()
          isServed = try await client.node().name == "fake" && isServed
          let other = try await RemoteControlPlane.withConnection(to: agent.address) {
            try await $0.node().name
          }
          isServed = other == "fake" && isServed
        }
        #expect(isServed)
        return rounds
      }
      #expect(rounds > 0)
      try await eventually("connections are forgotten") {
        agent.server.connections.count(.user(geteuid())) == 0
      }
    }
  }
}
