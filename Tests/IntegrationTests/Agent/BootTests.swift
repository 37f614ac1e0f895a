import Engine
import Foundation
import TestSupport
import Testing

/// Boot sequences in a real agent.
@Suite(.requiresPodman, .serialized) struct BootTests {
  static let share = [
    "MCP_SHARE": (ProcessInfo.processInfo.environment["MCP_TEST_REPOSITORY"] ?? ".") + "/scripts"
  ]

  private static func component(_ more: String = "", cmd: String = TestCommand.idle) -> String {
    "[[components]]\nname = \"api\"\nimage = \"\(TestImage.one)\"\ncmd = \(cmd)\n\(more)\n"
  }

  /// Runs `body` with an agent on which the services `one` and `two` were deployed, and removed by hand while it was down.
  private func with(
    one: (AgentFixture) throws -> String = { _ in BootTests.component() },
    _ body: (AgentFixture, _ one: String, _ two: String) async throws -> Void
  ) async throws {
    try await AgentFixture.with(settings: "[monitor]\ngrace = \"1s\"\n") { agent in
      let first = try agent.define("one", try one(agent))
      let second = try agent.define("two", Self.component())
      #expect(try await agent.mcp("deploy", first).code == 0)
      #expect(try await agent.mcp("deploy", second).code == 0)
      await agent.terminate()
      for container in try await agent.containers() {
        #expect(try await Command.run("/usr/bin/podman", ["rm", "-f", "-t", "0", container.id]).code == 0)
      }
      try await body(agent, first, second)
    }
  }

  private func configure(_ agent: AgentFixture, _ text: String) throws {
    let path = agent.directory.file("agent.toml")
    let before = try String(contentsOfFile: path, encoding: .utf8)
    try (before + "\n" + text + "\n").write(toFile: path, atomically: true, encoding: .utf8)
  }

  private func script(_ agent: AgentFixture, _ text: String) throws {
    let mode: [FileAttributeKey: Any] = [.posixPermissions: 0o700]
    for directory in ["scripts", "scripts/boot"] {
      try FileManager.default.createDirectory(
        atPath: agent.directory.file("state/\(directory)"), withIntermediateDirectories: true,
        attributes: mode)
    }
    let path = agent.directory.file("state/scripts/boot/own.lua")
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    let configuration = try String(contentsOfFile: agent.directory.file("agent.toml"), encoding: .utf8)
    if !configuration.contains("[boot]") { try configure(agent, "[boot]\nscript = \"boot/own.lua\"") }
  }

  private func running(_ agent: AgentFixture) async throws -> Set<String> {
    Set(try await agent.containers().filter { $0.state == "running" }.map(\.name))
  }

  private func events(_ agent: AgentFixture) async throws -> String {
    try await agent.mcp("events", "--json", "-n", "200").output
  }

  private func bothRun(_ agent: AgentFixture, _ one: String, _ two: String) async throws -> Bool {
    try await eventually(within: .seconds(40)) { try await running(agent) == ["\(one)-api", "\(two)-api"] }
  }

  @Test func `the configured stages are brought up in order, once in each boot of the machine`() async throws
  {
    try await with { agent, one, two in
      try configure(
        agent,
        """
        [[boot.sequence]]
        name = "foundation"
        services = ["\(two)"]
        required = true
        [[boot.sequence]]
        name = "site"
        services = ["\(one)", "nowhere"]
        timeout = "20s"
        """)
      try await agent.start(extra: Self.share)
      #expect(try await bothRun(agent, one, two))
      #expect(try await eventually { try await events(agent).contains("boot-done") })
      let told = try await agent.mcp("events", "-n", "200").output
      let up = try #require(told.range(of: "the stage foundation is up"))
      let next = try #require(told.range(of: "the stage site (\(one), nowhere) begins"))
      #expect(up.lowerBound < next.lowerBound)
      let status = try await agent.mcp("status").output
      #expect(status.contains("boot done after"))
      #expect(status.contains("not deployed: nowhere"))

      let plan = try await agent.mcp("boot", "--plan")
      #expect(plan.code == 0, "\(plan.errors)")
      #expect(plan.output.contains("1. foundation (required, later stages wait for it)"))
      #expect(plan.output.contains("\(two): nothing to do"))

      await agent.kill9()
      try await agent.start(extra: Self.share)
      #expect(
        try await eventually { try await events(agent).components(separatedBy: "\"boot-done\"").count == 3 })
      let again = try await agent.mcp("events", "-n", "200").output
      #expect(
        again.components(separatedBy: "the stage foundation is up").count == 2,
        "it had ended, and was not begun again")

      let run = try await agent.mcp("boot")
      #expect(run.code == 1, "a stage fails")
      #expect(run.errors.contains("the stage foundation is up"))
    }
  }

  @Test(arguments: [
    ("a syntax error", "this is not Lua"), ("an endless loop", "while true do end"),
    ("a mistake", "local boot = require \"boot\"; boot.stage \"x\" {servces = {}}"),
    (
      "a mistake in a stage",
      "local b = require \"boot\"; b.stage \"x\" {before = function() error(\"no\") end}; b.run()"
    ),
  ])
  func `a boot script that is broken does not keep the node down, and that is told`(
    what: String, text: String
  ) async throws {
    try await with { agent, one, two in
      try script(agent, text)
      try await agent.start(extra: Self.share)
      #expect(try await bothRun(agent, one, two), "\(what)")
      let told = try await events(agent)
      #expect(told.contains("boot-failed"))
      #expect(told.contains("the boot script boot/own.lua failed, and everything is started without it"))
      #expect(try await agent.mcp("status").output.contains("everything was started without it"))
    }
  }

  @Test func `a required stage that does not get healthy blocks what comes after, until it does`()
    async throws
  {
    func flag(_ agent: AgentFixture) -> String { agent.directory.file("srv/flags/well") }
    func delicate(_ agent: AgentFixture) throws -> String {
      let directory = agent.directory.file("srv/flags")
      try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
      #expect(FileManager.default.createFile(atPath: flag(agent), contents: nil))
      return Self.component(
        """
        volumes = ["\(directory):/flags:ro"]
        health = {type = "exec", command = ["test", "-e", "/flags/well"], interval = "500ms", retries = 1}
        """)
    }
    try await with(one: delicate) { agent, one, two in
      try FileManager.default.removeItem(atPath: flag(agent))
      try script(
        agent,
        """
        local boot = require "boot"
        boot.stage "first" {services = {"\(one)"}, timeout = "3s", required = true}
        boot.stage "second" {services = {"\(two)"}}
        boot.run()
        """)
      try await agent.start(extra: Self.share)
      #expect(try await eventually(within: .seconds(30)) { try await events(agent).contains("\"retrying\"") })
      let status = try await agent.mcp("status").output
      #expect(status.contains("boot under way"))
      #expect(status.contains("pending"))
      #expect(status.contains("unhealthy") || status.contains("starting"))
      #expect(try await running(agent) == ["\(one)-api"], "what comes after waits")
      #expect(FileManager.default.createFile(atPath: flag(agent), contents: nil))
      #expect(try await bothRun(agent, one, two))
      #expect(try await eventually { try await events(agent).contains("boot-done") })
    }
  }

  @Test func `a boot that is killed half-way goes on behind the stages that have ended`() async throws {
    try await with { agent, one, two in
      try script(
        agent,
        """
        local boot = require "boot"
        boot.stage "first" {services = {"\(one)"}, required = true}
        boot.stage "second" {services = {"\(two)"}, required = true, before = function() mcp.sleep("3s") end}
        boot.run()
        """)
      try await agent.start(extra: Self.share)
      #expect(
        try await eventually(within: .seconds(30)) { try await events(agent).contains("the stage second (") })
      await agent.kill9()
      try await agent.start(extra: Self.share)
      #expect(try await bothRun(agent, one, two))
      #expect(try await eventually { try await events(agent).contains("boot-done") })
      let told = try await agent.mcp("events", "-n", "200").output
      #expect(told.components(separatedBy: "the stage first is up").count == 2)
      #expect(told.components(separatedBy: "the stage second is up").count == 2)
    }
  }
}
