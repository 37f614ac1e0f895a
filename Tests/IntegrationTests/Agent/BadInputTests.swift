import Engine
import Foundation
import TestSupport
import Testing

/// Each wrong thing gets its own clear error, and nothing is lost by it.
@Suite(.requiresPodman, .serialized) struct BadInputTests {
  func component(_ extra: String = "", image: String = TestImage.one, cmd: String = TestCommand.idle)
    -> String
  {
    "[[components]]\nname = \"api\"\nimage = \"\(image)\"\ncmd = \(cmd)\n\(extra)"
  }

  /// Deploys something good, then something bad, and expects the good one untouched.
  func refuse(
    _ bad: (AgentFixture) throws -> String, code: Int = 1, says: [String],
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    try await AgentFixture.with { agent in
      let service = try agent.define("app", component())
      #expect(try await agent.mcp("deploy", service).code == 0)
      let good = try await agent.containers()
      try agent.define("app", bad(agent))
      let result = try await agent.mcp("deploy", service)
      #expect(result.code == code, "\(result.errors)", sourceLocation: sourceLocation)
      for text in says {
        #expect(result.errors.contains(text), "\(result.errors)", sourceLocation: sourceLocation)
      }
      #expect(!result.errors.contains("unexpected error"), "\(result.errors)", sourceLocation: sourceLocation)
      let now = try await agent.containers()
      #expect(now.map(\.id) == good.map(\.id), sourceLocation: sourceLocation)
      #expect(now.map(\.state) == ["running"], sourceLocation: sourceLocation)
      #expect(try await agent.mcp("status", service, "--check").code == 0, sourceLocation: sourceLocation)
      let shown = try await agent.mcp("service", "show", service).output
      #expect(shown.contains("1000"), sourceLocation: sourceLocation)
    }
  }

  @Test func `a definition that is no TOML is refused with line and column`() async throws {
    try await refuse({ _ in "[[components]\nname = " }, says: ["line 2"])
  }

  @Test func `an image that does not exist is named`() async throws {
    try await refuse(
      { _ in component(image: "localhost/mcp-no-such-image:1") }, code: 5,
      says: ["localhost/mcp-no-such-image:1"])
  }

  @Test func `a command that the image lacks is named and the old version runs on`() async throws {
    try await refuse({ _ in component(cmd: "[\"/no/such/program\"]") }, says: ["/no/such/program"])
  }

  @Test func `a host port that another program holds is named`() async throws {
    let holder = try PortHolder()
    defer { holder.close() }
    try await refuse(
      { _ in component("ports = [\"127.0.0.1:\(holder.port):80\"]") }, says: ["\(holder.port)"])
  }

  @Test func `a volume whose path is missing is named`() async throws {
    try await refuse(
      { agent in component("volumes = [\"\(agent.directory.file("srv/none")):/data\"]") }, code: 3,
      says: ["srv/none", "does not exist"])
  }

  @Test func `a volume outside the allowed roots is refused`() async throws {
    try await refuse({ _ in component("volumes = [\"/etc:/data:ro\"]") }, code: 4, says: ["/etc", "allowed"])
  }

  @Test func `a volume that leaves the allowed roots through a link is refused`() async throws {
    try await refuse(
      { agent in
        try FileManager.default.createSymbolicLink(
          atPath: agent.directory.file("srv/link"), withDestinationPath: "/etc")
        return component("volumes = [\"\(agent.directory.file("srv/link")):/data\"]")
      }, code: 4, says: ["/etc"])
  }

  @Test func `a user that the image does not know is named`() async throws {
    try await refuse({ _ in component("user = \"nosuchuser\"") }, says: ["nosuchuser"])
  }

  @Test func `a key whose function is not there yet is named`() async throws {
    try await refuse(
      { _ in component("[[components.routes]]\nport = 80\nmode = \"l7\"") },
      says: ["components[0].routes[0].mode"])
  }

  @Test func `a name that is too long is refused`() async throws {
    try await refuse(
      { _ in component().replacing("api", with: String(repeating: "a", count: 49)) }, says: ["48"])
  }

  @Test func `a port that another service claims names both`() async throws {
    try await AgentFixture.with { agent in
      let port = try FreePort.next()
      let ports = "ports = [\"127.0.0.1:\(port):80\"]"
      let one = try agent.define("one", component(ports))
      let two = try agent.define("two", component(ports))
      #expect(try await agent.mcp("deploy", one).code == 0)
      let result = try await agent.mcp("deploy", two)
      #expect(result.code == 1)
      #expect(
        result.errors.contains("\(one)/api") && result.errors.contains("\(two)/api"), "\(result.errors)")
      #expect(try await agent.containers().map(\.name) == ["\(one)-api"])
    }
  }

  @Test func `without an agent the command says so and exits 5`() async throws {
    let agent = try await AgentFixture(ownPodman: false)
    let result = try await agent.mcp("ps")
    #expect(result.code == 5)
    #expect(result.errors.contains(agent.socket), "\(result.errors)")
    #expect(result.errors.contains("hint:"))
    #expect(try await agent.mcp("version").code == 0)
    await agent.tearDown()
  }

  @Test func `a socket without permission is refused with exit 4`() async throws {
    try await AgentFixture.with { agent in
      chmod(agent.socket, 0)
      let result = try await agent.mcp("ps")
      chmod(agent.socket, 0o660)
      #expect(getuid() == 0 || result.code == 4, "\(result.errors)")
      #expect(result.errors.contains(agent.socket), "\(result.errors)")
    }
  }

  @Test func `while podman hangs, the agent answers and says what it waits for`() async throws {
    try await AgentFixture.with(settings: "") { agent in
      let service = try agent.define("app", component())
      #expect(try await agent.mcp("deploy", service).code == 0)
      kill(agent.podmanPid, SIGSTOP)
      #expect(try await agent.mcp("ps").output.contains("running"))
      #expect(try await agent.mcp("list").code == 0)
      kill(agent.podmanPid, SIGCONT)
      #expect(try await agent.mcp("stop", service).code == 0)
    }
  }

  @Test func `when podman's service is gone a deploy fails clearly, and works once it is back`() async throws
  {
    try await AgentFixture.with { agent in
      let service = try agent.define("app", component())
      kill(agent.podmanPid, SIGKILL)
      let result = try await agent.mcp("deploy", service)
      #expect(result.code == 5, "\(result.code) \(result.errors)")
      #expect(result.errors.contains("podman"), "\(result.errors)")
      try await agent.startPodman()
      #expect(try await eventually { try await agent.mcp("deploy", service).code == 0 })
      #expect(try await agent.containers().map(\.state) == ["running"])
    }
  }
}

/// A registry that cannot be used stops the agent with an error that says so.
@Suite struct BadRegistryTests {
  func run(_ agent: AgentFixture) async throws -> CommandResult {
    let result = try await Command.run(
      Command.binaries + "/mcp-agent", ["run", "--config", agent.directory.file("agent.toml")],
      deadline: .seconds(20))
    return result
  }

  @Test func `a registry that is garbage is refused and left as it is`() async throws {
    let agent = try await AgentFixture(ownPodman: false)
    try FileManager.default.createDirectory(
      atPath: agent.directory.file("state"), withIntermediateDirectories: true)
    let garbage = String(repeating: "not a database ", count: 400)
    try garbage.write(toFile: agent.directory.file("state/mcp.db"), atomically: true, encoding: .utf8)
    let result = try await run(agent)
    #expect(result.code == 1)
    #expect(result.errors.contains("state/mcp.db"), "\(result.errors)")
    #expect(try String(contentsOfFile: agent.directory.file("state/mcp.db"), encoding: .utf8) == garbage)
    await agent.tearDown()
  }

  @Test func `a registry directory that cannot be written is refused`() async throws {
    let agent = try await AgentFixture(ownPodman: false)
    try FileManager.default.createDirectory(
      atPath: agent.directory.file("state"), withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o500])
    let result = try await run(agent)
    #expect(getuid() == 0 || result.code == 1)
    #expect(result.errors.contains("state"), "\(result.errors)")
    chmod(agent.directory.file("state"), 0o700)
    await agent.tearDown()
  }

  @Test func `an unknown key in the configuration is an error at start`() async throws {
    let agent = try await AgentFixture(settings: "[servr]\nsocket = \"/x\"", ownPodman: false)
    let result = try await run(agent)
    #expect(result.code == 1)
    #expect(result.errors.contains("servr"), "\(result.errors)")
    await agent.tearDown()
  }
}
