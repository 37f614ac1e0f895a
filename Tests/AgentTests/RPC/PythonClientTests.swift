import Engine
import Foundation
import Subprocess
import TestSupport
import Testing

@testable import Agent

/// The client in another language, which knows the agent from its `.proto` files alone.
///
/// `scripts/dev/python-env <dir>` makes its environment; `MCP_TEST_PYTHON` names the python in there.
@Suite(
  .enabled(if: PythonClient.isAvailable, "MCP_TEST_PYTHON names no python: see scripts/dev/python-env"))
struct PythonClientTests {
  private static let definition = """
    {"name": "web", "components": [{"name": "api", "image": "example.org/api:1",
     "ports": [{"host_port": 8080, "container_port": 80}],
     "environment": [{"name": "A", "literal": "b"}, {"name": "S", "secret": "s"}],
     "health": {"kind": "KIND_HTTP", "port": 80, "path": "/"}}]}
    """

  @Test func `it deploys what is given as JSON and sees progress and result`() async throws {
    let fake = FakeControlPlane {
      $0.deploy = { request, progress in
        progress(OperationProgress(service: "web", component: "api", phase: "pull", message: "pulling"))
        return OperationResult(
          service: "web", primitive: "deploy", revision: 7, changed: true, message: "web is deployed")
      }
    }
    try await TestAgent.with(fake) { agent in
      let end = try await PythonClient.run(agent.path, ["deploy", "-"], input: Self.definition)
      #expect(end.code == 0)
      #expect(end.lines.first?["progress"]?["phase"]?.text == "pull")
      #expect(end.lines.last?["result"]?["revision"]?.text == "7")
    }
    var component = Component(name: "api", image: "example.org/api:1")
    component.ports = [PortMapping(hostPort: 8_080, containerPort: 80)]
    component.environment = [
      EnvironmentVariable(name: "A", value: .literal("b")),
      EnvironmentVariable(name: "S", value: .secret("s")),
    ]
    component.health = HealthCheck(kind: .http, port: 80, path: "/")
    #expect(fake.calls == [.deploy(.init(definition: .init(name: "web", components: [component])))])
  }

  @Test func `it sees every part of an error, however long`() async throws {
    let short = EngineError(
      .conflict, "the port 80 of web/api is taken — by ünïcode", cause: "bind: in use", hint: "stop it",
      service: "web", component: "api", details: (1...20).map { "line \($0)" })
    let lines = (1...2_000).map { "line \($0) of a log that is much too long for a header" }
    let fake = FakeControlPlane {
      $0.service = { name in
        var error = short
        if name == "long" { error.details = lines }
        throw error
      }
    }
    try await TestAgent.with(fake) { agent in
      let end = try await PythonClient.run(agent.path, ["service", "short"])
      let error = try #require(end.lines.last?["error"])
      #expect(end.code == 1)
      #expect(error["code"]?.text == "ABORTED")
      #expect(error["reason"]?.text == "conflict")
      #expect(error["message"]?.text == short.message)
      #expect(error["cause"]?.text == short.cause)
      #expect(error["hint"]?.text == short.hint)
      #expect(error["service"]?.text == "web")
      #expect(error["component"]?.text == "api")
      #expect(error["lines"]?.texts == short.details)
      let cut = try await PythonClient.run(agent.path, ["service", "long"])
      #expect(cut.lines.last?["error"]?["code"]?.text == "ABORTED")
      #expect(cut.lines.last?["error"]?["lines"]?.texts.last == lines.last)
    }
  }

  @Test func `it reads, follows streams and leaves them`() async throws {
    let ended = Flag()
    let fake = FakeControlPlane {
      $0.list = {
        [
          ServiceSummary(
            name: "web", node: "rift", active: true, components: ["api"], revision: 3,
            updatedAt: Date(timeIntervalSince1970: 1_735_689_600))
        ]
      }
      $0.events = { _ in
        AsyncThrowingStream { continuation in
          continuation.onTermination = { _ in ended.set() }
          for id in 1...3 {
            continuation.yield(
              Event(id: Int64(id), time: Date(), actor: .agent, service: "web", kind: "exit", message: "m"))
          }
        }
      }
      $0.logs = { _, options in
        AsyncThrowingStream {
          $0.yield(LogLine(component: "api", time: nil, stream: .stderr, text: "tail \(options.tail ?? 0)"))
          $0.finish()
        }
      }
    }
    try await TestAgent.with(fake) { agent in
      let list = try await PythonClient.run(agent.path, ["list"])
      #expect(list.lines.first?["services"]?[0]?["updated_at"]?.text == "2025-01-01T00:00:00Z")
      let events = try await PythonClient.run(agent.path, ["events", "--follow", "--count", "3"])
      #expect(events.lines.compactMap { $0["id"]?.text } == ["1", "2", "3"])
      try await ended.wait("its leaving is noticed")
      let logs = try await PythonClient.run(agent.path, ["logs", "web/api", "--tail", "5"])
      #expect(logs.lines.first?["text"]?.text == "tail 5")
      #expect(logs.lines.first?["stream"]?.text == "STREAM_STDERR")
      let health = try await PythonClient.run(agent.path, ["health"])
      #expect(health.lines.first?["status"]?.text == "SERVING")
      let other = try await PythonClient.run(agent.path, ["health", "example.Other"])
      #expect(other.lines.first?["error"]?["code"]?.text == "NOT_FOUND")
      let undeploy = try await PythonClient.run(agent.path, ["undeploy", "web"])
      #expect(undeploy.lines.first?["result"]?["primitive"]?.text == "undeploy")
    }
  }

  @Test func `it runs a command and has its output and its exit code`() async throws {
    let fake = FakeControlPlane {
      $0.exec = { _, request in
        let (output, continuation) = AsyncThrowingStream.makeStream(of: ExecSession.Output.self)
        return ExecSession(output: output) { input in
          switch input {
          case .stdin(let bytes): continuation.yield(.stdout(bytes))
          case .endOfInput:
            continuation.yield(.exit(request.command.count))
            continuation.finish()
          case .resize: break
          }
        }
      }
    }
    try await TestAgent.with(fake) { agent in
      let end = try await PythonClient.run(
        agent.path, ["exec", "web/api", "--", "sh", "-c", "x"], input: "{\"in\": \"out\"}\n")
      #expect(end.code == 3)
      #expect(end.lines.first?["in"]?.text == "out")
    }
  }

  @Test func `what it claims to be in headers is not believed`() async throws {
    let fake = FakeControlPlane()
    try await TestAgent.with(fake) { agent in
      let claims = ["uid=12345", "gid=12345", "pid=1"].flatMap { ["--header", "mcp-peer-\($0)"] }
      let end = try await PythonClient.run(agent.path, ["list"], options: claims)
      #expect(end.code == 0)
      #expect(agent.log.callers.first?.peer.hasPrefix("unix:uid=\(geteuid()),pid=") == true)
      #expect(agent.log.callers.first?.peer.hasSuffix("pid=1") == false)
    }
  }

  @Test(.enabled(if: OtherUser.isAvailable, "no second user: neither root nor subordinate ids"))
  func `another user is refused, whatever it claims`() async throws {
    let fake = FakeControlPlane()
    try await TestAgent.with(fake, mode: 0o666) { agent in
      chmod(agent.directory.path, 0o755)
      let claims = ["uid=0", "gid=0", "pid=1"].flatMap { ["--header", "mcp-peer-\($0)"] }
      for options in [[], claims] {
        let end = try await PythonClient.run(agent.path, ["list"], options: options, as: OtherUser.prefix)
        #expect(end.lines.last?["error"]?["reason"]?.text == "permission_denied")
      }
      #expect(agent.log.denials.count == 2)
      let own = "uid=\(geteuid()),"
      #expect(
        agent.log.denials.allSatisfy { $0.caller == nil && $0.peer?.description.contains(own) == false })
    }
    #expect(fake.calls.isEmpty)
  }
}

/// A way to run a program as somebody else.
private enum OtherUser {
  /// The words before a command; as root another uid, else the first subordinate one.
  static let prefix: [String] =
    geteuid() == 0
    ? ["setpriv", "--reuid", "54321", "--regid", "54321", "--clear-groups"]
    : ["unshare", "--user", "--map-auto", "--map-root-user", "setpriv", "--reuid", "1", "--clear-groups"]

  static let isAvailable: Bool = {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = prefix + [PythonClient.python, "-c", "import grpc"]
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()
}
