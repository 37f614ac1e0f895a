import Engine
import Foundation
import TestSupport
import Testing

@Suite(.requiresPodman, .serialized) struct LifecycleTests {
  @Test func `a definition of two components runs, answers, changes in part and goes away`() async throws {
    try await AgentFixture.with { agent in
      let port = try FreePort.next()
      func body(_ text: String) -> String {
        """
        [[components]]
        name = "web"
        image = "\(TestImage.one)"
        ports = ["127.0.0.1:\(port):8080"]
        cmd = ["sh", "-c", "mkdir -p /www && echo \(text) > /www/index.html && exec httpd -f -p 8080 -h /www"]
        [[components]]
        name = "side"
        image = "\(TestImage.one)"
        cmd = \(TestCommand.idle)
        """
      }
      let service = try agent.define("app", body("hello"))
      let first = try await agent.mcp("deploy", service)
      #expect(first.code == 0, "\(first.errors)")
      #expect(try await eventually { try await fetch(port) == "hello" })
      let before = try await agent.containers()
      #expect(before.map(\.name) == ["\(service)-side", "\(service)-web"])
      let ambiguous = try await agent.mcp("exec", service, "--", "true")
      #expect(ambiguous.code != 0 && ambiguous.errors.contains("several components"), "\(ambiguous.errors)")

      let again = try await agent.mcp("deploy", service)
      #expect(again.code == 0)
      #expect((again.output + again.errors).contains("nothing to do"))
      #expect(try await agent.containers().map(\.id) == before.map(\.id))

      try agent.define("app", body("changed"))
      let plan = try await agent.mcp("deploy", "--plan", service)
      #expect(plan.output.contains("create \(service)-web"))
      #expect(!plan.output.contains("\(service)-side"))
      #expect(try await agent.containers().map(\.id) == before.map(\.id), "a plan changes nothing")
      #expect(try await agent.mcp("deploy", service).code == 0)
      #expect(try await eventually { try await fetch(port) == "changed" })
      let after = try await agent.containers()
      #expect(after.map(\.name) == before.map(\.name))
      #expect(after.first?.id == before.first?.id, "the component that did not change was left alone")
      #expect(after.last?.id != before.last?.id)

      #expect(try await agent.mcp("undeploy", "--yes", service).code == 0)
      #expect(try await agent.containers().isEmpty)
      #expect(try await agent.mcp("undeploy", "--yes", service).code == 3)
    }
  }

  @Test func `stop, start and restart change the world and the desired state`() async throws {
    try await AgentFixture.with { agent in
      let service = try agent.define(
        "app", "[[components]]\nname = \"api\"\nimage = \"\(TestImage.one)\"\ncmd = \(TestCommand.idle)")
      #expect(try await agent.mcp("deploy", service).code == 0)
      let alone = try await agent.mcp("exec", service, "--", "echo", "it is alone")
      #expect(alone.output == "it is alone\n", "\(alone.errors)")
      let pid = try #require(try await agent.containers().first?.pid)
      #expect(try await agent.mcp("restart", service).code == 0)
      let restarted = try #require(try await agent.containers().first?.pid)
      #expect(restarted != pid && restarted > 0)
      #expect(try await agent.mcp("stop", "\(service)/api").code == 0)
      #expect(try await agent.containers().first?.state != "running")
      let stopped = try await agent.mcp("ps", service)
      #expect(stopped.output.contains("stopped"))
      #expect(try await agent.mcp("stop", service).code == 0, "stopping what is stopped succeeds")
      #expect(try await agent.mcp("status", service, "--check").code == 0)
      #expect(try await agent.mcp("start", service).code == 0)
      #expect(try await agent.containers().first?.state == "running")
      #expect(try await agent.mcp("start", "\(service)/nope").code == 3)
    }
  }

  @Test func `a component that leaves the definition is removed`() async throws {
    try await AgentFixture.with { agent in
      let one = "[[components]]\nname = \"a\"\nimage = \"\(TestImage.one)\"\ncmd = \(TestCommand.idle)\n"
      let two = one.replacing("\"a\"", with: "\"b\"")
      let service = try agent.define("app", one + two)
      #expect(try await agent.mcp("deploy", service).code == 0)
      #expect(try await agent.containers().count == 2)
      try agent.define("app", one)
      #expect(try await agent.mcp("deploy", service).code == 0)
      #expect(try await agent.containers().map(\.name) == ["\(service)-a"])
    }
  }

  @Test func `the agent stops and starts again without touching what runs`() async throws {
    try await AgentFixture.with { agent in
      let service = try agent.define(
        "app", "[[components]]\nname = \"api\"\nimage = \"\(TestImage.one)\"\ncmd = \(TestCommand.idle)")
      #expect(try await agent.mcp("deploy", service).code == 0)
      let pid = try #require(try await agent.containers().first?.pid)
      #expect(await agent.terminate() == 0)
      #expect(try await agent.containers().first?.pid == pid)
      try await agent.start()
      #expect(try await eventually { try await agent.mcp("ps", service).output.contains("running") })
      #expect(try await agent.containers().first?.pid == pid)
    }
  }

  @Test func `a container that dies is an event, and its restart too`() async throws {
    try await AgentFixture.with { agent in
      let service = try agent.define(
        "app",
        "[[components]]\nname = \"api\"\nimage = \"\(TestImage.one)\"\nrestart = \"no\"\ncmd = \(TestCommand.idle)"
      )
      #expect(try await agent.mcp("deploy", service).code == 0)
      let pid = try #require(try await agent.containers().first?.pid)
      kill(Int32(pid), SIGKILL)
      #expect(
        try await eventually {
          try await agent.mcp("events", "--service", service).output.contains("exited(137)")
        })
      #expect(try await agent.mcp("ps", service).output.contains("exited(137)"))
      #expect(try await agent.mcp("status", service, "--check").code == 7)
      let ended = try await agent.mcp("--json", "events", "--service", service)
      let exits = ended.output.split(separator: "\n").filter { $0.contains(#""kind":"exit""#) }
      #expect(exits.count == 1, "told once: \(ended.output)")
    }
  }

  @Test func `the definition that every operator starts from deploys as it stands`() async throws {
    try await AgentFixture.with { agent in
      let port = try FreePort.next()
      let service = "\(agent.node)-myservice"
      try FileManager.default.createDirectory(
        atPath: agent.directory.file("srv/\(service)"), withIntermediateDirectories: true)
      try agent.define(
        "myservice",
        """
        node = "\(agent.node)"
        active = true
        [[components]]
        name = "api"
        image = "\(TestImage.one)"
        network = "\(agent.node)-mcpnet"
        user = "0:0"
        restart = "unless-stopped"
        ports = ["127.0.0.1:\(port):8443"]
        volumes = ["\(agent.directory.file("srv/\(service)")):/srv/myservice"]
        cmd = ["sh", "-c", "echo made > /srv/myservice/file; trap 'exit 0' TERM; while :; do sleep 1000 & wait; done"]
        """)
      let result = try await agent.mcp("deploy", service)
      #expect(result.code == 0, "\(result.errors)")
      #expect(
        await eventually {
          FileManager.default.fileExists(atPath: agent.directory.file("srv/\(service)/file"))
        })
      let exported = try await agent.mcp("service", "export", service, "-o", agent.directory.file("x.toml"))
      #expect(exported.code == 0, "\(exported.errors)")
      let again = try await agent.mcp("deploy", service, "--file", agent.directory.file("x.toml"))
      #expect((again.output + again.errors).contains("nothing to do"), "\(again.output)\(again.errors)")
      #expect(try await agent.mcp("undeploy", "--yes", service).code == 0)
      #expect(
        FileManager.default.fileExists(atPath: agent.directory.file("srv/\(service)/file")), "data stays")
    }
  }
}
