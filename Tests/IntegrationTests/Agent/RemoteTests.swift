import Engine
import Foundation
import TestSupport
import Testing

/// An agent as `mcp-agent init --listen` makes it, and an operator who knows it by its CA and a token alone.
@Suite(.requiresPodman, .serialized) struct RemoteTests {
  private struct Far: Sendable {
    let directory: TemporaryDirectory
    let fingerprint: String

    var configuration: String { directory.file("state/agent.toml") }

    func agent(_ arguments: String...) async throws -> CommandResult {
      try await Command.run(
        Command.binaries + "/mcp-agent", arguments + ["--config", configuration],
        environment: Self.environment)
    }

    func mcp(_ arguments: String..., token: String? = nil) async throws -> CommandResult {
      var environment = Self.environment
      environment["MCP_CONFIG"] = directory.file("mcp.toml")
      environment["MCP_TOKEN"] = token
      environment["NO_COLOR"] = "1"
      return try await Command.run(Command.binaries + "/mcp", arguments, environment: environment)
    }

    static var environment: [String: String] {
      ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("MCP_") }
    }
  }

  private static func with(_ body: @Sendable (Far) async throws -> Void) async throws {
    try await TemporaryDirectory.with { directory in
      let port = try FreePort.next()
      for name in ["srv", "run"] {
        try FileManager.default.createDirectory(
          atPath: directory.file(name), withIntermediateDirectories: false)
      }
      let made = try await Command.run(
        Command.binaries + "/mcp-agent",
        [
          "init", "--config", directory.file("state/agent.toml"), "--node", "far", "--socket",
          directory.file("run/agent.sock"), "--listen", "127.0.0.1:\(port)", "--name", "127.0.0.1",
        ], environment: Far.environment)
      #expect(made.code == 0, "\(made.errors)")
      let fingerprint = try #require(made.output.split(separator: "\n").first { $0.contains("fingerprint") })
      let far = Far(
        directory: directory, fingerprint: String(fingerprint.split(separator: " ").last ?? ""))
      try "[auth]\ntoken_path = \"\(directory.file("state/first.token"))\"\n".write(
        toFile: directory.file("mcp.toml"), atomically: true, encoding: .utf8)
      let child = try ChildProcess(
        Command.binaries + "/mcp-agent", ["run", "--config", far.configuration],
        environment: Far.environment.merging(["MCP_AGENT_SERVICES_ROOT": directory.file("srv")]) { $1 },
        files: .init(output: directory.file("log"), errors: directory.file("log")))
      do {
        let added = try await eventually {
          try await far.mcp("node", "add", "far", "127.0.0.1:\(port)", "--fingerprint", far.fingerprint).code
            == 0
        }
        #expect(added)
        try await body(far)
      } catch {
        Issue.record("\(error)")
      }
      kill(child.pid, SIGTERM)
      if !(await eventually(within: .seconds(60), { !child.isRunning })) { kill(child.pid, SIGKILL) }
    }
  }

  @Test func `an operator is let in with the first token, and everything that was done is on record`()
    async throws
  {
    try await Self.with { far in
      let file = far.directory.file("app.toml")
      try "a = 1".write(toFile: file, atomically: true, encoding: .utf8)
      let pushed = try await far.mcp("push", file, "web", "conf/")
      #expect(pushed.code == 0 && pushed.output.contains("conf/app.toml"), "\(pushed.errors)")
      #expect(
        try String(contentsOfFile: far.directory.file("srv/web/conf/app.toml"), encoding: .utf8) == "a = 1")
      let pulled = try await far.mcp("pull", "web", "conf/app.toml", far.directory.file("back"))
      #expect(pulled.code == 0, "\(pulled.errors)")
      let events = try await far.mcp("events", "--actor", "first", "--json")
      let records = events.output.split(separator: "\n").map { JSON(line: String($0)) }
      #expect(records.map { $0["details"]?["primitive"]?.text } == ["push", "pull"])
      #expect(records.allSatisfy { $0["details"]?["peer"]?.text?.hasPrefix("tls:127.0.0.1:") == true })
      #expect(records.first?["details"]?["path"]?.text == "conf/")
    }
  }

  @Test func `refused calls from one address are told a few times, however many connections they come on`()
    async throws
  {
    try await Self.with { far in
      for _ in 0..<24 { #expect(try await far.mcp("ps", token: "x").code != 0) }
      let events = try await far.mcp("events", "-n", "1000", "--json")
      let denied = events.output.split(separator: "\n").map { JSON(line: String($0)) }
        .filter { $0["kind"]?.text == "denied" }
      // Six a minute, and where a minute ends meanwhile those of the next.
      #expect(1...12 ~= denied.count, "\(denied.count) of 24 refusals are in the history")
    }
  }

  @Test func `a role holds over TLS, and a token that was revoked or is none opens nothing`() async throws {
    try await Self.with { far in
      let made = try await far.agent(
        "token", "create", "--name", "watcher", "--role", "viewer", "--ttl", "1h")
      #expect(made.code == 0, "\(made.errors)")
      let token = made.output.trimmingCharacters(in: .newlines)
      #expect(try await far.mcp("ps", token: token).code == 0)
      let refused = try await far.mcp("push", far.configuration, "web", token: token)
      #expect(refused.code == 4 && refused.errors.contains("needs the role operator"), "\(refused.errors)")
      let script = far.directory.file("x.lua")
      try "print(#mcp.ps()) local ok, e = mcp.stop('web') print(e.code)".write(
        toFile: script, atomically: true, encoding: .utf8)
      let ran = try await far.mcp("run", script, token: token)
      #expect(ran.output.contains("permission_denied"), "\(ran.output) \(ran.errors)")
      let list = try await far.agent("token", "list")
      #expect(list.output.contains("watcher") && !list.output.contains(token))
      let (output, errors) = (far.directory.file("follow.out"), far.directory.file("follow.err"))
      let follower = try ChildProcess(
        Command.binaries + "/mcp", ["events", "-f", "--json"],
        environment: Far.environment.merging(
          ["MCP_CONFIG": far.directory.file("mcp.toml"), "MCP_TOKEN": token, "NO_COLOR": "1"]) { $1 },
        files: .init(output: output, errors: errors))
      defer { if follower.isRunning { kill(follower.pid, SIGKILL) } }
      // It has shown what was and follows what comes.
      #expect(try await far.mcp("push", far.directory.file("mcp.toml"), "web").code == 0)
      #expect(
        await eventually {
          (try? String(contentsOfFile: output, encoding: .utf8))?.contains("called push") == true
        })
      #expect(try await far.agent("token", "revoke", "watcher").code == 0)
      #expect(await eventually { !follower.isRunning }, "it is let go on with a token that was revoked")
      #expect(follower.code == 4)
      #expect(try String(contentsOfFile: errors, encoding: .utf8).contains("it was revoked"))
      #expect(try await far.mcp("ps", token: token).code == 4)
      #expect(try await far.mcp("ps", token: "x").code == 4)
      #expect(try await far.mcp("ps").code == 0)
      let denied = try await far.mcp("events", "--json")
      #expect(denied.output.contains("\"denied\""))
      // What is secret is in no place where history, registry or log could show it.
      for path in ["log", "state/mcp.db", "state/mcp.db-wal"] {
        let text = FileManager.default.contents(atPath: far.directory.file(path)) ?? Data()
        #expect(text.range(of: Data(token.utf8)) == nil, "\(path)")
      }
    }
  }

  @Test func `a new certificate of the same CA is taken over, one of another CA is not believed`()
    async throws
  {
    try await Self.with { far in
      let renewed = try await far.agent("certificate")
      #expect(renewed.code == 0 && renewed.output.contains(far.fingerprint), "\(renewed.output)")
      #expect(try await far.mcp("ps").code == 0)
      try FileManager.default.removeItem(atPath: far.directory.file("state/tls/ca.pem"))
      #expect(try await far.agent("certificate", "--name", "127.0.0.1").code == 0)
      let refused = try await far.mcp("ps")
      #expect(refused.code == 4 && refused.errors.contains("not the CA"), "\(refused.errors)")
      #expect(try await far.mcp("node", "remove", "far").code == 0)
    }
  }
}
