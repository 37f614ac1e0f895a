import Engine
import Foundation
import TestSupport
import Testing

/// What the agent does about what nobody asked for.
@Suite(.requiresPodman, .serialized) struct HealingTests {
  private static let impatient = "[monitor]\ngrace = \"1s\"\nresync = \"5s\"\n"

  private func component(_ name: String = "api", more: String = "", cmd: String = TestCommand.idle) -> String
  {
    "[[components]]\nname = \"\(name)\"\nimage = \"\(TestImage.one)\"\ncmd = \(cmd)\n\(more)\n"
  }

  private func isRunning(_ agent: AgentFixture, _ count: Int = 1) async throws -> Bool {
    let containers = try await agent.containers()
    return containers.count == count && containers.allSatisfy { $0.state == "running" && $0.pid > 0 }
  }

  private func events(_ agent: AgentFixture, _ service: String) async throws -> String {
    try await agent.mcp("events", "--service", service, "--json").output
  }

  @Test func `a container that somebody removed is made again, and the events say why`() async throws {
    try await AgentFixture.with(settings: Self.impatient) { agent in
      let service = try agent.define("app", component())
      #expect(try await agent.mcp("deploy", service).code == 0)
      let old = try #require(try await agent.containers().first)
      #expect(try await Command.run("/usr/bin/podman", ["rm", "-f", "-t", "0", old.id]).code == 0)
      #expect(try await eventually(within: .seconds(20)) { try await isRunning(agent) })
      #expect(try await agent.containers().first?.id != old.id)
      #expect(try await eventually { try await events(agent, service).contains("\"recovered\"") })
      let told = try await events(agent, service)
      #expect(told.contains("was removed by somebody else"))
      #expect(told.contains("there is no \(service)-api"))
      #expect(try await eventually { try await agent.mcp("status", service, "--check").code == 0 })
    }
  }

  @Test func `a container whose process is killed is started again once each time, and answers on its port`()
    async throws
  {
    // Podman's restart policy is at it, and the agent keeps out of it.
    try await AgentFixture.with(settings: Self.impatient) { agent in
      let port = try FreePort.next()
      let service = try agent.define(
        "app",
        component(
          more: "ports = [\"127.0.0.1:\(port):8080\"]",
          cmd:
            "[\"sh\", \"-c\", \"mkdir -p /www && echo here > /www/index.html && exec httpd -f -p 8080 -h /www\"]"
        ))
      #expect(try await agent.mcp("deploy", service).code == 0)
      let first = try #require(try await agent.containers().first)
      var pid = first.pid
      for turn in 1...12 {
        kill(Int32(pid), SIGKILL)
        let isBack = try await eventually {
          let now = try await agent.containers()
          guard now.count == 1, now[0].id == first.id, now[0].state == "running", now[0].pid != pid,
            now[0].pid > 0
          else { return false }
          pid = now[0].pid
          return true
        }
        #expect(isBack, "turn \(turn)")
        #expect(try await eventually { try await fetch(port) == "here" }, "turn \(turn)")
        #expect(try await agent.containers().first?.pid == pid, "it was started once, turn \(turn)")
        // Five in half a minute would be a crash loop.
        if turn % 4 == 0 { #expect(try await agent.mcp("restart", service).code == 0) }
        if turn % 4 == 0 { pid = try #require(try await agent.containers().first?.pid) }
      }
      let told = try await events(agent, service)
      #expect(told.contains("\"exit\"") && told.contains("exited(137)"))
      #expect(!told.contains("\"recovered\""))
      #expect(try await agent.mcp("status", service, "--check").code == 0)
    }
  }

  @Test func `where there is no agent, podman starts what is killed`() async throws {
    try await AgentFixture.with { agent in
      let service = try agent.define("app", component())
      #expect(try await agent.mcp("deploy", service).code == 0)
      let old = try #require(try await agent.containers().first)
      await agent.kill9()
      kill(Int32(old.pid), SIGKILL)
      #expect(
        try await eventually {
          let now = try await agent.containers()
          return now.count == 1 && now[0].id == old.id && now[0].state == "running" && now[0].pid != old.pid
        })
      try await agent.start()
      #expect(
        try await eventually { try await events(agent, service).contains("was started again by its runtime") }
      )
    }
  }

  @Test func `a container whose supervisor and process are killed comes back`() async throws {
    try await AgentFixture.with(settings: Self.impatient) { agent in
      let service = try agent.define("app", component())
      #expect(try await agent.mcp("deploy", service).code == 0)
      let old = try #require(try await agent.containers().first)
      let monitor = try await Command.run(
        "/usr/bin/podman", ["inspect", "--format", "{{.State.ConmonPid}}", old.id])
      let supervisor = try #require(Int32(monitor.output.trimmingCharacters(in: .whitespacesAndNewlines)))
      kill(supervisor, SIGKILL)
      kill(Int32(old.pid), SIGKILL)
      #expect(
        try await eventually(within: .seconds(30)) {
          let now = try await agent.containers()
          return now.count == 1 && now[0].state == "running" && now[0].pid > 0 && now[0].pid != old.pid
        })
      #expect(try await eventually { try await events(agent, service).contains("\"recovered\"") })
      #expect(try await eventually { try await agent.mcp("status", service, "--check").code == 0 })
    }
  }

  @Test func `what must not be healed is reported and left alone`() async throws {
    try await AgentFixture.with(settings: Self.impatient) { agent in
      let service = try agent.define("app", component(more: "heal = false"))
      #expect(try await agent.mcp("deploy", service).code == 0)
      let old = try #require(try await agent.containers().first)
      #expect(try await Command.run("/usr/bin/podman", ["rm", "-f", "-t", "0", old.id]).code == 0)
      #expect(try await eventually { try await events(agent, service).contains("\"drift\"") })
      #expect(try await agent.mcp("status", service, "--check").code == 7)
      #expect(try await agent.containers().isEmpty)
      let recovered = try await agent.mcp("recover", service)
      #expect(recovered.code == 0, "\(recovered.errors)")
      #expect(try await isRunning(agent), "an operator may")
    }
  }

  @Test func `what stops, starts and goes by an operator's word is not healed`() async throws {
    try await AgentFixture.with(settings: Self.impatient) { agent in
      let service = try agent.define("app", component())
      #expect(try await agent.mcp("deploy", service).code == 0)
      #expect(try await agent.mcp("stop", service).code == 0)
      let other = try agent.define("other", component(more: "heal = false"))
      #expect(try await agent.mcp("deploy", other).code == 0)
      let witness = try #require(try await agent.containers().first { $0.name.hasPrefix(other) })
      // Once drift that came later has been told, what there was before has been looked at.
      #expect(try await Command.run("/usr/bin/podman", ["rm", "-f", "-t", "0", witness.id]).code == 0)
      #expect(try await eventually { try await events(agent, other).contains("\"drift\"") })
      #expect(try await agent.containers().map(\.state) == ["exited"])
      #expect(try await agent.mcp("undeploy", "--yes", service).code == 0)
      #expect(try await agent.containers().isEmpty)
    }
  }

  @Test func `an agent that starts brings back what was removed while there was none`() async throws {
    try await AgentFixture.with(settings: Self.impatient) { agent in
      let service = try agent.define(
        "app", component("db") + component("api", more: "depends_on = [\"db\"]"))
      let stopped = try agent.define("rest", component())
      #expect(try await agent.mcp("deploy", service).code == 0)
      #expect(try await agent.mcp("deploy", stopped).code == 0)
      #expect(try await agent.mcp("stop", stopped).code == 0)
      await agent.kill9()
      for container in try await agent.containers() {
        #expect(try await Command.run("/usr/bin/podman", ["rm", "-f", "-t", "0", container.id]).code == 0)
      }
      try await agent.start()
      #expect(try await eventually(within: .seconds(30)) { try await isRunning(agent, 2) })
      #expect(try await agent.containers().map(\.name) == ["\(service)-api", "\(service)-db"])
      #expect(try await eventually { try await events(agent, service).contains("\"recovered\"") })
      #expect(try await events(agent, service).contains("was removed by somebody else"))
      #expect(try await agent.mcp("status", "--check", service).code == 0)
    }
  }

  @Test func `a job that ended is not run again by an agent that starts`() async throws {
    try await AgentFixture.with(settings: Self.impatient) { agent in
      let job = try agent.define(
        "job", component(more: "restart = \"no\"", cmd: "[\"sh\", \"-c\", \"sleep 1\"]"))
      let service = try agent.define("app", component())
      #expect(try await agent.mcp("deploy", service).code == 0)
      #expect(try await agent.mcp("deploy", job).code == 0)
      #expect(
        try await eventually {
          try await agent.containers().contains { $0.name == "\(job)-api" && $0.pid == 0 }
        })
      #expect(try await eventually { try await agent.mcp("status", job, "--check").code == 0 }, "it is done")
      await agent.terminate()
      let witness = try #require(try await agent.containers().first { $0.name.hasPrefix(service) })
      #expect(try await Command.run("/usr/bin/podman", ["rm", "-f", "-t", "0", witness.id]).code == 0)
      try await agent.start()
      // The one that must come back is a sign that all has been looked at.
      #expect(
        try await eventually(within: .seconds(30)) {
          try await agent.containers().contains { $0.name == "\(service)-api" && $0.pid > 0 }
        })
      #expect(try await agent.containers().first { $0.name == "\(job)-api" }?.pid == 0)
      #expect(try await !events(agent, job).contains("\"recovered\""))
    }
  }

  @Test func `a crash loop is slowed down and told, once`() async throws {
    try await AgentFixture.with(settings: Self.impatient, settle: "0s") { agent in
      let service = try agent.define("app", component(cmd: "[\"sh\", \"-c\", \"sleep 0.2; exit 3\"]"))
      _ = try await agent.mcp("deploy", service)
      #expect(
        try await eventually(within: .seconds(60)) {
          try await events(agent, service).contains("\"crash-loop\"")
        })
      #expect(try await agent.containers().allSatisfy { $0.pid == 0 }, "it rests")
      let told = try await agent.mcp("events", "--service", service).output
      #expect(told.contains("it is started again in 10 seconds"), "\(told)")
      #expect(told.contains("code 3"), "\(told)")
      // And it is, after the pause.
      #expect(
        try await eventually(within: .seconds(40)) {
          try await events(agent, service).contains("\"recovered\"")
        })
      #expect(try await agent.mcp("undeploy", "--yes", service).code == 0)
      #expect(try await agent.containers().isEmpty)
    }
  }

  @Test func `what nobody deployed is reported and never touched`() async throws {
    try await AgentFixture.with(settings: Self.impatient) { agent in
      let name = "\(agent.node)-foreign"
      let run = try await Command.run(
        "/usr/bin/podman", ["run", "-d", "--name", name, TestImage.one, "sleep", "600"])
      #expect(run.code == 0, "\(run.errors)")
      let id = run.output.trimmingCharacters(in: .whitespacesAndNewlines)
      do {
        #expect(try await eventually { try await agent.mcp("status").output.contains(name) })
        #expect(try await eventually { try await agent.mcp("events").output.contains("nobody deployed it") })
        #expect(try await agent.mcp("recover").code == 0)
        let state = try await Command.run(
          "/usr/bin/podman", ["inspect", "--format", "{{.State.Status}} {{.RestartCount}}", id])
        #expect(state.output == "running 0\n")
      } catch {
        Issue.record(error)
      }
      _ = try await Command.run("/usr/bin/podman", ["rm", "-f", "-t", "0", id])
    }
  }

  @Test func `what others start, and an image that gets another meaning, is noticed without a listing`()
    async throws
  {
    try await AgentFixture.with(settings: "[monitor]\nresync = \"10m\"\n") { agent in
      func podman(_ words: String...) async throws {
        let result = try await Command.run("/usr/bin/podman", words)
        #expect(result.code == 0, "\(result.errors)")
      }
      func status(says text: String) async throws -> Bool {
        try await eventually { try await agent.mcp("status").output.contains(text) }
      }
      let image = "localhost/\(agent.node):1"
      try await podman("tag", TestImage.one, image)
      let service = try agent.define(
        "app", component().replacing(TestImage.one, with: image))
      #expect(try await agent.mcp("deploy", service).code == 0)
      #expect(try await agent.mcp("status", service, "--check").code == 0)
      try await podman("tag", TestImage.two, image)
      #expect(try await status(says: "image-mismatch"))
      try await podman("tag", TestImage.one, image)
      #expect(try await eventually { try await agent.mcp("status", service, "--check").code == 0 })

      let other = "\(agent.node)-other"
      try await podman("run", "-d", "--name", other, TestImage.one, "sh", "-c", "sleep 1000")
      #expect(try await status(says: "\(other) (\(TestImage.one)) runs here and nobody deployed it"))
      try await podman("rm", "-f", "-t", "0", other)
      #expect(try await eventually { try await !agent.mcp("status").output.contains(other) })
      #expect(try await agent.mcp("undeploy", "--yes", service).code == 0)
      try await podman("untag", image, image)
    }
  }

  @Test func `a rehearsal's lines bring a service up where there is no agent`() async throws {
    try await AgentFixture.with { agent in
      let port = try FreePort.next()
      let service = try agent.define(
        "app",
        component(
          more: "network = \"\(agent.node)-net\"\nports = [\"127.0.0.1:\(port):8080\"]",
          cmd:
            "[\"sh\", \"-c\", \"mkdir -p /www && echo it\\\\'s up > /www/index.html && exec httpd -f -p 8080 -h /www\"]"
        ))
      let deployed = try await agent.mcp("deploy", service)
      #expect(deployed.code == 0, "\(deployed.errors)")
      let script = try await agent.mcp("recover", "--rehearse")
      #expect(script.code == 0, "\(script.errors)")
      await agent.terminate()
      for container in try await agent.containers() {
        _ = try await Command.run("/usr/bin/podman", ["rm", "-f", "-t", "0", container.id])
      }
      let run = try await Command.run("/bin/sh", ["-e"], input: script.output)
      #expect(run.code == 0, "\(run.errors)")
      #expect(try await eventually { try await fetch(port) == "it's up" })
      _ = try await Command.run("/usr/bin/podman", ["rm", "-f", "-t", "0", "\(service)-api"])
    }
  }
}
