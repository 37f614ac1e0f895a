import Engine
import Foundation
import TestSupport
import Testing

/// Routes: the agent's forwarder stands before the containers, so that versions replace each other unseen.
@Suite(.requiresPodman, .serialized) struct RouteTests {
  /// A web server on `$PORT` whose every page is `text`.
  private static func serving(_ text: String, port: Int, extra: String = "") -> String {
    """
    [[components]]
    name = "api"
    image = "\(TestImage.one)"
    cmd = ["sh", "-c", "mkdir -p /www && echo \(text) > /www/index.html && httpd -f -p $PORT -h /www & trap 'kill $!; exit 0' TERM; wait"]
    \(extra)
    [[components.routes]]
    port = \(port)
    address = "127.0.0.1"
    """
  }

  private static let check =
    "health = { type = \"http\", port = @PORT@, interval = \"500ms\", start_period = \"5s\" }"

  /// Asks again and again, every two milliseconds, until it is told to stop.
  private final class Prober: Sendable {
    private let task: Task<(asked: Int, failures: [String]), Never>

    init(_ port: Int) {
      task = Task.detached {
        var asked = 0
        var failures: [String] = []
        while !Task.isCancelled {
          asked += 1
          do {
            let answer = try await Probe.get(port)
            if answer.isEmpty { failures.append("an empty answer") }
          } catch {
            failures.append("\(error)")
          }
          try? await Task.sleep(for: .milliseconds(2))
        }
        return (asked, failures)
      }
    }

    func stop() async -> (asked: Int, failures: [String]) {
      task.cancel()
      return await task.value
    }
  }

  @Test func `a prober sees none of thirty redeploys`() async throws {
    try await AgentFixture.with { agent in
      let port = try FreePort.next()
      let check = Self.check.replacing("@PORT@", with: "\(port)")
      let service = try agent.define("web", Self.serving("v0", port: port, extra: check))
      let first = try await agent.mcp("deploy", service)
      #expect(first.code == 0, "\(first.errors)")
      let prober = Prober(port)
      for version in 1...30 {
        try agent.define("web", Self.serving("v\(version)", port: port, extra: check))
        let result = try await agent.mcp("deploy", service)
        #expect(result.code == 0, "\(result.errors)")
        #expect(try await Probe.get(port) == "v\(version)")
      }
      let (asked, failures) = await prober.stop()
      print("RouteTests: asked \(asked) times through thirty redeploys, \(failures.count) failures")
      #expect(failures.isEmpty, "\(failures.count) of \(asked): \(Set(failures))")
      #expect(try await agent.containers().map(\.name) == ["\(service)-api"])
    }
  }

  @Test func `a restart lets connections wait, and a stop refuses them`() async throws {
    try await AgentFixture.with { agent in
      let port = try FreePort.next()
      let service = try agent.define("web", Self.serving("v1", port: port))
      #expect(try await agent.mcp("deploy", service).code == 0)
      let prober = Prober(port)
      let restart = try await agent.mcp("restart", service)
      #expect(restart.code == 0, "\(restart.errors)")
      let (asked, failures) = await prober.stop()
      #expect(failures.isEmpty, "\(failures.count) of \(asked): \(Set(failures))")
      #expect(try await agent.mcp("stop", service).code == 0)
      #expect(!(await eventually(within: .milliseconds(200)) { (try? await Probe.get(port)) != nil }))
      #expect(try await agent.mcp("start", service).code == 0)
      #expect(try await Probe.get(port) == "v1")
      #expect(try await agent.mcp("undeploy", "--yes", service).code == 0)
      #expect((try? await Probe.get(port)) == nil)
    }
  }

  @Test func `what is served goes on without the agent, and the next one finds it`() async throws {
    try await AgentFixture.with { agent in
      let port = try FreePort.next()
      let service = try agent.define("web", Self.serving("v1", port: port))
      #expect(try await agent.mcp("deploy", service).code == 0)
      let prober = Prober(port)
      await agent.kill9()
      try await agent.start()
      try agent.define("web", Self.serving("v2", port: port))
      #expect(try await agent.mcp("deploy", service).code == 0)
      await agent.terminate()
      #expect(try await Probe.get(port) == "v2")
      try await agent.start()
      let (asked, failures) = await prober.stop()
      #expect(failures.isEmpty, "\(failures.count) of \(asked): \(Set(failures))")
      let forwarder = try #require(agent.forwarderPid)
      kill(forwarder, SIGKILL)
      #expect(await eventually { (try? await Probe.get(port)) == "v2" }, "another forwarder takes over")
      #expect(agent.forwarderPid != forwarder)
    }
  }

  @Test func `a version that does not work is never led to`() async throws {
    try await AgentFixture.with { agent in
      let port = try FreePort.next()
      let service = try agent.define("web", Self.serving("v1", port: port))
      #expect(try await agent.mcp("deploy", service).code == 0)
      let old = try await agent.containers().map(\.id)
      let prober = Prober(port)
      let bad = Self.serving("v2", port: port).replacing("wait\"]", with: "exit 3\"]")
      try agent.define("web", bad)
      let result = try await agent.mcp("deploy", service)
      #expect(result.code == 1)
      #expect(result.errors.contains("exited(3)"), "\(result.errors)")
      let (asked, failures) = await prober.stop()
      #expect(failures.isEmpty, "\(failures.count) of \(asked): \(Set(failures))")
      #expect(try await agent.containers().map(\.id) == old)
    }
  }

  @Test func `a port that another program has is said before anything is changed`() async throws {
    try await AgentFixture.with { agent in
      let port = try FreePort.next()
      let service = try agent.define("web", Self.serving("v1", port: port))
      #expect(try await agent.mcp("deploy", service).code == 0)
      let old = try await agent.containers().map(\.id)
      let taken = try PortHolder()
      defer { taken.close() }
      try agent.define("web", Self.serving("v2", port: taken.port))
      let result = try await agent.mcp("deploy", service)
      #expect(result.code == 1 || result.code == 5)
      #expect(result.errors.contains("cannot listen on port \(taken.port)"), "\(result.errors)")
      #expect(try await Probe.get(port) == "v1")
      #expect(try await agent.containers().map(\.id) == old)
    }
  }

  @Test func `a route that cannot be served after a restart is in doctor`() async throws {
    try await AgentFixture.with { agent in
      let port = try FreePort.next()
      let service = try agent.define("web", Self.serving("v1", port: port))
      #expect(try await agent.mcp("deploy", service).code == 0)
      await agent.terminate()
      let forwarder = try #require(agent.forwarderPid)
      kill(forwarder, SIGKILL)
      #expect(await eventually { agent.forwarderPid == nil })
      // Its sockets go with its last thread, which may be a moment after it.
      var holder: PortHolder?
      _ = await eventually {
        holder = try? PortHolder(port)
        return holder != nil
      }
      let taken = try #require(holder)
      defer { taken.close() }
      try await agent.start()
      #expect(
        try await eventually {
          let doctor = try await agent.mcp("doctor")
          return doctor.output.contains("port \(port) for \(service)/api cannot be listened on")
        })
    }
  }

  @Test(arguments: [
    "create.effect", "start.before", "start.effect", "prove.effect", "route.before", "route.started",
    "route.effect", "route.finished", "drain.before", "drain.effect", "stop.before", "stop.effect",
    "remove.effect", "rename.before", "rename.effect", "finish.before",
  ])
  func `after kill -9 at any step of a switch one version serves, and did all the time`(point: String)
    async throws
  {
    try await AgentFixture.with { agent in
      let port = try FreePort.next()
      let service = try agent.define("web", Self.serving("v1", port: port))
      #expect(try await agent.mcp("deploy", service).code == 0)
      await agent.terminate()
      try await agent.start(fault: point)
      let prober = Prober(port)
      try agent.define("web", Self.serving("v2", port: port))
      _ = try await agent.mcp("deploy", service)
      #expect(await eventually { agent.pid == 0 }, "the fault \(point) was not reached")
      try await agent.start()
      let isSettled = try await eventually(within: .seconds(30)) {
        let names = try await agent.containers().map(\.name)
        return try await Probe.get(port) == "v2" && names == ["\(service)-api"]
      }
      #expect(isSettled)
      let (asked, failures) = await prober.stop()
      #expect(failures.isEmpty, "\(failures.count) of \(asked): \(Set(failures))")
    }
  }
}
