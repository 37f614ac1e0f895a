import Engine
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Agent

/// Programs of others against the agent's TLS: `openssl s_client`, Python's `ssl` and grpcio.
@Suite struct TLSPeerTests {
  private static func with(_ body: @Sendable (TestAgent, TokenAuthority) async throws -> Void) async throws {
    try await TemporaryDirectory.with { directory in
      let registry = try Registry.open(path: directory.file("mcp.db"))
      let tokens = TokenAuthority(registry: registry, node: "rift")
      let policy = TokenPolicy(tokens: tokens, identities: nil)
      try await TestAgent.with(FakeControlPlane(), policy: policy, remote: true) { agent in
        try await body(agent, tokens)
      }
      try registry.close()
    }
  }

  private static func openssl(_ agent: TestAgent, _ arguments: String...) async throws -> (Bool, String) {
    let port = try #require(agent.remote?.port)
    let authority = try #require(agent.remote?.authorityPath)
    let result = try await Command.run(
      "/usr/bin/openssl",
      [
        "s_client", "-connect", "127.0.0.1:\(port)", "-CAfile", authority, "-verify_return_error", "-alpn",
        "h2",
        "-brief",
      ] + arguments)
    return (result.code == 0, result.output + result.errors)
  }

  @Test func `openssl agrees on TLS 1.3 and on the certificate, and on nothing older`() async throws {
    try await Self.with { agent, _ in
      let (isGood, text) = try await Self.openssl(agent, "-verify_ip", "127.0.0.1")
      #expect(isGood, "\(text)")
      #expect(text.contains("TLSv1.3"))
      #expect(text.contains("Verification: OK"))
      for version in ["-tls1_2", "-tls1_1", "-tls1"] {
        let (isConnected, words) = try await Self.openssl(agent, version)
        #expect(!isConnected, "\(version): \(words)")
      }
      let (isOther, _) = try await Self.openssl(agent, "-verify_hostname", "elsewhere.example")
      #expect(!isOther)
      try await agent.connect(token: nil) { client in
        let error = await #expect(throws: EngineError.self) { try await client.list() }
        #expect(error?.code == .unauthenticated, "others are served")
      }
    }
  }

  @Test func `Python's ssl verifies the name, and refuses a server of another CA`() async throws {
    try await Self.with { agent, _ in
      let remote = try #require(agent.remote)
      let script = """
        import socket, ssl, sys
        port, ca = int(sys.argv[1]), sys.argv[2]
        def attempt(name, low=None, high=None, ca=ca):
            context = ssl.create_default_context(cafile=ca)
            context.set_alpn_protocols(["h2"])
            if low: context.minimum_version = low
            if high: context.maximum_version = high
            try:
                with socket.create_connection(("127.0.0.1", port), 10) as plain:
                    with context.wrap_socket(plain, server_hostname=name) as secure:
                        # TLS 1.3 tells of a refusal with the first bytes.
                        secure.recv(9)
                        return secure.version() + " " + str(secure.selected_alpn_protocol())
            except Exception as error:
                return type(error).__name__
        v = ssl.TLSVersion
        print(attempt("localhost"), attempt("127.0.0.1"), attempt("elsewhere.example"), sep="|")
        print(attempt("localhost", v.TLSv1_2, v.TLSv1_2), attempt("localhost", ca=sys.argv[3]), sep="|")
        """
      let other = agent.directory.file("other.pem")
      try CertificateAuthority(node: "other").pair.certificate.write(
        toFile: other, atomically: true, encoding: .utf8)
      let result = try await Command.run(
        "/usr/bin/python3", ["-c", script, "\(remote.port)", remote.authorityPath, other])
      #expect(
        result.output.split(separator: "\n") == [
          "TLSv1.3 h2|TLSv1.3 h2|SSLCertVerificationError", "SSLError|SSLCertVerificationError",
        ], "\(result.output) \(result.errors)")
    }
  }

  @Test(arguments: [
    (["/usr/bin/openssl", "s_server", "-quiet", "-tls1_2"], "does not speak TLS 1.3"),
    (["/usr/bin/python3", "-m", "http.server", "--bind", "127.0.0.1"], "does not speak TLS"),
  ])
  func `what listens in the agent's place is told by what it does not speak`(
    command: [String], said: String
  ) async throws {
    try await TemporaryDirectory.with { directory in
      let remote = try TestAgent.Remote(in: directory)
      let isTLS = command.contains("s_server")
      let rest =
        isTLS
        ? ["-accept", "127.0.0.1:\(remote.port)", "-cert", remote.certificatePath, "-key", remote.keyPath]
        : ["\(remote.port)"]
      let child = try ChildProcess(command[0], Array(command.dropFirst()) + rest)
      let error = Mutex<EngineError?>(nil)
      try await eventually("it listens") {
        do {
          try await RemoteControlPlane.withConnection(
            to: .tcp(host: "127.0.0.1", port: remote.port),
            access: AgentAccess(caCertificate: remote.authorityPath, token: "t")
          ) { _ = try await $0.list() }
        } catch let failure {
          error.withLock { $0 = EngineError.wrap(failure) }
        }
        return error.withLock { $0?.cause?.contains("refused") != true }
      }
      kill(child.pid, SIGKILL)
      await child.wait()
      let failure = try #require(error.withLock { $0 })
      #expect(failure.code == .unavailable)
      #expect(failure.message.contains(said), "\(failure)")
    }
  }

  @Test(.enabled(if: PythonClient.isAvailable, "MCP_TEST_PYTHON names no python: see scripts/dev/python-env"))
  func `grpcio gets in with a token, and is told the right code without`() async throws {
    try await Self.with { agent, tokens in
      let remote = try #require(agent.remote)
      let issued = try await tokens.issue(
        TokenRequest(name: "laptop", role: .viewer, lifetime: .seconds(3600)), by: .agent
      ).token
      let place = ["--tls", "127.0.0.1:\(remote.port)", "--ca", remote.authorityPath]
      func reason(_ arguments: [String], token: String?) async throws -> String? {
        let end = try await PythonClient.run(
          at: place + (token.map { ["--token", $0] } ?? []), arguments)
        return end.lines.last?["error"]?["reason"]?.text
      }
      #expect(try await reason(["list"], token: issued.token) == nil)
      #expect(agent.log.callers.last?.actor.name == "laptop")
      #expect(try await reason(["list"], token: nil) == "unauthenticated")
      #expect(try await reason(["health"], token: nil) == "unauthenticated")
      #expect(try await reason(["health"], token: issued.token) == nil)
      #expect(try await reason(["list"], token: issued.token + "x") == "unauthenticated")
      #expect(try await reason(["stop", "web"], token: issued.token) == "permission_denied")
      // What claims to be a peer's address is removed, as on the socket.
      let claim = try await PythonClient.run(
        at: place, ["list"],
        options: ["mcp-peer-uid=0", "mcp-peer-gid=0", "mcp-peer-pid=1"].flatMap { ["--header", $0] })
      #expect(claim.lines.last?["error"]?["reason"]?.text == "unauthenticated")
      _ = try await tokens.revoke(issued.info, by: .agent)
      #expect(try await reason(["list"], token: issued.token) == "unauthenticated")
    }
  }
}
