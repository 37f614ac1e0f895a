import Engine
import Foundation
import TestSupport
import Testing

/// The service behind the socket: found, started, lost, hanging, ended.
@Suite(.requiresPodman) struct PodmanServiceTests {
  @Test func `a service is started on first use and ended at shutdown; containers go on`() async throws {
    try await PodmanFixture.with { fixture in
      let socket = fixture.configuration.ownSocketPath
      #expect(!FileManager.default.fileExists(atPath: socket))
      let instance = try await fixture.run(fixture.spec())
      let service = try Self.service(of: fixture)
      let runtime = fixture.anotherRuntime()
      #expect(try await runtime.list().map(\.id) == [instance.id])
      #expect(try Self.service(of: fixture) == service, "the one that runs is used")
      await runtime.shutdown()
      #expect(await eventually { !ProcessIdentity.isAlive(pid: Int(service)) }, "an adopted one is ended too")
      #expect(!FileManager.default.fileExists(atPath: socket))
      #expect(ProcessIdentity.isAlive(pid: try #require(instance.pid)))
      _ = await expectError(.unavailable) { _ = try await runtime.list() }
    }
  }

  @Test func `a service that was killed comes back with its containers running and their ports open`()
    async throws
  {
    try await PodmanFixture.with { fixture in
      let port = try FreePort.next()
      let spec = fixture.spec(command: ["nc", "-ll", "-p", "80", "-e", "echo", "hello"]) {
        $0.ports = [PortMapping(hostIP: "127.0.0.1", hostPort: port, containerPort: 80)]
      }
      let instance = try await fixture.run(spec)
      let first = try Self.service(of: fixture)
      try await Self.killService(of: fixture)
      #expect(
        FileManager.default.fileExists(atPath: fixture.configuration.ownSocketPath), "a stale socket file")
      let found = try await fixture.runtime.inspect(instance.id)
      #expect(found.timeless == instance.timeless)
      #expect(try Self.service(of: fixture) != first)
      let answer = try await Command.run(
        "/bin/bash", ["-c", "exec 3<>/dev/tcp/127.0.0.1/\(port) && read -t 2 line <&3; echo $line"],
        deadline: .seconds(10)
      )
      #expect(answer.output == "hello\n")
      _ = try await fixture.runtime.stop(instance.id, grace: .seconds(1))
    }
  }

  @Test func `a service that is kept alive comes back without being asked`() async throws {
    try await PodmanFixture.with { fixture in
      let keeper = Task { await fixture.runtime.run() }
      #expect(await eventually { !Self.services(of: fixture).isEmpty })
      let first = try Self.service(of: fixture)
      try await Self.killService(of: fixture)
      #expect(
        await eventually { Self.services(of: fixture).contains { $0.pid != first } })
      keeper.cancel()
      await keeper.value
    }
  }

  @Test func `a hanging service is a timeout with a hint, and goes on when it is let`() async throws {
    try await PodmanFixture.with { configuration in
      configuration.requestTimeout = .milliseconds(700)
      configuration.changeTimeout = .milliseconds(700)
    } _: { fixture in
      let instance = try await fixture.run(fixture.spec { $0.network = "none" })
      let service = try Self.service(of: fixture)
      kill(-service, SIGSTOP)
      let errors = [
        await expectError(.timeout) { _ = try await fixture.runtime.list() },
        await expectError(.timeout) { _ = try await fixture.runtime.inspect(instance.id) },
        await expectError(.timeout) { try await fixture.runtime.start(instance.id) },
        await expectError(.timeout) {
          _ = try await collect(fixture.runtime.logs(instance.id, options: LogOptions()))
        },
        await expectError(.timeout) { _ = try await collect(fixture.runtime.events(since: nil)) },
      ]
      for error in errors { #expect(error?.hint != nil) }
      kill(-service, SIGCONT)
      #expect(
        try await eventually {
          do { return try await fixture.runtime.list().count == 1 } catch is EngineError { return false }
        })
    }
  }

  @Test func `a socket that is configured is used and nothing else is started`() async throws {
    try await PodmanFixture.with { fixture in
      let nowhere = fixture.directory.file("nowhere.sock")
      let runtime = fixture.anotherRuntime { $0.socketPath = nowhere }
      let error = await expectError(.unavailable) { _ = try await runtime.list() }
      #expect(error?.message.contains(nowhere) == true)
      #expect(error?.hint != nil)
      #expect(!FileManager.default.fileExists(atPath: fixture.configuration.ownSocketPath))

      _ = try await fixture.runtime.list()
      let service = try Self.service(of: fixture)
      let second = fixture.anotherRuntime { $0.socketPath = $0.ownSocketPath }
      #expect(try await second.list().isEmpty)
      await second.shutdown()
      #expect(ProcessIdentity.isAlive(pid: Int(service)), "it is not the second's to end")
    }
  }

  @Test func `the user's own service is preferred and left running`() async throws {
    try await PodmanFixture.with { fixture in
      _ = try await fixture.runtime.list()
      let service = try Self.service(of: fixture)
      let own = fixture.directory.file("own/p.sock")
      let runtime = fixture.anotherRuntime {
        $0.userSocketPath = $0.ownSocketPath
        $0.ownSocketPath = own
      }
      #expect(try await runtime.list().isEmpty)
      await runtime.shutdown()
      #expect(!FileManager.default.fileExists(atPath: own))
      #expect(ProcessIdentity.isAlive(pid: Int(service)))
    }
  }

  @Test func `a missing podman is unavailable with a hint`() async throws {
    try await PodmanFixture.with {
      $0.executable = "/no/such/podman"
    } _: { fixture in
      let error = await expectError(.unavailable) { _ = try await fixture.runtime.list() }
      #expect(error?.hint?.contains("install") == true)
      let findings = await fixture.runtime.doctorFindings()
      #expect(findings.contains { $0.level == .failure && $0.check == "podman" && $0.remedy != nil })
      #expect(findings.contains { $0.level == .failure && $0.check == "podman service" })
    }
  }

  @Test func `a service that ends at once is unavailable with its own words`() async throws {
    try await PodmanFixture.with { fixture in
      let script = fixture.directory.file("podman")
      try "#!/bin/sh\necho no luck today >&2\nexit 1\n".write(
        toFile: script, atomically: true, encoding: .utf8)
      chmod(script, 0o755)
      let runtime = fixture.anotherRuntime {
        $0.executable = script
        $0.ownSocketPath = fixture.directory.file("broken/p.sock")
      }
      let error = await expectError(.unavailable) { _ = try await runtime.list() }
      #expect(error?.cause == "no luck today")
    }
  }

  @Test func `a pause process that is lost is mended, but not while containers run`() async throws {
    try await PodmanFixture.with { fixture in
      let script = fixture.directory.file("podman")
      let marker = fixture.directory.file("migrated")
      // What podman 4.3 says and does once its pause process and all containers have been killed.
      try """
      #!/bin/sh
      case "$2" in migrate) touch \(marker); exit 0 ;; esac
      [ -e \(marker) ] && exec /usr/bin/podman "$@"
      echo 'Error: invalid internal status, try resetting the pause process with "/usr/bin/podman system migrate"' >&2
      exit 125

      """.write(toFile: script, atomically: true, encoding: .utf8)
      chmod(script, 0o755)
      func lame(_ name: String) -> PodmanRuntime {
        fixture.anotherRuntime {
          $0.executable = script
          $0.ownSocketPath = fixture.directory.file("\(name)/p.sock")
        }
      }
      let running = try await fixture.run(fixture.spec("api"))
      let refused = lame("refused")
      let error = await expectError(.unavailable) { _ = try await refused.list() }
      #expect(error?.cause?.contains("invalid internal status") == true)
      #expect(!FileManager.default.fileExists(atPath: marker))
      try await fixture.runtime.remove(running.id)
      let mended = lame("mended")
      #expect(await eventually { (try? await mended.list()) != nil })
      #expect(FileManager.default.fileExists(atPath: marker))
    }
  }

  @Test(arguments: [
    ("Libpod-API-Version: 3.4.4", EngineError.Code.unsupported),
    ("Libpod-API-Version: 6.0.0", .unsupported), ("Server: nginx", .unavailable),
  ])
  func `what answers on the socket has to be a podman that is known`(
    header: String, code: EngineError.Code
  ) async throws {
    try await PodmanFixture.with { fixture in
      let socket = fixture.directory.file("other.sock")
      let server = """
        use IO::Socket::UNIX; my $s = IO::Socket::UNIX->new(Local => $ARGV[0], Listen => 5);
        while (my $c = $s->accept) {
          while (my $line = <$c>) { last if $line eq "\\r\\n" }
          print $c "HTTP/1.1 200 OK\\r\\n$ARGV[1]\\r\\nContent-Length: 2\\r\\nConnection: close\\r\\n\\r\\nOK"; close $c
        }
        """
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/perl")
      process.arguments = ["-e", server, socket, header]
      try process.run()
      defer { kill(process.processIdentifier, SIGKILL) }
      #expect(await eventually { FileManager.default.fileExists(atPath: socket) })
      let runtime = fixture.anotherRuntime { $0.socketPath = socket }
      let error = await expectError(code) { _ = try await runtime.list() }
      #expect(error?.hint != nil)
      #expect(
        await runtime.doctorFindings().contains { $0.level == .failure && $0.check == "podman service" })
    }
  }

  @Test func `callers at the same time share one service`() async throws {
    try await PodmanFixture.with { fixture in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<20 { group.addTask { _ = try await fixture.runtime.list() } }
        try await group.waitForAll()
      }
      let sessions = Set(Self.services(of: fixture).map(\.session))
      #expect(sessions.count == 1)
    }
  }

  @Test func `the doctor finds this podman in order`() async throws {
    try await PodmanFixture.with { fixture in
      let findings = await fixture.runtime.doctorFindings()
      let checks = Set(findings.map(\.check))
      #expect(
        checks.isSuperset(of: ["podman", "podman service", "storage driver", "network backend", "limits"]))
      #expect(findings.filter { $0.level == .failure }.isEmpty, "\(findings)")
      let capabilities = try await fixture.runtime.capabilities()
      #expect(capabilities.version.hasPrefix("podman "))
      #expect(findings.first { $0.check == "limits" }?.level == (capabilities.limits ? .ok : .warning))
    }
  }

  /// The processes of a fixture's service that lead a session; what it forks for a moment looks like it.
  private static func services(of fixture: PodmanFixture) -> [Processes.Entry] {
    let socket = "unix://\(fixture.configuration.ownSocketPath)"
    return Processes.find { $0.contains("service") && $0.last == socket }.filter { $0.pid == $0.session }
  }

  /// The service that listens on a fixture's socket.
  static func service(of fixture: PodmanFixture) throws -> pid_t {
    try #require(services(of: fixture).first?.pid)
  }

  /// Kills a fixture's service the hard way and waits until it is gone.
  static func killService(of fixture: PodmanFixture) async throws {
    let pid = try service(of: fixture)
    kill(-pid, SIGKILL)
    #expect(await eventually { !ProcessIdentity.isAlive(pid: Int(pid)) })
  }
}
