import Engine
import Foundation
import TestSupport
import Testing

/// A bad night: everything around the agent, and the agent itself, is killed at random, with a fixed seed.
@Suite(.requiresPodman, .serialized) struct ChaosTests {
  /// What happens in such a night.
  private enum Mishap: CaseIterable {
    case killProcess, killSupervisor, removeContainer, killAgent, killPodman, hangPodman, fillDisk
  }

  private static let environment = ProcessInfo.processInfo.environment
  /// How many mishaps; `MCP_TEST_CHAOS` asks for a longer night.
  private static let length = environment["MCP_TEST_CHAOS"].flatMap(Int.init) ?? 24
  /// The seed; `MCP_TEST_SEED` gives another night.
  private static let seed = environment["MCP_TEST_SEED"].flatMap(UInt64.init) ?? 20_261_128

  @Test
  func `after a bad night the world is as it should be, nothing is there twice, and the events tell why`()
    async throws
  {
    try await PodmanEnvironment.require()
    let small = Self.environment["MCP_TEST_SMALL_FS"].map { $0 + "/chaos" }
    if let small {
      try FileManager.default.createDirectory(atPath: small, withIntermediateDirectories: false)
    }
    let agent = try await AgentFixture(
      settings: "[monitor]\ngrace = \"1s\"\nresync = \"3s\"\n", registry: small)
    do {
      try await agent.start()
      try await spend(agent, filler: small.map { $0 + "-filler" })
      await agent.tearDown()
    } catch {
      print("agent log of \(agent.node):\n\(agent.log.suffix(9000))")
      await agent.tearDown()
      throw error
    }
    if let small { try? FileManager.default.removeItem(atPath: small) }
  }

  private func spend(_ agent: AgentFixture, filler: String?) async throws {
    var services: [String] = []
    for name in ["one", "two", "three", "four"] {
      let service = try agent.define(
        name,
        ["db", "api"].map {
          "[[components]]\nname = \"\($0)\"\nimage = \"\(TestImage.one)\"\ncmd = \(TestCommand.idle)\n"
        }.joined())
      #expect(try await agent.mcp("deploy", service).code == 0)
      services.append(service)
    }
    let names = services.flatMap { ["\($0)-api", "\($0)-db"] }.sorted()
    var random = SeededGenerator(seed: Self.seed)
    var hurt: Set<String> = []
    for turn in 1...Self.length {
      let mishap = random.pick(Mishap.allCases)
      // Each in turn: what ends again and again would be slowed down.
      let victim = names[turn % names.count]
      if [.killProcess, .killSupervisor, .removeContainer].contains(mishap) { hurt.insert(victim) }
      try await inflict(mishap, on: victim, of: agent, filler: filler)
      try await Task.sleep(for: .milliseconds(random.number(50...700)))
    }
    let settled = try await eventually(within: .seconds(30)) {
      let containers = try await agent.containers()
      guard containers.map(\.name) == names, containers.allSatisfy({ $0.state == "running" && $0.pid > 0 })
      else { return false }
      for service in services where try await agent.mcp("status", service, "--check").code != 0 {
        return false
      }
      return true
    }
    let found = try await agent.containers().map { "\($0.name) \($0.state)" }
    let status = try await agent.mcp("status").output
    let events = try await agent.mcp("events", "-n", "2000").output
    #expect(settled, "seed \(Self.seed): \(found)\n\(status)")
    if !settled { print("events:\n\(events)\nagent log:\n\(agent.log.suffix(20_000))") }

    // What was done to a component can be read.
    for name in hurt {
      #expect(events.contains(name), "nothing is told of \(name)")
    }
    // An alert a component at the most, and not one a mishap.
    let alerts = try await agent.mcp("alerts", "list", "--all").output.split(separator: "\n").count
    #expect(alerts <= names.count * 3 + 1 + Self.length / 8, "\(alerts) alerts")
    for service in services { #expect(try await agent.mcp("undeploy", "--yes", service).code == 0) }
    #expect(try await agent.containers().isEmpty)
  }

  private func inflict(
    _ mishap: Mishap, on victim: String, of agent: AgentFixture, filler: String?
  ) async throws {
    switch mishap {
    case .killProcess:
      if let pid = try await inspect(victim, "{{.State.Pid}}") { kill(pid, SIGKILL) }
    case .killSupervisor:
      if let pid = try await inspect(victim, "{{.State.ConmonPid}}") { kill(pid, SIGKILL) }
      if let pid = try await inspect(victim, "{{.State.Pid}}") { kill(pid, SIGKILL) }
    case .removeContainer:
      _ = try await Command.run("/usr/bin/podman", ["rm", "-f", "-t", "0", victim])
    case .killAgent:
      await agent.kill9()
      try await agent.start()
    case .killPodman:
      kill(agent.podmanPid, SIGKILL)
      try await Task.sleep(for: .milliseconds(300))
      try await agent.startPodman()
    case .hangPodman:
      let pid = agent.podmanPid
      kill(pid, SIGSTOP)
      try await Task.sleep(for: .seconds(1))
      kill(pid, SIGCONT)
    case .fillDisk:
      guard let filler else { return }
      let chunk = Data(count: 64 << 10)
      #expect(FileManager.default.createFile(atPath: filler, contents: nil))
      let file = try FileHandle(forWritingTo: URL(fileURLWithPath: filler))
      while (try? file.write(contentsOf: chunk)) != nil {}
      try await Task.sleep(for: .seconds(1))
      try? file.close()
      try FileManager.default.removeItem(atPath: filler)
    }
  }

  /// A process of a container; `nil` where it has none at the moment.
  private func inspect(_ name: String, _ format: String) async throws -> Int32? {
    let result = try await Command.run("/usr/bin/podman", ["inspect", "--format", format, name])
    return Int32(result.output.trimmingCharacters(in: .whitespacesAndNewlines)).flatMap { $0 > 1 ? $0 : nil }
  }
}
