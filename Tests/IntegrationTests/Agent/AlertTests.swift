import Engine
import Foundation
import Synchronization
import TestSupport
import Testing

/// Alerts of a real agent, sent to real servers.
@Suite(.requiresPodman, .serialized, .enabled(if: PythonClient.isAvailable, "there is no Python environment"))
struct AlertTests {
  /// A server that prints what it gets.
  private final class Server: Sendable {
    let port: Int
    private let arguments: [String]
    private let output: String
    private let process = Mutex<ChildProcess?>(nil)

    init(_ kind: String, _ options: [String] = [], in directory: TemporaryDirectory) throws {
      port = try FreePort.next()
      output = directory.file("\(kind)-\(port)")
      arguments = [kind, "\(port)"] + options
    }

    func start() async throws {
      let script = URL(fileURLWithPath: #filePath).appending(path: "../../Python/sinks.py")
        .standardizedFileURL.path
      let child = try ChildProcess(
        PythonClient.python, [script] + arguments,
        files: ChildProcess.Files(output: output, errors: output + ".errors"))
      process.withLock { $0 = child }
      let port = port
      #expect(await eventually(within: .seconds(20)) { FreePort.accepts(port) })
    }

    func stop() async {
      guard let child = process.withLock({ $0 }), child.isRunning else { return }
      kill(child.pid, SIGKILL)
      _ = await eventually { !child.isRunning }
    }

    /// What it has got so far.
    var received: [JSON] {
      let text = (try? String(contentsOfFile: output, encoding: .utf8)) ?? ""
      return text.split(separator: "\n").map { JSON(line: String($0)) }
    }
  }

  private static let component =
    "[[components]]\nname = \"api\"\nimage = \"\(TestImage.one)\"\nheal = false\ncmd = \(TestCommand.idle)"

  private func with(
    _ sinks: String, _ body: (AgentFixture, _ service: String) async throws -> Void
  ) async throws {
    try await AgentFixture.with(settings: "[monitor]\ngrace = \"500ms\"\nresync = \"5s\"\n\(sinks)") {
      agent in
      let service = try agent.define("app", Self.component)
      #expect(try await agent.mcp("deploy", service).code == 0)
      try await body(agent, service)
    }
  }

  private func remove(_ agent: AgentFixture) async throws {
    for container in try await agent.containers() {
      #expect(try await Command.run("/usr/bin/podman", ["rm", "-f", "-t", "0", container.id]).code == 0)
    }
  }

  @Test func `a web hook gets what is wrong once, and that it is over, also after a restart of the agent`()
    async throws
  {
    try await TemporaryDirectory.with { directory in
      let server = try Server("http", ["--authorization", "Bearer open sesame"], in: directory)
      try "open sesame\n".write(toFile: directory.file("token"), atomically: true, encoding: .utf8)
      let sink = """
        [[alerts]]
        type = "webhook"
        url = "http://127.0.0.1:\(server.port)/hook"
        password_file = "\(directory.file("token"))"
        """
      try await with(sink) { agent, service in
        try await remove(agent)
        #expect(
          try await eventually {
            try await agent.mcp("alerts").output.contains("drift:missing:\(service)/api")
          })
        #expect(
          try await eventually {
            try await agent.mcp("events", "--json").output.contains("webhook-1 was not told of an alert")
          })
        // Nobody takes it, and the agent is killed: it is sent all the same.
        await agent.kill9()
        try await agent.start()
        try await server.start()
        #expect(await eventually(within: .seconds(30)) { !server.received.isEmpty })
        #expect(try await agent.mcp("recover", service).code == 0)
        #expect(await eventually(within: .seconds(30)) { server.received.count == 2 })
        let bodies = server.received.compactMap { $0["body"]?.text.map { JSON(line: $0) } }
        #expect(bodies.map { $0["alerts"]?[0]?["state"]?.text } == ["firing", "resolved"])
        #expect(bodies.allSatisfy { $0["node"]?.text == agent.node })
        #expect(bodies.first?["alerts"]?[0]?["severity"]?.text == "critical")
        #expect(bodies.first?["alerts"]?[0]?["service"]?.text == service)
        #expect(try await agent.mcp("alerts").errors == "there are no alerts\n")
        #expect(try await agent.mcp("alerts", "list", "--all").output.contains("over for"))
        #expect(try await !agent.mcp("events", "--json").output.contains("open sesame"))
      }
      await server.stop()
    }
  }

  @Test func `what is silenced is listed and not sent`() async throws {
    try await TemporaryDirectory.with { directory in
      let server = try Server("http", in: directory)
      try await server.start()
      try await with("[[alerts]]\ntype = \"webhook\"\nurl = \"http://127.0.0.1:\(server.port)\"\n") {
        agent, service in
        let silenced = try await agent.mcp("alerts", "silence", service, "--for", "1h", "--reason", "a test")
        #expect(silenced.code == 0, "\(silenced.errors)")
        try await remove(agent)
        #expect(try await eventually { try await agent.mcp("alerts").output.contains("silenced") })
        #expect(server.received.isEmpty)
        #expect(try await agent.mcp("alerts", "unsilence", "1").code == 0)
        #expect(await eventually { server.received.count == 1 })
        #expect(try await agent.mcp("alerts", "unsilence", "1").code == 3)
      }
      await server.stop()
    }
  }

  @Test func `ntfy and a command are told in their own ways`() async throws {
    try await TemporaryDirectory.with { directory in
      let server = try Server("http", in: directory)
      try await server.start()
      let said = directory.file("said")
      let sinks = """
        [[alerts]]
        type = "ntfy"
        url = "http://127.0.0.1:\(server.port)/topic"
        [[alerts]]
        name = "pager"
        type = "command"
        command = ["/bin/sh", "-c", "echo $MCP_ALERT_STATE $MCP_ALERT_SEVERITY >> \(said); cat >> \(said)"]
        """
      try await with(sinks) { agent, service in
        let test = try await agent.mcp("alerts", "test")
        #expect(test.code == 0, "\(test.errors)")
        #expect(test.output == "ntfy-1: took the message\npager: took the message\n")
        try await remove(agent)
        #expect(await eventually { server.received.count == 2 })
        let headers = server.received.last?["headers"]
        #expect(headers?["priority"]?.text == "urgent")
        #expect(headers?["title"]?.text?.contains("critical: there is no \(service)-api") == true)
        #expect(server.received.last?["path"]?.text == "/topic")
        #expect(
          await eventually {
            ((try? String(contentsOfFile: said, encoding: .utf8)) ?? "").contains(
              "firing critical\n{\"alerts\":[")
          })
      }
      await server.stop()
    }
  }

  @Test func `mail is sent over TLS, with a password`() async throws {
    try await TemporaryDirectory.with { directory in
      try await TestCertificates.make(in: directory)
      let server = try Server(
        "smtp",
        ["--tls", directory.file("server.crt"), directory.file("server.key"), "--login", "ops", "pass word"],
        in: directory)
      try await server.start()
      try "pass word".write(toFile: directory.file("password"), atomically: true, encoding: .utf8)
      let sink = """
        [[alerts]]
        type = "smtp"
        url = "smtp://127.0.0.1:\(server.port)"
        from = "mcp <mcp@node.example>"
        to = ["ops@example.org", "night@example.org"]
        username = "ops"
        password_file = "\(directory.file("password"))"
        ca_cert = "\(directory.file("ca.crt"))"
        """
      try await with(sink) { agent, service in
        try await remove(agent)
        #expect(await eventually(within: .seconds(30)) { !server.received.isEmpty }, "\(agent.log)")
        let mail = server.received.first
        #expect(mail?["sender"]?.text == "mcp@node.example")
        #expect(mail?["recipients"]?.texts == ["ops@example.org", "night@example.org"])
        #expect(mail?["subject"]?.text == "[\(agent.node)] critical: there is no \(service)-api")
        #expect(mail?["text"]?.text?.contains("drift:missing:\(service)/api") == true)
        #expect(mail?["tls"]?.flag == true)
        #expect(mail?["authenticated"]?.flag == true)
      }
      await server.stop()
    }
  }

  @Test func `a sink that does not work says why`() async throws {
    try await TemporaryDirectory.with { directory in
      let server = try Server("http", ["--status", "503"], in: directory)
      try await server.start()
      let sinks = """
        [[alerts]]
        type = "webhook"
        url = "http://127.0.0.1:\(server.port)/secret-path"
        [[alerts]]
        type = "command"
        command = ["/bin/sh", "-c", "echo no paper >&2; exit 3"]
        [[alerts]]
        type = "command"
        command = ["/nonexistent"]
        [[alerts]]
        type = "smtp"
        url = "smtps://127.0.0.1:\(server.port)"
        from = "a@example.org"
        to = ["b@example.org"]
        ca_cert = "/nonexistent"
        """
      try await with(sinks) { agent, _ in
        let test = try await agent.mcp("alerts", "test")
        #expect(test.code == 1)
        #expect(test.errors.contains("answers with the status 503"))
        #expect(!test.errors.contains("secret-path"), "a URL may be a secret")
        #expect(test.errors.contains("no paper"))
        #expect(test.errors.contains("the CA certificate /nonexistent cannot be read"))
      }
      await server.stop()
    }
  }
}
