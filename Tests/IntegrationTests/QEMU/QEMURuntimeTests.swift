import Engine
import Foundation
import TestSupport
import Testing

/// What only VMs do, and what goes wrong with them.
///
/// Beside it: the contract of all runtimes.
@Suite(.requiresQEMU, .serialized) struct QEMURuntimeTests {
  /// A VM whose kernel is a file on the node.
  private func spec(
    _ fixture: QEMUFixture, _ component: String = "api", _ work: String = "idle",
    configure: (inout Component) -> Void = { _ in }
  ) throws -> InstanceSpec {
    let kernel = fixture.podman.directory.file("kernel")
    if !FileManager.default.fileExists(atPath: kernel) {
      try FileManager.default.copyItem(atPath: QEMUEnvironment.guest, toPath: kernel)
    }
    return fixture.spec(component, work) {
      $0.image = nil
      $0.unikernel?.kernel = kernel
      configure(&$0)
    }
  }

  private func run(_ fixture: QEMUFixture, _ spec: InstanceSpec) async throws -> Instance {
    try await fixture.runtime.start(try await fixture.runtime.create(spec).id)
  }

  private func directory(_ fixture: QEMUFixture, _ id: String) -> String {
    fixture.podman.directory.file("vm/\(id)")
  }

  @Test func `a kernel that was changed is not booted, and the error says what it is now`() async throws {
    try await QEMUFixture.with { fixture in
      let id = try await fixture.runtime.create(try spec(fixture)).id
      let kernel = fixture.podman.directory.file("kernel")
      try Data("something else".utf8).write(to: URL(filePath: kernel))
      let error = await expectError(.failedPrecondition) { try await fixture.runtime.start(id) }
      #expect(error?.message.contains("its kernel \(kernel) has been changed") == true)
      #expect(error?.cause?.contains("its SHA-256 is") == true)
      #expect(try await fixture.runtime.inspect(id).state == .stopped)
      var wrong = try spec(fixture, "web")
      wrong.component.unikernel?.sha256 = String(repeating: "0", count: 64)
      let other = wrong
      _ = await expectError(.failedPrecondition) { _ = try await fixture.runtime.create(other) }
      var missing = try spec(fixture, "web")
      missing.component.unikernel?.kernel = "/no/such/kernel"
      let none = missing
      _ = await expectError(.notFound) { _ = try await fixture.runtime.create(none) }
    }
  }

  @Test func `without QEMU nothing is created, and the doctor says what to install`() async throws {
    try await QEMUFixture.with(configure: { $0.executable = "/no/such/qemu" }) { fixture in
      let spec = try spec(fixture)
      let error = await expectError(.unavailable) { _ = try await fixture.runtime.create(spec) }
      #expect(error?.hint?.contains("install") == true)
      #expect(await fixture.runtime.doctorFindings().contains { $0.remedy?.contains("install") == true })
    }
  }

  @Test func `how guests are accelerated is found out by running one, and remembered`() async throws {
    try await QEMUFixture.with(configure: { $0.acceleration = .auto }) { fixture in
      let first = try await fixture.runtime.capabilities()
      let memory = fixture.podman.directory.file("vm/accelerator.json")
      // Without a device there is nothing to try, and nothing to remember.
      let written = try? String(contentsOfFile: memory, encoding: .utf8)
      #expect((written != nil) == (access("/dev/kvm", R_OK | W_OK) == 0))
      let later = fixture.anotherRuntime { $0.acceleration = .auto }
      #expect(try await later.capabilities() == first)
      #expect((try? String(contentsOfFile: memory, encoding: .utf8)) == written)
      // Whatever it is, guests run with it.
      let instance = try await run(fixture, try spec(fixture, "api", "exit=9"))
      #expect(
        try await eventually { try await fixture.runtime.inspect(instance.id).state == .exited(code: 9) })
      #expect(await fixture.runtime.doctorFindings().contains { $0.check == "acceleration" })
    }
  }

  @Test func `VMs do not get more memory than there is, and the refusal says who has it`() async throws {
    try await QEMUFixture.with(configure: { $0.memory = 80 << 20 }) { fixture in
      _ = try await run(fixture, try spec(fixture, "one"))
      let second = try spec(fixture, "two") { $0.memory = 64 << 20 }
      let id = try await fixture.runtime.create(second).id
      let error = await expectError(.resourceExhausted) { try await fixture.runtime.start(id) }
      #expect(error?.cause == "\(fixture.node)-one has 32 MiB")
      #expect(try await fixture.runtime.inspect(id).state == .stopped)
    }
  }

  @Test func `a VM whose QEMU hangs is unhealthy, works again once it goes on, and can be stopped`()
    async throws
  {
    try await QEMUFixture.with(configure: { $0.answerTimeout = .milliseconds(500) }) { fixture in
      let instance = try await run(fixture, try spec(fixture))
      let pid = pid_t(try #require(instance.pid))
      kill(pid, SIGSTOP)
      let hung = try await fixture.runtime.inspect(instance.id)
      #expect(hung.state == .unhealthy)
      #expect(hung.problem?.contains("does not answer") == true)
      kill(pid, SIGCONT)
      #expect(try await eventually { try await fixture.runtime.inspect(instance.id).state == .running })
      kill(pid, SIGSTOP)
      #expect(try await fixture.runtime.stop(instance.id, grace: .seconds(60)).killed)
      #expect(!ProcessIdentity.isAlive(pid: Int(pid)))
      #expect(try await fixture.runtime.inspect(instance.id).state == .stopped)
    }
  }

  @Test func `a VM whose control socket is gone is unhealthy, and can be stopped`() async throws {
    try await QEMUFixture.with { fixture in
      let instance = try await run(fixture, try spec(fixture))
      unlink(directory(fixture, instance.id) + "/qmp.sock")
      let lost = try await fixture.runtime.inspect(instance.id)
      #expect(lost.state == .unhealthy)
      #expect(lost.problem?.contains("is gone") == true)
      #expect(try await fixture.runtime.stop(instance.id, grace: .seconds(60)).killed)
      #expect(try await fixture.runtime.start(instance.id).state == .running)
    }
  }

  @Test func `a VM whose directory was lost, or whose process was never noted, is taken back`() async throws {
    try await QEMUFixture.with { fixture in
      let instance = try await run(fixture, try spec(fixture))
      // An agent that was killed between the start and its note.
      let path = directory(fixture, instance.id) + "/vm.json"
      let text = try String(contentsOfFile: path, encoding: .utf8)
      var record = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
      record["run"] = nil
      try JSONSerialization.data(withJSONObject: record).write(to: URL(filePath: path))
      let second = fixture.anotherRuntime()
      #expect(try await second.list().map(\.pid) == [instance.pid])
      #expect(try await second.list().map(\.state) == [.running])

      try FileManager.default.removeItem(atPath: directory(fixture, instance.id))
      let third = fixture.anotherRuntime()
      let found = try #require(try await third.list().first)
      #expect(found.pid == instance.pid)
      #expect(found.labels == instance.labels)
      #expect(found.state == .unhealthy, "its control socket is lost: \(found.problem ?? "no problem")")
      try await third.remove(found.id)
      #expect(QEMUEnvironment.processes(of: fixture.node).isEmpty)
    }
  }

  @Test func `a number that means another process by now is not taken for the VM`() async throws {
    try await QEMUFixture.with { fixture in
      let instance = try await run(fixture, try spec(fixture))
      try await fixture.runtime.stop(instance.id, grace: .seconds(20))
      let path = directory(fixture, instance.id) + "/vm.json"
      let text = try String(contentsOfFile: path, encoding: .utf8)
      let old = "\"pid\" : \(try #require(instance.pid))"
      #expect(text.contains(old))
      var record = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
      var run = try #require(record["run"] as? [String: Any])
      run["pid"] = Int(getpid())
      record["run"] = run
      record["end"] = nil
      record["isStopWanted"] = false
      try JSONSerialization.data(withJSONObject: record).write(to: URL(filePath: path))
      let later = fixture.anotherRuntime()
      #expect(try await later.inspect(instance.id).pid == nil)
      try await later.remove(instance.id)
      #expect(kill(getpid(), 0) == 0)
    }
  }

  @Test func `a guest that crashes has failed, and how it ended is known to a later agent`() async throws {
    try await QEMUFixture.with { fixture in
      let crash = try await run(fixture, try spec(fixture, "crash", "panic"))
      #expect(try await eventually { try await fixture.runtime.inspect(crash.id).state == .exited(code: 1) })
      let done = try await run(fixture, try spec(fixture, "done", "say=bye"))
      let later = fixture.anotherRuntime()
      #expect(try await eventually { try await later.inspect(done.id).state == .exited(code: 0) })
    }
  }

  @Test
  func `a port that is taken and a disk that another process writes to are refused, each with its reason`()
    async throws
  {
    try await QEMUFixture.with { fixture in
      let listener = try SilentListener()
      let taken = try spec(fixture, "port") {
        $0.ports = [PortMapping(hostIP: "127.0.0.1", hostPort: Int(listener.port), containerPort: 80)]
      }
      let first = try await fixture.runtime.create(taken).id
      let conflict = await expectError(.conflict) { try await fixture.runtime.start(first) }
      #expect(conflict?.message.contains("\(listener.port)") == true)

      let disk = fixture.podman.directory.file("disk.img")
      try Data(count: 1 << 20).write(to: URL(filePath: disk))
      let writer = try ChildProcess(
        "/usr/bin/qemu-system-x86_64",
        ["-nodefaults", "-display", "none", "-S", "-drive", "if=virtio,format=raw,file=\(disk)"],
        environment: ProcessInfo.processInfo.environment)
      #expect(
        await eventually {
          let fds = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(writer.pid)/fd")) ?? []
          return fds.contains {
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(writer.pid)/fd/\($0)"))
              == disk
          }
        })
      let locked = try spec(fixture, "disk") { $0.unikernel?.disk = disk }
      let second = try await fixture.runtime.create(locked).id
      let refused = await eventually {
        do {
          _ = try await fixture.runtime.start(second)
          _ = try? await fixture.runtime.stop(second, grace: .zero)
          return false
        } catch {
          return EngineError.wrap(error).details.joined().contains("lock")
        }
      }
      #expect(refused)
      kill(writer.pid, SIGKILL)
      #expect(await eventually { !writer.isRunning })
      #expect(try await fixture.runtime.start(second).state == .running)
    }
  }

  @Test func `exec is refused, and says why`() async throws {
    try await QEMUFixture.with { fixture in
      let instance = try await run(fixture, try spec(fixture))
      let error = await expectError(.unsupported) {
        _ = try await fixture.runtime.exec(instance.id, request: ExecRequest(command: ["ls"]))
      }
      #expect(error?.message.contains("it is a VM") == true)
    }
  }
}
