import Engine
import Foundation
import TestSupport
import Testing

/// Secrets reach containers and nothing else.
@Suite(.requiresPodman, .serialized) struct SecretTests {
  private static func using(_ keys: String, image: String = TestImage.one) -> String {
    """
    [[components]]
    name = "api"
    image = "\(image)"
    cmd = \(TestCommand.idle)
    \(keys)
    """
  }

  private static let both = #"""
    env = { PW = { secret = "pw" }, LEVEL = "1" }
    secrets = ["pw", "pw:/etc/app/key"]
    """#

  private func shown(_ agent: AgentFixture, _ service: String) async throws -> [String] {
    let script = "echo $PW; cat /run/secrets/pw; echo; cat /etc/app/key"
    let result = try await agent.mcp("exec", service, "--", "sh", "-c", script)
    #expect(result.code == 0, "\(result.errors)")
    return result.output.split(separator: "\n").map(String.init)
  }

  @Test func `a component finds its secrets in variables and files, and a new value with its next deploy`()
    async throws
  {
    try await AgentFixture.with { agent in
      let service = try agent.define("web", Self.using(Self.both))
      let early = try await agent.mcp("deploy", service)
      #expect(early.code != 0)
      #expect(early.errors.contains("not set: pw") && early.errors.contains("mcp secret set \(service) pw"))
      #expect(try await agent.containers().isEmpty)

      #expect(try await agent.mcp("secret", "set", service, "pw", input: "sword fish\n").code == 0)
      let result = try await agent.mcp("deploy", service)
      #expect(result.code == 0, "\(result.errors)")
      #expect(try await shown(agent, service) == ["sword fish", "sword fish", "sword fish"])
      #expect(try await agent.mcp("deploy", service).output.contains("nothing to do"))

      let same = try await agent.mcp("secret", "set", service, "pw", input: "sword fish\n")
      #expect(same.code == 0 && !same.errors.contains("deploy"))
      let other = try await agent.mcp("secret", "set", service, "pw", input: "trout")
      #expect(other.errors.contains("api still runs with the value before"))
      let list = try await agent.mcp("secret", "list", service, "--json").output
      #expect(list.filter { !$0.isWhitespace }.contains(#""outdated":["api"]"#), "\(list)")
      #expect(try await shown(agent, service).first == "sword fish")
      #expect(try await agent.mcp("restart", service).code == 0)
      #expect(try await shown(agent, service).first == "sword fish")
      #expect(try await agent.mcp("deploy", service).code == 0)
      #expect(try await shown(agent, service) == ["trout", "trout", "trout"])
      let versions = try FileManager.default.contentsOfDirectory(
        atPath: agent.directory.file("state/secrets/\(service)"))
      #expect(versions.count == 1)
      #expect(try await podmanSecrets(of: agent).count == 1)
    }
  }

  @Test func `a deploy that fails returns to the value before, and removing what is used is refused`()
    async throws
  {
    try await AgentFixture.with(settle: "500ms") { agent in
      let service = try agent.define("web", Self.using(Self.both))
      _ = try await agent.mcp("secret", "set", service, "pw", input: "one")
      #expect(try await agent.mcp("deploy", service).code == 0)
      let refused = try await agent.mcp("secret", "remove", service, "pw")
      #expect(refused.code != 0 && refused.errors.contains("\(service)/api"))
      _ = try await agent.mcp("secret", "set", service, "pw", input: "two")
      try agent.define(
        "web", Self.using(Self.both).replacing(TestCommand.idle, with: #"["sh", "-c", "exit 3"]"#))
      #expect(try await agent.mcp("deploy", service).code != 0)
      #expect(try await shown(agent, service).first == "one")
      // What was made from the value before can still be started by its runtime.
      #expect(try await agent.mcp("restart", service).code == 0)
      #expect(try await shown(agent, service).first == "one")
      #expect(try await agent.mcp("undeploy", service, "--yes").code == 0)
      #expect(try await agent.mcp("secret", "list", service).output.contains("pw"))
      #expect(try await agent.mcp("secret", "remove", service, "pw").code == 0)
      #expect(try await agent.mcp("secret", "remove", service, "pw").errors.contains("no secret pw"))
      #expect(try await podmanSecrets(of: agent).isEmpty)
    }
  }

  @Test func `a value is found nowhere but in its files`() async throws {
    let planted = "pl4nted-\(UUID().uuidString)"
    try await AgentFixture.with(settings: "[log]\nlevel = \"trace\"") { agent in
      let service = try agent.define("web", Self.using(Self.both))
      var said: [CommandResult] = []
      func run(_ arguments: String..., input: String = "") async throws {
        said.append(try await agent.mcp(arguments, input: input))
      }
      try await run("secret", "set", service, "pw", input: planted)
      try await run("deploy", service)
      #expect(try await shown(agent, service).first == planted)
      // Every door that shows something, after what works and what fails.
      try agent.define("web", Self.using(Self.both + "\nuser = \"nobody-there\""))
      try await run("deploy", service, "--plan")
      try await run("deploy", service)
      try await run("secret", "set", service, "bad name", input: planted)
      try await run("secret", "set", service, "pw", input: String(repeating: planted, count: 20_000))
      for command in ["show", "export"] { try await run("service", command, service) }
      try await run("service", "show", service, "--json")
      try await run("secret", "list", "--json")
      for command in ["list", "ps", "status", "doctor", "events"] { try await run(command, "--json") }
      try await run("history", service, "--json")
      try await run("logs", service)
      for result in said {
        #expect(!(result.output + result.errors).contains(planted), "\(result)")
      }
      #expect(!agent.log.contains(planted))
      for line in commandLines() { #expect(!line.contains(planted)) }
      await agent.terminate()
      let state = agent.directory.file("state")
      let files = FileManager.default.subpaths(atPath: state) ?? []
      let holders = files.filter {
        FileManager.default.contents(atPath: "\(state)/\($0)")?.range(of: Data(planted.utf8)) != nil
      }
      #expect(holders.count == 1 && holders.first?.hasPrefix("secrets/") == true, "\(holders)")
      for file in holders {
        let attributes = try FileManager.default.attributesOfItem(atPath: "\(state)/\(file)")
        #expect(attributes[.posixPermissions] as? Int == 0o600)
      }
      try await agent.start()
      #expect(try await agent.mcp("undeploy", service, "--yes").code == 0)
      #expect(try await agent.mcp("secret", "remove", service, "pw").code == 0)
    }
  }

  private func podmanSecrets(of agent: AgentFixture) async throws -> [String] {
    let state = agent.directory.file("state/secrets")
    let own = Set(
      (FileManager.default.subpaths(atPath: state) ?? []).map { "mcp-\(($0 as NSString).lastPathComponent)" })
    let result = try await PodmanEnvironment.podman(["secret", "ls", "--format", "{{.Name}}"])
    return result.output.split(separator: "\n").map(String.init).filter {
      own.contains($0) || own.isEmpty && $0.hasPrefix("mcp-")
    }
  }

  private func commandLines() -> [String] {
    let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return processes.filter { Int($0) != nil }.map {
      String(decoding: FileManager.default.contents(atPath: "/proc/\($0)/cmdline") ?? Data(), as: UTF8.self)
    }
  }
}
