import Engine
import Foundation
import TestSupport
import Testing

/// A new version must show that it works before the old one is given up.
@Suite(.requiresPodman, .serialized) struct GatedDeployTests {
  private static let http = "type = \"http\"\nport = 8080"
  private static let tcp = "type = \"tcp\"\nport = 8080"

  private static func serving(_ text: String, _ port: Int, check: String? = http) -> String {
    BadVersion.component(
      port,
      cmd: BadVersion.shell(
        "mkdir -p /www && echo \(text) > /www/index.html && httpd -f -p 8080 -h /www & trap 'kill $!; exit 0' TERM; wait"
      ),
      check: check)
  }

  /// A component that does nothing.
  private static func idle(_ name: String, cmd: String = TestCommand.idle, _ extra: String) -> String {
    "[[components]]\nname = \"\(name)\"\nimage = \"\(TestImage.one)\"\ncmd = \(cmd)\n\(extra)\n"
  }

  /// A check that passes while there is a file `flag` in the agent's service directory.
  private static func flagged(_ agent: AgentFixture) -> String {
    """
    volumes = ["\(agent.directory.file("srv")):/srv"]
    health = { type = "exec", command = ["test", "-e", "/srv/flag"], interval = "200ms", retries = 2, start_period = "1s" }
    """
  }

  @Test func `a version that passes replaces the old one, and ps says that it passes`() async throws {
    try await AgentFixture.with { agent in
      let port = try FreePort.next()
      let service = try agent.define("web", Self.serving("one", port))
      #expect(try await agent.mcp("deploy", service).code == 0)
      #expect(try await fetch(port) == "one", "a deploy ends when it answers")
      try agent.define("web", Self.serving("two", port))
      #expect(try await agent.mcp("deploy", service).code == 0)
      #expect(try await fetch(port) == "two")
      let json = try await agent.mcp("ps", "--json").output
      #expect(json.contains("\"passing\""), "\(json)")
      #expect(try await agent.containers().map(\.name) == ["\(service)-api"])
    }
  }

  @Test(arguments: BadVersion.thatRun)
  func `a version that does not work is taken back, and the error tells why`(
    _ bad: BadVersion
  ) async throws {
    try await AgentFixture.with(settle: "1500ms") { agent in
      let port = try FreePort.next()
      let service = try agent.define("web", Self.serving("one", port))
      #expect(try await agent.mcp("deploy", service).code == 0)
      let old = try await agent.containers()
      let taken = try PortHolder()
      defer { taken.close() }
      try bad.prepare(agent)
      try agent.define("web", bad.definition(port, taken: taken.port, agent))
      let result = try await agent.mcp("deploy", service)
      #expect(result.code != 0 && !result.errors.contains("going back failed"), "\(result.errors)")
      let says = bad.says.replacing("@TAKEN@", with: "\(taken.port)")
      #expect(result.errors.contains(says), "\(result.errors)")
      #expect(try await eventually { try await fetch(port) == "one" }, "the old version serves")
      let now = try await agent.containers()
      #expect(now.map(\.id) == old.map(\.id), "the old one runs again, exactly as it was")
      #expect(try await agent.mcp("service", "show", service).output.contains("one"))
      #expect(try await eventually { try await agent.mcp("status", service, "--check").code == 0 })
    }
  }

  @Test func `a version that cannot be is refused before anything is touched`() async throws {
    try await AgentFixture.with { agent in
      let port = try FreePort.next()
      let service = try agent.define("web", Self.serving("one", port))
      #expect(try await agent.mcp("deploy", service).code == 0)
      let other = try agent.define(
        "other", BadVersion.component(port + 2, cmd: TestCommand.idle).replacing(":8080", with: ":80"))
      #expect(try await agent.mcp("deploy", other).code == 0)
      let old = try await agent.containers()
      for bad in BadVersion.refused {
        try bad.prepare(agent)
        try agent.define("web", bad.definition(port, taken: port + 2, agent))
        let result = try await agent.mcp("deploy", service)
        #expect(result.code != 0 && result.errors.contains(bad.says), "\(bad): \(result.errors)")
        #expect(try await agent.containers().map(\.pid) == old.map(\.pid), "\(bad)")
        #expect(try await fetch(port) == "one", "\(bad)")
      }
      #expect(try await agent.mcp("status", service, "--check").code == 0)
    }
  }

  @Test func `a new service that does not work is removed again`() async throws {
    try await AgentFixture.with { agent in
      let service = try agent.define(
        "web", BadVersion.component(try FreePort.next(), cmd: TestCommand.idle, check: Self.http))
      let result = try await agent.mcp("deploy", service)
      #expect(result.code == 1)
      #expect(result.errors.contains("does not pass its health check"), "\(result.errors)")
      #expect(try await agent.containers().isEmpty)
      #expect(try await agent.mcp("service", "show", service).code == 3)
    }
  }

  @Test func `where one of several components does not work the whole service returns`() async throws {
    try await AgentFixture.with { agent in
      let port = try FreePort.next()
      func side(_ version: Int) -> String { "\n" + Self.idle("side", "env = [\"V=\(version)\"]") }
      let service = try agent.define("web", Self.serving("one", port) + side(1))
      #expect(try await agent.mcp("deploy", service).code == 0)
      let old = try await agent.containers().map(\.id)
      try agent.define("web", BadVersion.component(port, cmd: TestCommand.idle, check: Self.http) + side(2))
      #expect(try await agent.mcp("deploy", service).code == 1)
      #expect(try await agent.containers().map(\.id) == old)
      #expect(try await eventually { try await fetch(port) == "one" })
    }
  }

  @Test func `a component starts only after those that it depends on work, and stops before them`()
    async throws
  {
    try await AgentFixture.with { agent in
      let service = try agent.define(
        "web",
        Self.idle("api", "depends_on = [\"db\"]")
          + Self.idle(
            "db", cmd: BadVersion.shell("sleep 1; touch /tmp/ready; exec sleep 3600"),
            "health = { type = \"exec\", command = [\"test\", \"-e\", \"/tmp/ready\"], interval = \"1s\" }"))
      let result = try await agent.mcp("deploy", service)
      #expect(result.code == 0, "\(result.errors)")
      let said = result.errors + result.output
      let proven = try #require(said.range(of: "wait until \(service)-db works"))
      let started = try #require(said.range(of: "start \(service)-api"))
      #expect(proven.lowerBound < started.lowerBound)
      let stop = try await agent.mcp("stop", service)
      let stops = stop.errors + stop.output
      let first = try #require(stops.range(of: "stop \(service)-api"))
      let second = try #require(stops.range(of: "stop \(service)-db"))
      #expect(first.lowerBound < second.lowerBound)
    }
  }

  @Test func `a component whose health goes and comes back is told, and ps and drift show it`() async throws {
    try await AgentFixture.with { agent in
      let flag = agent.directory.file("srv/flag")
      try "x".write(toFile: flag, atomically: false, encoding: .utf8)
      let service = try agent.define("web", Self.idle("api", Self.flagged(agent)))
      #expect(try await agent.mcp("deploy", service).code == 0)
      try FileManager.default.removeItem(atPath: flag)
      #expect(try await eventually { try await agent.mcp("ps").output.contains("unhealthy") })
      #expect(try await agent.mcp("status", service, "--check").code == 7)
      try "x".write(toFile: flag, atomically: false, encoding: .utf8)
      #expect(try await eventually { try await agent.mcp("status", service, "--check").code == 0 })
      let events = try await agent.mcp("events", "--json").output
      #expect(events.contains("\"unhealthy\"") && events.contains("\"healthy\""))
    }
  }

  @Test func `what was there before runs again although it does not work`() async throws {
    try await AgentFixture.with { agent in
      let flag = agent.directory.file("srv/flag")
      try "x".write(toFile: flag, atomically: false, encoding: .utf8)
      let service = try agent.define("web", Self.idle("api", Self.flagged(agent)))
      #expect(try await agent.mcp("deploy", service).code == 0)
      let old = try await agent.containers().map(\.id)
      try FileManager.default.removeItem(atPath: flag)
      try agent.define("web", Self.idle("api", cmd: BadVersion.shell("exit 3"), Self.flagged(agent)))
      let result = try await agent.mcp("deploy", service)
      #expect(result.code == 1)
      #expect(result.errors.contains("exited(3)"), "\(result.errors)")
      #expect(!result.errors.contains("going back failed"), "\(result.errors)")
      #expect(try await agent.containers().map { "\($0.id) \($0.state)" } == old.map { "\($0) running" })
    }
  }

  @Test func `a restart leaves running what depends on a component that does not start`() async throws {
    try await AgentFixture.with { agent in
      let flag = agent.directory.file("srv/flag")
      try "x".write(toFile: flag, atomically: false, encoding: .utf8)
      let service = try agent.define(
        "web", Self.idle("db", Self.flagged(agent)) + Self.idle("api", "depends_on = [\"db\"]"))
      #expect(try await agent.mcp("deploy", service).code == 0)
      let before = try await agent.containers().first { $0.name == "\(service)-api" }
      try FileManager.default.removeItem(atPath: flag)
      let result = try await agent.mcp("restart", service)
      #expect(result.code == 1)
      #expect(result.errors.contains("does not pass its health check"), "\(result.errors)")
      let after = try await agent.containers().first { $0.name == "\(service)-api" }
      #expect(after?.pid == before?.pid && after?.state == "running")
    }
  }

  @Test(arguments: ["prove.before", "prove.started", "prove.effect"])
  func `after kill -9 while a bad version is looked at the old one serves`(point: String) async throws {
    try await AgentFixture.with { agent in
      let port = try FreePort.next()
      let service = try agent.define("web", Self.serving("one", port))
      #expect(try await agent.mcp("deploy", service).code == 0)
      let old = try await agent.containers()
      await agent.terminate()
      try await agent.start(fault: point)
      let works = point == "prove.effect"
      try agent.define(
        "web",
        works
          ? Self.serving("two", port) : BadVersion.component(port, cmd: TestCommand.idle, check: Self.http))
      _ = try await agent.mcp("deploy", service)
      #expect(await eventually { agent.pid == 0 }, "the fault \(point) was not reached")
      try await agent.start()
      let serves = try await eventually(within: .seconds(30)) {
        let answer = try await fetch(port)
        let count = try await agent.containers().count
        return answer == (works ? "two" : "one") && count == 1
      }
      #expect(serves)
      #expect((try await agent.containers().map(\.id) == old.map(\.id)) == !works)
    }
  }
}
