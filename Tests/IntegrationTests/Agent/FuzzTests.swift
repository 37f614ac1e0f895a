import Engine
import Foundation
import TestSupport
import Testing

/// Damaged calls, frames and messages against a real agent.
///
/// `MCP_TEST_FUZZ` is how many seconds it takes, `MCP_TEST_SEED` another beginning.
@Suite(.requiresPodman) struct FuzzTests {
  private static let seconds =
    ProcessInfo.processInfo.environment["MCP_TEST_FUZZ"].flatMap(Double.init) ?? 8
  private static let seed =
    ProcessInfo.processInfo.environment["MCP_TEST_SEED"].flatMap(UInt64.init) ?? 1
  /// What an agent's memory may grow by, however long it takes: its allocator takes some time to have seen everything.
  private static let tolerance = 32 * 1024

  @Test func `an agent survives damaged calls, serves others, and forgets them`() async throws {
    try await AgentFixture.with { agent in
      let pid = agent.pid
      let address = try AgentAddress(parsing: "unix://\(agent.socket)")
      let fuzzer = try CallFuzzer(path: agent.socket, seed: Self.seed, changing: false)
      try fuzzer.strike(3_000)
      let began = ContinuousClock.now
      let before = try Processes.residentKiB(pid)
      var connections = 0
      var served = 0
      var told = began
      while ContinuousClock.now - began < .seconds(Self.seconds) {
        try fuzzer.strike(200)
        connections += 200
        served +=
          try await RemoteControlPlane.withConnection(to: address) { try await $0.node().name } == agent.node
          ? 1 : 0
        if ContinuousClock.now - told > .seconds(30) {
          told = .now
          print("\(connections) connections: \(try Processes.residentKiB(pid)) KiB, \(before) at first")
        }
      }
      #expect(served == connections / 200)
      #expect(agent.pid == pid, "the agent has ended: \(agent.log.suffix(2_000))")
      let list = try await agent.mcp("--json", "list")
      #expect(list.output.trimmingCharacters(in: .whitespacesAndNewlines) == "[]")
      let after = try Processes.residentKiB(pid)
      #expect(
        after < before + Self.tolerance,
        "after \(connections) connections its memory went from \(before) to \(after) KiB")
    }
  }
}
