import Engine
import Foundation
import TestSupport
import Testing

/// VMs under the same verbs as containers, by a real agent.
@Suite(.requiresQEMU, .serialized) struct VMTests {
  private static let settings = "[unikernel]\naccel = \"tcg\"\n[monitor]\ngrace = \"1s\"\nresync = \"5s\"\n"

  private func machine(
    _ name: String = "vm", work: String = "idle", image: String = QEMUEnvironment.image, more: String = ""
  ) -> String {
    """
    [[components]]
    name = "\(name)"
    runtime = "unikernel"
    image = "\(image)"
    memory = "32MiB"
    cmdline = "\(work)"
    \(more)

    """
  }

  private func container(_ name: String, more: String = "") -> String {
    "[[components]]\nname = \"\(name)\"\nimage = \"\(TestImage.one)\"\ncmd = \(TestCommand.idle)\n\(more)\n"
  }

  private func pids(_ agent: AgentFixture) -> [Int32] { QEMUEnvironment.processes(of: agent.node) }

  private func isFine(_ agent: AgentFixture, _ service: String) async throws -> Bool {
    try await agent.mcp("status", service, "--check").code == 0
  }

  @Test
  func `a container and a VM are one service: deployed in order, shown, read, stopped, started, removed`()
    async throws
  {
    try await QEMUEnvironment.makeImage()
    try await AgentFixture.with(settings: Self.settings) { agent in
      let service = try agent.define(
        "mix",
        machine("vm", more: "depends_on = [\"db\"]") + container("db")
          + container("web", more: "depends_on = [\"vm\"]"))
      let deployed = try await agent.mcp("deploy", service)
      #expect(deployed.code == 0, "\(deployed.errors)")
      #expect(pids(agent).count == 1)
      let shown = try await agent.mcp("ps", service).output
      #expect(shown.contains("vm") && shown.contains("running") && !shown.contains("exited"))
      #expect(try await isFine(agent, service))
      let refused = try await agent.mcp("exec", "\(service)/vm", "--", "ls")
      #expect(refused.code != 0 && refused.errors.contains("it is a VM"))

      let pid = pids(agent)
      let again = try await agent.mcp("deploy", service)
      #expect((again.output + again.errors).contains("nothing to do"))
      #expect(pids(agent) == pid)
      let stopped = try await agent.mcp("stop", service)
      #expect(stopped.code == 0 && !stopped.errors.contains("killed"), "\(stopped.errors)")
      #expect(pids(agent).isEmpty)
      #expect(try await agent.mcp("start", service).code == 0)
      #expect(try await agent.mcp("restart", "\(service)/vm").code == 0)
      #expect(pids(agent).count == 1)
      #expect(try await agent.mcp("undeploy", "--yes", service).code == 0)
      #expect(pids(agent).isEmpty)
      #expect(try await agent.containers().isEmpty)
      let left = try FileManager.default.contentsOfDirectory(atPath: agent.directory.file("state/vm"))
      #expect(left.filter { $0.count == 32 }.isEmpty, "\(left)")
    }
  }

  @Test func `a VM outlives its agent, and comes back by its policy and by recovery`() async throws {
    try await QEMUEnvironment.makeImage()
    try await AgentFixture.with(settings: Self.settings) { agent in
      let service = try agent.define("app", machine())
      #expect(try await agent.mcp("deploy", service).code == 0)
      let first = pids(agent)
      await agent.kill9()
      #expect(pids(agent) == first)
      try await agent.start()
      #expect(try await eventually { try await isFine(agent, service) })
      #expect(pids(agent) == first)

      for pid in first { kill(pid, SIGKILL) }
      #expect(
        try await eventually(within: .seconds(20)) {
          let now = pids(agent)
          guard !now.isEmpty, now != first else { return false }
          return try await isFine(agent, service)
        })
      #expect(
        try await agent.mcp("events", "--service", service).output.contains("ended: exited(137)"))

      // The machine's end, as far as it can be had here: both are gone at once.
      let second = pids(agent)
      await agent.kill9()
      for pid in second { kill(pid, SIGKILL) }
      #expect(await eventually { pids(agent).isEmpty })
      try await agent.start()
      #expect(try await eventually(within: .seconds(20)) { try await isFine(agent, service) })
      #expect(pids(agent).count == 1 && pids(agent) != second)
      #expect(try await agent.mcp("undeploy", "--yes", service).code == 0)
    }
  }

  @Test func `a Linux guest answers on its port, shares a directory, and powers off when it is asked to`()
    async throws
  {
    try await AgentFixture.with(settings: Self.settings) { agent in
      let share = agent.directory.file("srv/share")
      try FileManager.default.createDirectory(atPath: share, withIntermediateDirectories: false)
      let port = try FreePort.next()
      func definition(_ text: String) -> String {
        """
        [[components]]
        name = "web"
        runtime = "unikernel"
        kernel = "\(QEMUEnvironment.linux)/kernel"
        initrd = "\(QEMUEnvironment.linux)/initrd"
        cmdline = "console=ttyS0 quiet"
        memory = "192MiB"
        volumes = ["\(share):/data"]
        env = { TEXT = "\(text)" }
        [[components.routes]]
        port = \(port)
        [components.health]
        type = "http"
        port = \(port)
        path = "/"
        start_period = "60s"
        """
      }
      let service = try agent.define("linux", definition("first"))
      let deployed = try await agent.mcp("deploy", service)
      #expect(deployed.code == 0, "\(deployed.errors)")
      #expect(try await fetch(port) == "first")
      #expect(try String(contentsOfFile: share + "/log", encoding: .utf8) == "boot first\n")
      #expect(try await agent.mcp("logs", service).output.contains("guest: serving first"))

      // The new one boots beside the old one, which answers until then.
      _ = try agent.define("linux", definition("second"))
      let prober = Task {
        var misses: [String] = []
        while !Task.isCancelled {
          do { _ = try await Probe.get(port) } catch { misses.append("\(error)") }
          try? await Task.sleep(for: .milliseconds(20))
        }
        return misses
      }
      #expect(try await agent.mcp("deploy", service).code == 0)
      prober.cancel()
      #expect(await prober.value == [])
      #expect(try await fetch(port) == "second")
      #expect(pids(agent).count == 1)
      let stopped = try await agent.mcp("stop", service)
      #expect(stopped.code == 0 && !stopped.errors.contains("killed"), "\(stopped.errors)")
      #expect(try await agent.mcp("logs", service).output.contains("Power down"))
      #expect(try await agent.mcp("undeploy", "--yes", service).code == 0)
    }
  }

  @Test func `a boot sequence brings up containers and VMs in their stages`() async throws {
    try await QEMUEnvironment.makeImage()
    try await AgentFixture.with(settings: Self.settings) { agent in
      let one = try agent.define("one", machine())
      let two = try agent.define("two", container("api"))
      for service in [one, two] { #expect(try await agent.mcp("deploy", service).code == 0) }
      await agent.kill9()
      await QEMUEnvironment.killAll(of: agent.node)
      for container in try await agent.containers() {
        #expect(try await Command.run("/usr/bin/podman", ["rm", "-f", "-t", "0", container.id]).code == 0)
      }
      let path = agent.directory.file("agent.toml")
      let stages = [one, two].map { "[[boot.sequence]]\nname = \"stage-\($0)\"\nservices = [\"\($0)\"]\n" }
      let text = try String(contentsOfFile: path, encoding: .utf8) + "\n" + stages.joined()
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      try await agent.start(extra: BootTests.share)
      #expect(
        try await eventually(within: .seconds(30)) {
          guard try await isFine(agent, one) else { return false }
          return try await isFine(agent, two)
        })
      #expect(pids(agent).count == 1)
      #expect(
        try await eventually { try await agent.mcp("events", "-n", "200").output.contains("boot-done") })
      let told = try await agent.mcp("events", "-n", "200").output
      let first = try #require(told.range(of: "the stage stage-\(one) is up"))
      let second = try #require(told.range(of: "the stage stage-\(two) is up"))
      #expect(first.lowerBound < second.lowerBound)
      for service in [one, two] { #expect(try await agent.mcp("undeploy", "--yes", service).code == 0) }
    }
  }

  @Test func `an agent that lost its registry takes a VM back as it runs`() async throws {
    try await QEMUEnvironment.makeImage()
    try await AgentFixture.with(settings: Self.settings) { agent in
      let service = try agent.define("app", machine("vm"))
      #expect(try await agent.mcp("deploy", service).code == 0)
      let before = pids(agent)
      try await agent.loseRegistry()
      #expect(
        try await eventually { try await agent.mcp("status").output.contains("is not in the registry") })
      let adopted = try await agent.mcp("adopt", "--all")
      #expect(adopted.code == 0, "\(adopted.output)\(adopted.errors)")
      #expect(try await isFine(agent, service))
      let deployed = try await agent.mcp("deploy", service)
      #expect(
        (deployed.output + deployed.errors).contains("nothing to do"), "\(deployed.output)\(deployed.errors)")
      #expect(pids(agent) == before)
      #expect(try await agent.mcp("undeploy", "--yes", service).code == 0)
      #expect(pids(agent).isEmpty)
    }
  }

  @Test func `a VM that ends well stays down by its policy, one that fails is started again, not for ever`()
    async throws
  {
    try await QEMUEnvironment.makeImage()
    try await AgentFixture.with(settings: Self.settings) { agent in
      let service = try agent.define(
        "job",
        machine("good", work: "say=hello", more: "restart = \"on-failure\"")
          + machine("bad", work: "exit=5", more: "restart = \"on-failure:1\""))
      #expect(try await agent.mcp("deploy", service).code == 0)
      #expect(
        try await eventually(within: .seconds(30)) {
          let shown = try await agent.mcp("ps", service).output
          let restarts = shown.split(separator: "\n").first { $0.contains(" bad ") }?.last
          return shown.contains("exited(0)") && shown.contains("exited(5)") && pids(agent).isEmpty
            && restarts == "1"
        })
      #expect(try await agent.mcp("logs", "\(service)/good").output.contains("hello"))
      #expect(try await agent.mcp("undeploy", "--yes", service).code == 0)
    }
  }

  @Test func `a version that does not boot returns to the one before, and a changed file is another version`()
    async throws
  {
    try await AgentFixture.with(settings: Self.settings, settle: "1s") { agent in
      let kernel = agent.directory.file("srv/kernel")
      try FileManager.default.copyItem(atPath: QEMUEnvironment.guest, toPath: kernel)
      func definition(_ work: String) -> String {
        machine(work: work).replacing("image = \"\(QEMUEnvironment.image)\"", with: "kernel = \"\(kernel)\"")
      }
      let service = try agent.define("app", definition("idle"))
      #expect(try await agent.mcp("deploy", service).code == 0)
      _ = try agent.define("app", definition("exit=3"))
      let failed = try await agent.mcp("deploy", service)
      #expect(failed.code == 1, "\(failed.output)")
      #expect(try await eventually { try await isFine(agent, service) })
      #expect(pids(agent).count == 1)

      // Other bytes under the same name: another version, without a word changed in the definition.
      _ = try agent.define("app", definition("idle"))
      let before = pids(agent)
      var bytes = try Data(contentsOf: URL(filePath: kernel))
      bytes.append(0)
      try bytes.write(to: URL(filePath: kernel))
      let deployed = try await agent.mcp("deploy", service)
      #expect(deployed.code == 0, "\(deployed.errors)")
      #expect(pids(agent).count == 1 && pids(agent) != before)

      // Changed without a deploy it is not booted, and that is said.
      bytes.append(0)
      try bytes.write(to: URL(filePath: kernel))
      #expect(try await agent.mcp("stop", service).code == 0)
      let refused = try await agent.mcp("start", service)
      #expect(refused.code != 0 && refused.errors.contains("has been changed"), "\(refused.errors)")
      #expect(try await agent.mcp("undeploy", "--yes", service).code == 0)
    }
  }
}
