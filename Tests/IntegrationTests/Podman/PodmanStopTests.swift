import Engine
import Foundation
import TestSupport
import Testing

/// Stopping against restart policies, stop signals and podman's own mistakes.
@Suite(.requiresPodman) struct PodmanStopTests {
  @Test(arguments: [RestartPolicy.always, .unlessStopped, .onFailure(maxRetries: nil), .no])
  func `a restart policy does not undo a stop`(policy: RestartPolicy) async throws {
    try await PodmanFixture.with { fixture in
      // Ends with a failure when it is stopped, so that every policy but `no` would start it again.
      let command = ["sh", "-c", "trap 'exit 9' TERM; while :; do sleep 1000 & wait; done"]
      let instance = try await fixture.run(fixture.spec(command: command) { $0.restart = policy })
      let begin = Date()
      _ = try await fixture.runtime.stop(instance.id, grace: .seconds(20))
      #expect(try await fixture.runtime.inspect(instance.id).state == .stopped)
      // Its exit has been dealt with completely: a restart would have come before the clean-up's event.
      let events = try await collect(fixture.runtime.events(since: begin)) { $0.action == .other("cleanup") }
      #expect(!events.contains { $0.action == .started })
      #expect(try await fixture.runtime.inspect(instance.id).state == .stopped)
      let count = try await fixture.podman("inspect", "--format", "{{.RestartCount}}", instance.id)
      #expect(count.output == "0\n")
    }
  }

  @Test func `a restart policy does not undo a kill after the grace period`() async throws {
    try await PodmanFixture.with { fixture in
      let spec = fixture.spec(command: PodmanFixture.stubborn) { $0.restart = .always }
      let instance = try await fixture.run(spec)
      let outcome = try await fixture.runtime.stop(instance.id, grace: .milliseconds(200))
      #expect(outcome.killed)
      #expect(try await fixture.runtime.inspect(instance.id).state == .stopped)
      #expect(try await fixture.runtime.inspect(instance.id).restarts == 0)
    }
  }

  @Test func `a container in a crash loop stays stopped`() async throws {
    try await PodmanFixture.with { fixture in
      let spec = fixture.spec(command: ["sh", "-c", "exit 1"]) { $0.restart = .always }
      let instance = try await fixture.run(spec)
      #expect(try await eventually { try await fixture.runtime.inspect(instance.id).restarts > 2 })
      _ = try await fixture.runtime.stop(instance.id, grace: .seconds(5))
      let after = try await fixture.runtime.inspect(instance.id)
      #expect(after.state == .stopped)
      // One restart more would take less than a tenth of a second.
      try await Task.sleep(for: .milliseconds(500))
      let later = try await fixture.runtime.inspect(instance.id)
      #expect(later.timeless == after.timeless)
    }
  }

  @Test func `the image's own stop signal is sent`() async throws {
    try await PodmanFixture.with { fixture in
      let image = "localhost/\(fixture.node):usr1"
      let directory = fixture.directory.file("image")
      try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
      try "FROM \(TestImage.one)\nSTOPSIGNAL SIGUSR1\n".write(
        toFile: "\(directory)/Containerfile", atomically: true, encoding: .utf8)
      #expect(try await fixture.podman("build", "-q", "-t", image, directory).code == 0)
      fixture.onTearDown { _ = try? await fixture.podman("rmi", "-f", image) }
      let command = [
        "sh", "-c", "trap '' TERM; trap 'echo usr1; exit 0' USR1; while :; do sleep 1000 & wait; done",
      ]
      let instance = try await fixture.run(fixture.spec(command: command, image: image))
      #expect(try await fixture.runtime.stop(instance.id, grace: .seconds(20)) == StopOutcome(killed: false))
      let lines = try await collect(fixture.runtime.logs(instance.id, options: LogOptions()))
      #expect(lines.map(\.text) == ["usr1"])
      try await fixture.runtime.remove(instance.id)
    }
  }

  @Test func `twenty stops at once do not wait for one another`() async throws {
    try await PodmanFixture.with { fixture in
      var ids: [String] = []
      for number in 0..<20 {
        ids.append(
          try await fixture.run(
            fixture.spec("c\(number)", command: PodmanFixture.stubborn) { $0.network = "none" }
          ).id)
      }
      let outcomes = try await withThrowingTaskGroup(of: StopOutcome.self) { group in
        for id in ids { group.addTask { try await fixture.runtime.stop(id, grace: .seconds(2)) } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(outcomes == Array(repeating: StopOutcome(killed: true), count: 20))
    }
  }

  @Test func `a container whose monitor was killed is seen as dead, refuses to start and can be removed`()
    async throws
  {
    try await PodmanFixture.with { fixture in
      let instance = try await fixture.run(fixture.spec { $0.restart = .always })
      let pid = try #require(instance.pid)
      let monitor = try #require(
        Int32(
          try await fixture.podman("inspect", "--format", "{{.State.ConmonPid}}", instance.id).output
            .trimmingCharacters(in: .whitespacesAndNewlines)))
      kill(monitor, SIGKILL)
      kill(pid_t(pid), SIGKILL)
      #expect(await eventually { !ProcessIdentity.isAlive(pid: pid) })
      // The lie: podman still says that it runs.
      #expect(
        try await fixture.podman("inspect", "--format", "{{.State.Status}}", instance.id).output
          == "running\n")
      let seen = try await fixture.runtime.inspect(instance.id)
      #expect(seen.state == .exited(code: -1))
      #expect(seen.pid == nil)
      #expect(try await fixture.runtime.list().map(\.state) == [.exited(code: -1)])
      let error = await expectError(.operationFailed) { try await fixture.runtime.start(instance.id) }
      #expect(error?.hint?.contains("removed and created again") == true)
      #expect(
        try await fixture.runtime.stop(instance.id, grace: .seconds(5)) == StopOutcome(wasStopped: true))
      try await fixture.runtime.remove(instance.id)
      #expect(try await fixture.run(fixture.spec()).state == .running)
    }
  }

  @Test func `a container that is not ours is never touched`() async throws {
    try await PodmanFixture.with { fixture in
      let foreign = try await fixture.podman(
        "run", "-d", "--name", "\(fixture.node)-foreign", "--network", "none", TestImage.one,
        "sleep", "1000"
      ).output.trimmingCharacters(in: .whitespacesAndNewlines)
      fixture.onTearDown { _ = try? await fixture.podman("rm", "-f", "-t", "0", foreign) }
      // Another node's agent on the same podman.
      var spec = fixture.spec("other")
      spec.labels.node = "\(fixture.node)-other"
      let others = fixture.anotherRuntime { [node = spec.labels.node] in $0.node = node }
      let other = try await others.start(try await others.create(spec).id).id
      fixture.onTearDown { try? await others.remove(other) }

      for id in [foreign, other] {
        for (what, change) in Self.changes(of: fixture.runtime, id) {
          _ = await expectError(.failedPrecondition, "\(what)") { try await change() }
        }
        let state = try await fixture.podman("inspect", "--format", "{{.State.Status}} {{.RestartCount}}", id)
        #expect(state.output == "running 0\n")
      }
      #expect(try await fixture.runtime.list().isEmpty)
      let unmanaged = try await fixture.runtime.listUnmanaged()
      #expect(unmanaged.contains { $0.id == foreign && $0.name == "\(fixture.node)-foreign" })
      #expect(!unmanaged.contains { $0.id == other })
    }
  }

  private static func changes(
    of runtime: PodmanRuntime, _ id: String
  ) -> [(String, @Sendable () async throws -> Void)] {
    [
      ("start", { try await runtime.start(id) }),
      ("stop", { try await runtime.stop(id, grace: .zero) }),
      ("remove", { try await runtime.remove(id) }),
      ("rename", { try await runtime.rename(id, to: "taken-away") }),
      ("exec", { _ = try await runtime.exec(id, request: ExecRequest(command: ["true"])) }),
      ("inspect", { _ = try await runtime.inspect(id) }),
    ]
  }
}
