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

  @Test func `a UDP port of the host leads into the container`() async throws {
    try await PodmanFixture.with { fixture in
      let port = try FreePort.next()
      // Busybox serves no UDP, the perl of every Debian does.
      let server = """
        use IO::Socket::INET; my $s = IO::Socket::INET->new(LocalPort => 53, Proto => "udp");
        while (defined $s->recv(my $data, 100)) { $s->send("got $data") }
        """
      let spec = fixture.spec(command: ["perl", "-e", server]) {
        $0.ports = [PortMapping(hostIP: "127.0.0.1", hostPort: port, containerPort: 53, transport: .udp)]
        $0.volumes = [("/usr", "/usr"), ("/usr/lib", "/lib"), ("/usr/lib64", "/lib64")].map {
          VolumeMount(source: $0.0, target: $0.1, readOnly: true)
        }
      }
      try await fixture.run(spec)
      let client = """
        use IO::Socket::INET; use IO::Select;
        my $s = IO::Socket::INET->new(PeerAddr => "127.0.0.1:\(port)", Proto => "udp"); $s->send("ping");
        if (IO::Select->new($s)->can_read(1)) { $s->recv(my $data, 100); print $data }
        """
      #expect(
        try await eventually { try await Command.run("/usr/bin/perl", ["-e", client]).output == "got ping" })
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

  @Test(arguments: [PortMapping.TransportProtocol.tcp, .udp])
  func `a taken port on a named network leaves no name with podman's DNS server`(
    transport: PortMapping.TransportProtocol
  ) async throws {
    try await PodmanFixture.with { fixture in
      let network = "\(fixture.node)-net"
      try await fixture.runtime.ensureNetwork(network)
      let port = try FreePort.next()
      func spec(_ name: String) -> InstanceSpec {
        fixture.spec(name) {
          $0.network = network
          $0.ports = [PortMapping(hostPort: port, containerPort: 80, transport: transport)]
        }
      }
      let holder = try await fixture.run(spec("holder"))
      let again = try await fixture.runtime.start(holder.id)
      #expect(again.timeless == holder.timeless, "its own port is no conflict")
      let second = try await fixture.runtime.create(spec("second")).id
      // A driver that knows the container from a list, and one that has to look at it.
      let listing = fixture.anotherRuntime()
      _ = try await listing.list()
      for runtime in [fixture.runtime, listing, fixture.anotherRuntime()] {
        let error = await expectError(.conflict) { try await runtime.start(second) }
        #expect(error?.message.contains("port \(port)") == true)
      }
      let directory = try await fixture.podman("info", "--format", "{{.Store.RunRoot}}").output
        .trimmingCharacters(in: .whitespacesAndNewlines)
      let names = try String(
        contentsOfFile: "\(directory)/networks/aardvark-dns/\(network)", encoding: .utf8)
      #expect(names.contains(holder.id))
      #expect(!names.contains(second))
    }
  }

  @Test func `an address that this machine does not have is refused in plain words`() async throws {
    try await PodmanFixture.with { fixture in
      let id = try await fixture.runtime.create(
        fixture.spec { $0.ports = [PortMapping(hostIP: "192.0.2.1", hostPort: 8080, containerPort: 80)] }
      ).id
      let error = await expectError(.operationFailed) { try await fixture.runtime.start(id) }
      #expect(error?.message.contains("192.0.2.1:8080") == true)
      #expect(error?.hint?.contains("address") == true)
    }
  }

  @Test func `containers on a named network find each other by alias`() async throws {
    try await PodmanFixture.with { fixture in
      try await NameServers.settle()
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
          }, "\(name) is not found: \(NameServers.describe())")
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
      "/bin/bash", ["-c", "exec 3<>/dev/\(transport)/127.0.0.1/\(port) && read -t 2 line <&3; echo $line"],
      deadline: .seconds(10)
    ).output
  }
}
