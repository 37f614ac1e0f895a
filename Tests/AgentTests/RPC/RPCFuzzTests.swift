import Engine
import Foundation
import TestSupport
import Testing

@testable import Agent

/// Calls, frames and messages that were damaged at random, while somebody else works.
///
/// `MCP_TEST_FUZZ` is how many seconds it takes, `MCP_TEST_SEED` another beginning. How much memory it takes is looked at where the
/// agent is a process of its own.
@Suite struct RPCFuzzTests {
  private static let seconds =
    ProcessInfo.processInfo.environment["MCP_TEST_FUZZ"].flatMap(Double.init) ?? 4
  private static let seed =
    ProcessInfo.processInfo.environment["MCP_TEST_SEED"].flatMap(UInt64.init) ?? 1

  @Test func `damaged calls neither end the agent nor hold others up, and leave no connection behind`()
    async throws
  {
    let fake = FakeControlPlane()
    try await TestAgent.with(fake) { agent in
      let fuzzer = try CallFuzzer(path: agent.path, seed: Self.seed, changing: true)
      try fuzzer.strike(200)
      let end = ContinuousClock.now + .seconds(Self.seconds)
      let rounds = try await agent.connect(.socket) { client in
        var rounds = 0
        var isServed = true
        while ContinuousClock.now < end {
          try fuzzer.strike(50)
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
