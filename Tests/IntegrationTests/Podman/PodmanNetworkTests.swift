import Engine
import Foundation
import TestSupport
import Testing

/// Ports and networks.
@Suite(.requiresPodman) struct PodmanNetworkTests {
  @Test func `a TCP port of the host leads into the container`() async throws {
    try await PodmanFixture.with { fixture in
      let port = try FreePort.next()
      let spec = fixture.spec(command: ["nc", "-ll", "-p", "80", "-e", "echo", "hello"]) {
        $0.ports = [PortMapping(hostIP: "127.0.0.1", hostPort: port, containerPort: 80)]
      }
      try await fixture.run(spec)
      #expect(try await eventually { try await self.answer("tcp", port) == "hello\n" })
    }
  }

  @Test(.disabled("its client in the shell waits for answers that UDP may lose"))
  func `a UDP port of the host leads into the container`() async throws {
    try await PodmanFixture.with { fixture in
      let port = try FreePort.next()
      // Busybox serves no UDP, the perl of every Debian does.
      let server = """
        use IO::Socket::INET; my $s = IO::Socket::INET->new(LocalPort => 53, Proto => "udp");
        while (defined $s->recv(my $data, 100)) { $s->send("got $data") }
        """
      let spec = fixture.spec(command: ["perl", "-e", server]) {
        $0.volumes = [("/usr", "/usr"), ("/usr/lib", "/lib"), ("/usr/lib64", "/lib64")].map {
          VolumeMount(source: $0.0, target: $0.1, readOnly: true)
        }
        $0.ports = [PortMapping(hostIP: "127.0.0.1", hostPort: port, containerPort: 53, transport: .udp)]
      }
      try await fixture.run(spec)
      let script = "exec 3<>/dev/udp/127.0.0.1/\(port); echo ping >&3; timeout 1 head -n 1 <&3"
      #expect(
        try await eventually { try await Command.run("/bin/bash", ["-c", script]).output == "got ping\n" })
    }
  }

  @Test func `a port that is taken is a conflict that names it, and later it is free`() async throws {
    try await PodmanFixture.with { fixture in
      let port = try FreePort.next()
      func spec(_ name: String) -> InstanceSpec {
        fixture.spec(name) {
          $0.ports = [PortMapping(hostIP: "127.0.0.1", hostPort: port, containerPort: 80)]
        }
      }
      let holder = try await fixture.run(spec("holder"))
      let second = try await fixture.runtime.create(spec("second")).id
      let error = await expectError(.conflict) { try await fixture.runtime.start(second) }
      #expect(error?.message.contains("127.0.0.1:\(port)") == true)
      #expect(try await fixture.runtime.inspect(second).state == .stopped)
      // Both ways of ending it leave the port free when they return.
      _ = try await fixture.runtime.stop(holder.id, grace: .seconds(20))
      #expect(try await fixture.runtime.start(second).state == .running)
      try await fixture.runtime.remove(second)
      #expect(try await fixture.runtime.start(holder.id).state == .running)
    }
  }

  @Test func `containers on a named network find each other by alias`() async throws {
    try await PodmanFixture.with { fixture in
      let network = "\(fixture.node)-net"
      #expect(try await fixture.runtime.ensureNetwork(network))
      #expect(try await fixture.runtime.ensureNetwork(network) == false)
      let server = try await fixture.run(
        fixture.spec("db", command: ["nc", "-ll", "-p", "5432", "-e", "echo", "hello"]) {
          $0.network = network
        })
      let client = try await fixture.run(fixture.spec("web") { $0.network = network })
      for name in ["db", server.name] {
        // The static busybox resolves names in nslookup alone.
        let script = """
          address=$(nslookup -type=a \(name) | awk '/^Address/ { last = $2 } END { print last }')
          nc -w 2 $address 5432
          """
        #expect(
          try await eventually {
            let session = try await fixture.runtime.exec(
              client.id, request: ExecRequest(command: ["sh", "-c", script]))
            return try await collect(session.output).contains(.stdout(Array("hello\n".utf8)))
          }, "\(name) is not found")
      }
      #expect(try await fixture.runtime.removeNetwork(network) == false, "it is in use")
      try await fixture.runtime.remove(server.id)
      try await fixture.runtime.remove(client.id)
      #expect(try await fixture.runtime.removeNetwork(network))
      #expect(try await fixture.runtime.removeNetwork(network) == false)
    }
  }

  @Test func `a network is made once by many at the same time`() async throws {
    try await PodmanFixture.with { fixture in
      let network = "\(fixture.node)-net"
      let made = try await withThrowingTaskGroup(of: Bool.self) { group in
        for _ in 0..<8 { group.addTask { try await fixture.runtime.ensureNetwork(network) } }
        return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
      }
      #expect(made == 1)
      #expect(try await fixture.runtime.removeNetwork(network))
    }
  }

  @Test func `a network that somebody else made is used and never removed`() async throws {
    try await PodmanFixture.with { fixture in
      let network = "\(fixture.node)-foreign"
      let created = try await fixture.podman("network", "create", network)
      #expect(created.code == 0)
      #expect(try await fixture.runtime.ensureNetwork(network) == false)
      #expect(try await fixture.runtime.removeNetwork(network) == false)
      #expect(try await fixture.podman("network", "exists", network).code == 0)
    }
  }

  @Test(arguments: ["host", "none"])
  func `a way of networking in the place of a name is not a network`(mode: String) async throws {
    try await PodmanFixture.with { fixture in
      #expect(try await fixture.runtime.ensureNetwork(mode) == false)
      let spec = fixture.spec(command: ["ls", "/sys/class/net"]) { $0.network = mode }
      let instance = try await fixture.run(spec)
      let lines = try await collect(fixture.runtime.logs(instance.id, options: LogOptions(follow: true)))
      let devices = Set(lines.map(\.text))
      if mode == "none" {
        #expect(devices == ["lo"])
      } else {
        #expect(devices == Set(try FileManager.default.contentsOfDirectory(atPath: "/sys/class/net")))
      }
      #expect(try await fixture.runtime.removeNetwork(mode) == false)
    }
  }

  private func answer(_ transport: String, _ port: Int) async throws -> String {
    try await Command.run(
      "/bin/bash", ["-c", "exec 3<>/dev/\(transport)/127.0.0.1/\(port) && timeout 2 cat <&3"],
      deadline: .seconds(10)
    ).output
  }
}
