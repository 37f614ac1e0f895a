import Engine
import Foundation
import TestSupport
import Testing

/// Taking over what others started, on a real podman.
@Suite(.requiresPodman, .serialized) struct AdoptTests {
  /// Ends at once when it is told to.
  private static let idle = "trap 'exit 0' TERM; while :; do sleep 1000 & wait; done"
  private static let web =
    "trap 'exit 0' TERM; mkdir -p /www && echo $TEXT > /www/index.html; httpd -p 8080 -h /www; while :; do sleep 1000 & wait; done"

  /// A container's life: which process, since when, how often restarted.
  private func life(_ name: String) async throws -> String {
    let result = try await Command.run(
      "/usr/bin/podman",
      ["inspect", "--format", "{{.State.Pid}} {{.State.StartedAt}} {{.RestartCount}}", name])
    return result.code == 0 ? result.output : "none: \(result.errors)"
  }

  @discardableResult
  private func podman(_ arguments: String..., input: String = "") async throws -> CommandResult {
    let result = try await Command.run("/usr/bin/podman", arguments, input: input)
    #expect(result.code == 0, "podman \(arguments.joined(separator: " ")): \(result.errors)")
    return result
  }

  private func remove(_ names: String...) async {
    for name in names { _ = try? await Command.run("/usr/bin/podman", ["rm", "-f", "-t", "0", name]) }
  }

  @Test func `a container of podman run is adopted untouched, and is like any other afterwards`() async throws
  {
    try await AgentFixture.with(settings: "[monitor]\ngrace = \"1s\"\nresync = \"5s\"\n") { agent in
      let service = "\(agent.node)-shop"
      let name = "\(service)-api"
      let port = try FreePort.next()
      try await podman(
        "run", "-d", "--name", name, "-p", "127.0.0.1:\(port):8080", "-e", "TEXT=adopted", "--restart",
        "always",
        TestImage.one, "sh", "-c", Self.web)
      let before = try await life(name)

      let plan = try await agent.mcp("adopt", service, "--plan")
      #expect(plan.code == 0, "\(plan.errors)")
      #expect(plan.output.contains("would adopt \(name) as api"))
      #expect(plan.output.contains("TEXT"))
      #expect(try await agent.mcp("list").output.isEmpty, "a plan changes nothing")

      let adopted = try await agent.mcp("adopt", service)
      #expect(adopted.code == 0, "\(adopted.errors)")
      #expect(adopted.output.contains("adopted as revision 1"))
      #expect(try await life(name) == before)
      #expect(try await agent.mcp("status", service, "--check").code == 0)
      #expect(try await agent.mcp("ps", service).output.contains("running"))
      let again = try await agent.mcp("adopt", service)
      #expect(again.code == 3, "\(again.output)")

      // The written definition is what runs: a deploy of it changes nothing.
      let deployed = try await agent.mcp("deploy", service)
      #expect(deployed.code == 0, "\(deployed.errors)")
      #expect((deployed.output + deployed.errors).contains("nothing to do"))
      #expect(try await life(name) == before)

      // Another agent knows it as well.
      await agent.kill9()
      try await agent.start()
      #expect(try await eventually { try await agent.mcp("status", service, "--check").code == 0 })
      #expect(try await life(name) == before)
      #expect(try await agent.mcp("logs", service).code == 0)

      #expect(try await agent.mcp("stop", service).code == 0)
      #expect(try await agent.mcp("start", service).code == 0)
      #expect(try await eventually { try await fetch(port) == "adopted" })

      // What goes is brought back, as one of the agent's own.
      await remove(name)
      #expect(try await eventually(within: .seconds(20)) { try await fetch(port) == "adopted" })
      #expect(try await agent.containers().map(\.name) == [name])
      #expect(try await agent.mcp("export", service, "-o", "-").output.contains("TEXT"))
      #expect(try await agent.mcp("undeploy", "--yes", service).code == 0)
      #expect(try await life(name).hasPrefix("none"))
    }
  }

  @Test func `a changed definition replaces what was adopted`() async throws {
    try await AgentFixture.with { agent in
      let service = "\(agent.node)-shop"
      let name = "\(agent.node)-old"
      try await podman("run", "-d", "--name", name, TestImage.one, "sh", "-c", Self.idle)
      let adopted = try await agent.mcp("adopt", service, "--container", "api=\(name)")
      #expect(adopted.code == 0, "\(adopted.errors)")
      #expect(try await life("\(service)-api").hasSuffix(" 0\n"), "it has the name of its component now")
      let path = agent.directory.file("services/\(service).toml")
      let text = try String(contentsOfFile: path, encoding: .utf8)
      try text.replacing("1000", with: "2000").write(toFile: path, atomically: true, encoding: .utf8)
      let deployed = try await agent.mcp("deploy", service)
      #expect(deployed.code == 0, "\(deployed.errors)")
      #expect(try await agent.containers().map(\.name) == ["\(service)-api"])
      #expect(try await life(name).hasPrefix("none"))
      #expect(try await agent.mcp("undeploy", "--yes", service).code == 0)
    }
  }

  @Test func `what a definition cannot say is refused unless forced`() async throws {
    try await AgentFixture.with { agent in
      let service = "\(agent.node)-shop"
      let name = "\(service)-api"
      try await podman(
        "run", "-d", "--name", name, "--tmpfs", "/scratch", "--read-only", TestImage.one, "sh", "-c",
        Self.idle)
      let before = try await life(name)
      let refused = try await agent.mcp("adopt", service)
      #expect(refused.code == 1)
      #expect(refused.errors.contains("/scratch is a tmpfs"))
      #expect(refused.errors.contains("its root file system is read-only"))
      #expect(try await agent.mcp("list").output.isEmpty)
      let forced = try await agent.mcp("adopt", service, "--force")
      #expect(forced.code == 0, "\(forced.errors)")
      #expect(forced.errors.contains("warning: \(name): /scratch is a tmpfs"))
      #expect(try await life(name) == before)
      #expect(try await agent.mcp("undeploy", "--yes", service).code == 0)
      #expect(try await agent.mcp("adopt", service).code == 3)
    }
  }

  @Test func `containers of podman play kube are adopted with what their pod keeps said`() async throws {
    try await AgentFixture.with { agent in
      let service = "\(agent.node)-pod"
      let yaml = """
        apiVersion: v1
        kind: Pod
        metadata: {name: \(service)}
        spec:
          containers:
          - {name: api, image: "\(TestImage.one)", command: [sh, -c, "\(Self.idle)"]}
          - {name: db, image: "\(TestImage.one)", command: [sh, -c, "\(Self.idle)"]}
        """
      // A network of its own: podman's default one for this would stay. Without names: podman 4.3 keeps those of a pod that
      // was taken apart, and its name server then answers nobody.
      try await podman("network", "create", "--disable-dns", service)
      try await podman("play", "kube", "--network", service, "-", input: yaml)
      let before = [try await life("\(service)-api"), try await life("\(service)-db")]
      let refused = try await agent.mcp("adopt", service)
      #expect(refused.code == 1)
      #expect(refused.errors.contains("its network and published ports belong to its pod"))
      let forced = try await agent.mcp("adopt", service, "--force")
      #expect(forced.code == 0, "\(forced.errors)")
      #expect([try await life("\(service)-api"), try await life("\(service)-db")] == before)
      #expect(try await agent.mcp("status", service, "--check").code == 0)
      #expect(try await agent.mcp("undeploy", "--yes", service).code == 0)
      try await podman("pod", "rm", "-f", service)
      try await podman("network", "rm", "-f", service)
    }
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/podman-compose")))
  func `containers of podman-compose are adopted by their project`() async throws {
    try await AgentFixture.with { agent in
      let project = "\(agent.node)shop"
      let file = agent.directory.file("compose.yml")
      try """
      services:
        api: {image: "\(TestImage.one)", command: [sh, -c, "\(Self.idle)"], environment: {A: b}}
        db: {image: "\(TestImage.one)", command: [sh, -c, "\(Self.idle)"]}
      """.write(toFile: file, atomically: true, encoding: .utf8)
      func compose(_ words: String...) async throws {
        let result = try await Command.run("/usr/bin/podman-compose", ["-p", project, "-f", file] + words)
        #expect(result.code == 0, "\(result.errors)")
      }
      try await compose("up", "-d")
      let names = try await podman(
        "ps", "--filter", "label=com.docker.compose.project=\(project)", "--format", "{{.ID}}"
      ).output.split(separator: "\n").map(String.init).sorted()
      #expect(names.count == 2)
      var before: [String] = []
      for name in names { before.append(try await life(name)) }
      let service = "\(agent.node)-shop"
      let adopted = try await agent.mcp("adopt", service, "--compose", project)
      #expect(adopted.code == 0, "\(adopted.output)\(adopted.errors)")
      var after: [String] = []
      for name in names { after.append(try await life(name)) }
      #expect(after == before)
      let shown = try await agent.mcp("ps", service).output
      #expect(shown.contains("api") && shown.contains("db"))
      #expect(try await agent.mcp("status", service, "--check").code == 0)
      #expect(try await agent.mcp("undeploy", "--yes", service).code == 0)
      _ = try await Command.run("/usr/bin/podman-compose", ["-p", project, "-f", file, "down"])
      _ = try await Command.run("/usr/bin/podman", ["pod", "rm", "-f", "pod_\(project)"])
      _ = try await Command.run("/usr/bin/podman", ["network", "rm", "-f", "\(project)_default"])
    }
  }

  @Test func `an agent that lost its registry takes its own containers back`() async throws {
    try await AgentFixture.with { agent in
      let service = try agent.define(
        "app", "[[components]]\nname = \"api\"\nimage = \"\(TestImage.one)\"\ncmd = \(TestCommand.idle)")
      #expect(try await agent.mcp("deploy", service).code == 0)
      let before = try await life("\(service)-api")
      try await agent.loseRegistry()
      #expect(
        try await eventually { try await agent.mcp("status").output.contains("is not in the registry") })
      let adopted = try await agent.mcp("adopt", "--all")
      #expect(adopted.code == 0, "\(adopted.output)\(adopted.errors)")
      #expect(try await life("\(service)-api") == before)
      #expect(try await agent.mcp("status", service, "--check").code == 0)
      #expect(
        adopted.output.contains("says the same") || adopted.output.contains("differs and stays as it is"))
    }
  }
}
