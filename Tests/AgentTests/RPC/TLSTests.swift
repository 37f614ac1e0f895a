import Engine
import Foundation
import TestSupport
import Testing

@testable import Agent

/// Lets everybody in.
private struct OpenPolicy: PeerPolicy {
  func caller(for peer: Peer, token: String?) -> Caller {
    Caller(actor: Actor(kind: .token, name: token ?? "nobody"), role: .admin, peer: peer.description)
  }
}

@Suite struct TLSTests {
  private static func with(
    limits: RPCLimits = RPCLimits(), _ body: @Sendable (TestAgent) async throws -> Void
  ) async throws {
    try await TestAgent.with(
      FakeControlPlane(), policy: OpenPolicy(), limits: limits, remote: true, body)
  }

  private static func refusal(
    _ agent: TestAgent, access: AgentAccess? = nil, host: String = "127.0.0.1"
  ) async -> EngineError? {
    do {
      try await RemoteControlPlane.withConnection(
        to: .tcp(host: host, port: agent.remote?.port ?? 0), access: access ?? agent.access("t")
      ) { _ = try await $0.list() }
      return nil
    } catch {
      return EngineError.wrap(error)
    }
  }

  @Test func `a call over TLS comes with its token and its address`() async throws {
    try await Self.with { agent in
      try await agent.connect(token: "laptop") { _ = try await $0.list() }
      let caller = try #require(agent.log.callers.last)
      #expect(caller.actor.name == "laptop")
      #expect(caller.peer.hasPrefix("tls:127.0.0.1:"))
    }
  }

  @Test func `a certificate of another CA is refused, and the error names it`() async throws {
    try await Self.with { agent in
      let other = try CertificateAuthority(node: "other")
      let path = agent.directory.file("other.pem")
      try other.pair.certificate.write(toFile: path, atomically: true, encoding: .utf8)
      let error = await Self.refusal(agent, access: AgentAccess(caCertificate: path, token: "t"))
      #expect(error?.code == .unauthenticated)
      #expect(error?.message.contains("mcp CA of test") == true, "\(String(describing: error))")
      #expect(agent.log.callers.isEmpty)
    }
  }

  @Test func `an expired certificate is refused, and the error says since when`() async throws {
    try await Self.with { agent in
      let remote = try #require(agent.remote)
      try remote.install(try remote.authority.server(names: ["127.0.0.1"], validity: -60))
      let error = await Self.refusal(agent)
      #expect(error?.code == .unauthenticated)
      #expect(error?.message.contains("expired on") == true, "\(String(describing: error))")
    }
  }

  @Test func `a certificate for another name is refused, and the error names both`() async throws {
    try await Self.with { agent in
      let remote = try #require(agent.remote)
      try remote.install(try remote.authority.server(names: ["elsewhere.example"]))
      let error = await Self.refusal(agent)
      #expect(error?.code == .unauthenticated)
      #expect(error?.message.contains("not for 127.0.0.1 but for elsewhere.example") == true)
    }
  }

  @Test func `an agent is reached by a name of its certificate as well`() async throws {
    try await Self.with { agent in #expect(await Self.refusal(agent, host: "localhost") == nil) }
  }

  @Test func `without a CA nothing is connected to`() async throws {
    try await Self.with { agent in
      #expect(await Self.refusal(agent, access: AgentAccess(token: "t"))?.code == .failedPrecondition)
      let missing = AgentAccess(caCertificate: agent.directory.file("no.pem"), token: "t")
      #expect(await Self.refusal(agent, access: missing)?.code == .notFound)
      #expect(agent.log.callers.isEmpty)
    }
  }

  @Test func `a new certificate is shown to new connections, and old ones go on`() async throws {
    try await Self.with { agent in
      let remote = try #require(agent.remote)
      @Sendable func shown() async throws -> String {
        try await AgentIdentity.fetch(host: "127.0.0.1", port: remote.port).certificate.fingerprint
      }
      let before = try await shown()
      try await agent.connect(token: "t") { client in
        try remote.install(try remote.authority.server(names: ["127.0.0.1", "second.example"]))
        #expect(try await shown() != before)
        _ = try await client.list()
        // Half of a renewal harms nobody.
        let good = try await shown()
        try "nothing".write(toFile: remote.certificatePath, atomically: true, encoding: .utf8)
        #expect(try await shown() == good)
        _ = try await client.list()
      }
    }
  }

  @Test func `a connection without a call is ended after a while, one with a call is not`() async throws {
    var limits = RPCLimits()
    limits.idleTimeout = .milliseconds(300)
    let plane = FakeControlPlane {
      $0.events = { _ in
        AsyncThrowingStream {
          $0.yield(Event(id: 1, time: Date(), actor: .agent, kind: "exit", message: "m"))
        }
      }
    }
    try await TestAgent.with(plane, policy: OpenPolicy(), limits: limits, remote: true) { agent in
      try await agent.connect(token: "busy") { client in
        var events = client.events(EventQuery(follow: true)).makeAsyncIterator()
        #expect(try await events.next()?.id == 1)
        try await agent.connect(token: "idle") { idle in
          _ = try await idle.list()
          try await eventually("the idle connection is ended") { agent.server.openConnections == 1 }
        }
        _ = try await client.list()
      }
    }
  }

  @Test func `what does not speak TLS is told so in its own language`() async throws {
    try await Self.with { agent in
      let port = try #require(agent.remote?.port)
      let answer = try await RawConnection.exchange(port: port, Array("GET / HTTP/1.1\r\n\r\n".utf8))
      #expect(String(decoding: answer, as: UTF8.self).hasPrefix("HTTP/1.1 400 "))
      #expect(String(decoding: answer, as: UTF8.self).contains("TLS 1.3"))
      let frames = try await RawConnection.exchange(
        port: port, Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8) + [0, 0, 0, 4, 0, 0, 0, 0, 0])
      #expect(String(decoding: frames, as: UTF8.self).contains("TLS 1.3"))
      try await agent.connect(token: "t") { _ = try await $0.list() }
    }
  }

  @Test func `a handshake that does not go on is ended, and others are served meanwhile`() async throws {
    var limits = RPCLimits()
    limits.handshakeTimeout = .milliseconds(300)
    try await Self.with(limits: limits) { agent in
      let port = try #require(agent.remote?.port)
      async let silent = RawConnection.exchange(port: port, [0x16, 3, 1])
      try await agent.connect(token: "t") { _ = try await $0.list() }
      #expect(try await silent.isEmpty)
    }
  }

  @Test func `an address has only so many connections, and gets them back`() async throws {
    var limits = RPCLimits()
    limits.connectionsPerPeer = 2
    try await Self.with(limits: limits) { agent in
      try await agent.connect(token: "a") { first in
        try await agent.connect(token: "b") { second in
          _ = try await first.list()
          _ = try await second.list()
          #expect(await Self.refusal(agent)?.code == .unavailable)
        }
      }
      try await eventually("a place is free again") { await Self.refusal(agent) == nil }
    }
  }

  @Test func `what the agent shows fits together or is not offered to the operator`() async throws {
    try await Self.with { agent in
      let remote = try #require(agent.remote)
      let identity = try await AgentIdentity.fetch(host: "127.0.0.1", port: remote.port)
      #expect(identity.authority.subject.contains("mcp CA of test"))
      #expect(identity.authorityPEM == remote.authority.pair.certificate)
      #expect(identity.certificate.names == ["127.0.0.1", "localhost"])
      // A CA that has not signed what comes with it.
      let other = try CertificateAuthority(node: "other")
      let pair = try remote.authority.server(names: ["127.0.0.1"])
      let leaf = try #require(pair.certificate.range(of: "-----END CERTIFICATE-----\n"))
      try remote.install(
        CertificateAuthority.Pair(
          certificate: String(pair.certificate[..<leaf.upperBound]) + other.pair.certificate, key: pair.key))
      await #expect(throws: EngineError.self) {
        try await AgentIdentity.fetch(host: "127.0.0.1", port: remote.port)
      }
    }
  }

  @Test func `the doctor says how long the certificate lasts, and what to do`() async throws {
    try await TemporaryDirectory.with { directory in
      let remote = try TestAgent.Remote(in: directory)
      var server = try AgentConfiguration.parse(
        """
        [server]
        listen = "127.0.0.1:1"
        tls_cert = "\(remote.certificatePath)"
        tls_key = "\(remote.keyPath)"
        """, source: "test", environment: [:]
      ).server
      let now = Date()
      func levels(_ days: Double) -> [DoctorFinding.Level] {
        ServerCertificate.findings(server, at: now.addingTimeInterval(days * 86_400)).map(\.level)
      }
      #expect(levels(0) == [.ok])
      #expect(levels(800) == [.warning])
      #expect(levels(900) == [.failure])
      try "x".write(toFile: remote.certificatePath, atomically: true, encoding: .utf8)
      #expect(levels(0) == [.failure])
      server.listen = nil
      #expect(levels(0) == [])
    }
  }

  @Test func `a key that everybody may read is not used`() async throws {
    try await TemporaryDirectory.with { directory in
      let remote = try TestAgent.Remote(in: directory)
      chmod(remote.keyPath, 0o644)
      let error = #expect(throws: EngineError.self) {
        try ServerCertificate.check(certificatePath: remote.certificatePath, keyPath: remote.keyPath)
      }
      #expect(error?.hint?.contains("chmod 600") == true)
      chmod(remote.keyPath, 0o600)
      try remote.authority.pair.key.write(toFile: remote.keyPath, atomically: true, encoding: .utf8)
      chmod(remote.keyPath, 0o600)
      #expect(throws: EngineError.self) {
        try ServerCertificate.check(certificatePath: remote.certificatePath, keyPath: remote.keyPath)
      }
    }
  }
}
