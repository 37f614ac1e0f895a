import Engine
import Foundation
import TestSupport
import Testing

/// What signals, a full disk and missing things do to the agent's process.
@Suite(.requiresPodman, .serialized) struct AgentProcessTests {
  private let component =
    "[[components]]\nname = \"api\"\nimage = \"\(TestImage.one)\"\ncmd = \(TestCommand.idle)\n"

  private func rewrite(_ agent: AgentFixture, _ old: String, _ new: String) throws {
    let path = agent.directory.file("agent.toml")
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try text.replacingOccurrences(of: old, with: new).write(toFile: path, atomically: true, encoding: .utf8)
  }

  @Test func `SIGHUP takes over what can change, names what cannot, and keeps all on a mistake`() async throws
  {
    try await AgentFixture.with(settings: "[log]\nlevel = \"warning\"") { agent in
      try rewrite(agent, "level = \"warning\"", "level = \"info\"")
      kill(agent.pid, SIGHUP)
      #expect(await eventually { agent.log.contains("the configuration was read again") })
      let service = try agent.define("app", component)
      #expect(try await agent.mcp("deploy", service).code == 0)
      #expect(await eventually { agent.log.contains("deployed revision 1") }, "the new level counts")

      try rewrite(agent, "a/agent.sock\"", "a/other.sock\"")
      kill(agent.pid, SIGHUP)
      #expect(await eventually { agent.log.contains("some changes need a restart") })
      #expect(agent.log.contains("server.socket"))
      #expect(try await agent.mcp("ps").code == 0)

      try rewrite(agent, "level = \"info\"", "levle = \"info\"")
      kill(agent.pid, SIGHUP)
      #expect(await eventually { agent.log.contains("it is not valid") })
      #expect(agent.log.contains("levle"))
      #expect(try await agent.mcp("undeploy", "--yes", service).code == 0)
    }
  }

  @Test func `SIGTERM during an operation lets it finish before the agent ends`() async throws {
    try await AgentFixture.with { agent in
      let stubborn = #"["sh", "-c", "trap '' TERM; while :; do sleep 1000 & wait; done"]"#
      let service = try agent.define(
        "app", component.replacingOccurrences(of: TestCommand.idle, with: stubborn))
      #expect(try await agent.mcp("deploy", service).code == 0)
      async let stop = agent.mcp("stop", service)
      #expect(try await eventually { try await agent.containers().map(\.state) != ["running"] })
      #expect(await agent.terminate() == 0)
      #expect(try await stop.code == 0)
      #expect(try await agent.containers().map(\.state) == ["exited"])
      try await agent.start()
      #expect(try await agent.mcp("status", service, "--check").code == 0)
    }
  }

  @Test func `without podman the agent answers, and says what is missing`() async throws {
    let agent = try await AgentFixture(ownPodman: false)
    do {
      try await agent.start(extra: ["PATH": "/nonexistent"])
      let service = try agent.define("app", component)
      #expect(try await agent.mcp("list").code == 0)
      let deploy = try await agent.mcp("deploy", service)
      #expect(deploy.code == 5, "\(deploy.errors)")
      #expect(deploy.errors.contains("podman"), "\(deploy.errors)")
      #expect(deploy.errors.contains("hint:"), "\(deploy.errors)")
      let doctor = try await agent.mcp("doctor")
      #expect(doctor.code == 1, "\(doctor.output)")
      #expect(doctor.output.contains("podman"), "\(doctor.output)")
    } catch {
      Issue.record("\(error)\n\(agent.log)")
    }
    await agent.tearDown()
  }

  @Test(
    .enabled(
      if: ProcessInfo.processInfo.environment["MCP_TEST_SMALL_FS"] != nil,
      "MCP_TEST_SMALL_FS names no directory on a file system of a few MiB"))
  func `on a full disk a deploy fails as a whole and says so; with space it goes on`() async throws {
    let small = try #require(ProcessInfo.processInfo.environment["MCP_TEST_SMALL_FS"]) + "/agent"
    try FileManager.default.createDirectory(atPath: small, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: small) }
    let agent = try await AgentFixture(registry: small)
    do {
      try await agent.start()
      let service = try agent.define("app", component)
      #expect(try await agent.mcp("deploy", service).code == 0)
      let old = try await agent.containers()
      let ballast = small + "/ballast"
      #expect(try await Command.run("/bin/dd", ["if=/dev/zero", "of=\(ballast)", "bs=4k"]).code != 0)
      let big = (1...8).map { "\"BIG\($0)=\(String(repeating: "x", count: 30_000))\"" }
      try agent.define("app", component + "env = [\(big.joined(separator: ", "))]\n")
      let result = try await agent.mcp("deploy", service)
      #expect(result.code == 1, "\(result.errors)")
      #expect(result.errors.contains("space"), "\(result.errors)")
      #expect(try await agent.containers().map(\.id) == old.map(\.id))
      #expect(try await agent.mcp("ps").output.contains("running"))
      try FileManager.default.removeItem(atPath: ballast)
      #expect(try await agent.mcp("deploy", service).code == 0)
      #expect(try await agent.containers().map(\.id) != old.map(\.id))
      #expect(try await agent.containers().map(\.state) == ["running"])
    } catch {
      Issue.record("\(error)\n\(agent.log)")
    }
    await agent.tearDown()
  }

  @Test func `a registry that may only be read is refused at start`() async throws {
    try await AgentFixture.with { agent in
      await agent.terminate()
      chmod(agent.directory.file("state/mcp.db"), 0o400)
      let result = try await Command.run(
        Command.binaries + "/mcp-agent", ["run", "--config", agent.directory.file("agent.toml")],
        deadline: .seconds(20))
      chmod(agent.directory.file("state/mcp.db"), 0o600)
      #expect(getuid() == 0 || result.code == 1)
      #expect(getuid() == 0 || result.errors.contains("mcp.db"), "\(result.errors)")
    }
  }

  @Test func `what ended while there was no agent is told by the next one, with its exit code`() async throws
  {
    try await AgentFixture.with { agent in
      let service = try agent.define("app", component + "\nrestart = \"no\"")
      #expect(try await agent.mcp("deploy", service).code == 0)
      let pid = try #require(try await agent.containers().first?.pid)
      await agent.kill9()
      kill(Int32(pid), SIGKILL)
      #expect(await eventually { !ProcessIdentity.isAlive(pid: pid) })
      try await agent.start()
      #expect(
        try await eventually {
          let events = try await agent.mcp("events", "--service", service, "--json").output
          return events.contains("\"kind\":\"exit\"") && events.contains("\"exit_code\":\"137\"")
        })
      await agent.kill9()
      try await agent.start()
      #expect(try await agent.mcp("status", service).output.contains("exited"))
      let events = try await agent.mcp("events", "--service", service, "--json").output
      #expect(events.components(separatedBy: "\"kind\":\"exit\"").count == 2, "told once")
    }
  }

  @Test func `a snapshot of a running agent is a registry that another agent starts from`() async throws {
    try await AgentFixture.with { agent in
      let service = try agent.define("app", component)
      #expect(try await agent.mcp("deploy", service).code == 0)
      let copy = agent.directory.file("copy.db")
      let arguments = ["snapshot", "--config", agent.directory.file("agent.toml"), copy]
      #expect(try await Command.run(Command.binaries + "/mcp-agent", arguments).code == 0)
      let again = try await Command.run(Command.binaries + "/mcp-agent", arguments)
      #expect(again.code != 0 && again.errors.contains("copy.db"), "\(again.errors)")
      await agent.kill9()
      for suffix in ["", "-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: agent.directory.file("state/mcp.db\(suffix)"))
      }
      try FileManager.default.copyItem(atPath: copy, toPath: agent.directory.file("state/mcp.db"))
      try await agent.start()
      #expect(try await agent.mcp("status", service, "--check").code == 0)
    }
  }
}
