import Engine
import Foundation
import TestSupport
import Testing

@testable import Shell

@Suite struct LoginTests {
  private static let users: [String: IdentityServer.User] = [
    "alice": .init(password: "p4ss word", code: "123456", roles: ["admin"]),
    "bob": .init(password: "b", roles: ["user"]),
    "carol": .init(password: "c", roles: ["user"], refusedServices: ["mcp"]),
  ]

  /// A command line with an identity service, and standard input.
  private static func with(
    input: [String], terminal: Bool = false, lifetime: TimeInterval = 3600,
    _ body: @Sendable (Harness, IdentityServer) async throws -> Void
  ) async throws {
    try await IdentityServer.with(users, lifetime: lifetime) { server in
      try await TemporaryDirectory.with { directory in
        let harness = try Harness(
          [("rift", FakePlane())], in: directory, terminal: terminal, inputTerminal: terminal, input: input)
        let text = """
          [services]
          dir = "\(harness.services)"
          [mcias]
          server_url = "\(server.url)"
          ca_cert = "\(server.authorityPath)"
          [auth]
          token_path = "\(directory.file("auth/token"))"
          """
        try text.write(toFile: harness.configuration, atomically: true, encoding: .utf8)
        try await body(harness, server)
      }
    }
  }

  private static func token(_ harness: Harness) -> String? {
    try? String(contentsOfFile: harness.directory.file("auth/token"), encoding: .utf8)
  }

  @Test func `a login keeps the token where only its owner may read it, and a logout gives it back`()
    async throws
  {
    try await Self.with(input: ["p4ss word\n123456\n"]) { harness, server in
      let outcome = await harness.run("login", "--user", "alice")
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(FileFacts(path: harness.directory.file("auth/token"))?.permissions == 0o600)
      let token = try #require(Self.token(harness)).trimmingCharacters(in: .newlines)
      let service = IdentityService(
        .init(serverURL: server.url, serviceName: "mcp-agent", caCertificate: server.authorityPath))
      let validation = try await service.validate(token)
      #expect(validation.isValid && validation.subject == "alice" && validation.roles == ["admin"])
      #expect(!(outcome.output + outcome.errors).contains("p4ss"))
      #expect(await harness.run("logout").status == 0)
      #expect(Self.token(harness) == nil)
      #expect(try await service.validate(token).isValid == false)
      #expect(await harness.run("logout").status == 0, "again is nothing")
    }
  }

  @Test func `on a terminal password and code are asked for and not shown`() async throws {
    try await Self.with(input: ["p4ss word\r", "123456\r"], terminal: true) { harness, _ in
      let outcome = await harness.run("login", "--user", "alice")
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.errors.contains("password of alice"))
      #expect(!(outcome.output + outcome.errors).contains("p4ss"))
      #expect(!(outcome.output + outcome.errors).contains("123456"))
      #expect(Self.token(harness) != nil)
    }
  }

  @Test func `wrong words and a login policy are told apart, and nothing is kept`() async throws {
    for (user, words, said) in [
      ("alice", "wrong\n123456\n", "is wrong"), ("alice", "p4ss word\n", "is wrong"),
      ("nobody", "x\n", "is wrong"), ("carol", "c\n", "may not log in to mcp"),
    ] {
      try await Self.with(input: [words]) { harness, _ in
        let outcome = await harness.run("login", "--user", user)
        #expect(outcome.status == 4)
        #expect(outcome.errors.contains(said), "\(outcome.errors)")
        #expect(Self.token(harness) == nil)
      }
    }
  }

  @Test func `an identity service that cannot be reached, or is another, is told`() async throws {
    try await Self.with(input: ["b\n"]) { harness, server in
      await server.stop()
      let outcome = await harness.run("login", "--user", "bob")
      #expect(outcome.status == 5, "\(outcome.errors)")
    }
    try await Self.with(input: ["b\n"]) { harness, server in
      let other = try CertificateAuthority(node: "other")
      try other.pair.certificate.write(toFile: server.authorityPath, atomically: true, encoding: .utf8)
      let outcome = await harness.run("login", "--user", "bob")
      #expect(outcome.status == 5, "\(outcome.errors)")
      #expect(server.count("/v1/auth/login") == 0, "nothing was sent to it")
    }
  }

  @Test func `a token is renewed before it ends, once, and an old one is not used`() async throws {
    try await Self.with(input: ["b\n"], lifetime: 3600) { harness, server in
      #expect(await harness.run("login", "--user", "bob").status == 0)
      let first = try #require(Self.token(harness))
      let node = NodeAddress(
        name: "far", address: .tcp(host: "127.0.0.1", port: 1), caCertificate: "/ca.pem")
      func access() async throws -> AgentAccess {
        try await OperatorToken(
          configuration: ClientConfiguration.load(path: harness.configuration, environment: [:]),
          environment: [:]
        ).access(to: node)
      }
      #expect(try await access().token == first.trimmingCharacters(in: .newlines))
      #expect(server.count("/v1/auth/renew") == 0)
      #expect(!OperatorToken.endsSoon(first))
      #expect(OperatorToken.endsSoon(first, at: Date().addingTimeInterval(3000)))
      #expect(!OperatorToken.endsSoon(first, at: Date().addingTimeInterval(4000)), "it has ended already")
    }
    try await Self.with(input: ["b\n"], lifetime: 2) { harness, server in
      #expect(await harness.run("login", "--user", "bob").status == 0)
      let first = try #require(Self.token(harness))
      let node = NodeAddress(name: "far", address: .tcp(host: "127.0.0.1", port: 1))
      let configuration = try ClientConfiguration.load(path: harness.configuration, environment: [:])
      let tokens = OperatorToken(configuration: configuration, environment: [:])
      #expect(
        await eventually {
          _ = try? await tokens.access(to: node)
          return server.count("/v1/auth/renew") > 0
        })
      #expect(Self.token(harness) != first)
      server.revokeAll(of: "bob")
      // It cannot be renewed any more and ends.
      #expect(
        await eventually {
          do {
            _ = try await tokens.access(to: node)
            return false
          } catch {
            return (error as? EngineError)?.code == .unauthenticated
          }
        })
    }
  }

  @Test func `a token that others may read is not used, and one from the environment is`() async throws {
    try await Self.with(input: ["b\n"]) { harness, _ in
      #expect(await harness.run("login", "--user", "bob").status == 0)
      chmod(harness.directory.file("auth/token"), 0o644)
      let node = NodeAddress(name: "far", address: .tcp(host: "127.0.0.1", port: 1))
      let configuration = try ClientConfiguration.load(path: harness.configuration, environment: [:])
      let error = await #expect(throws: EngineError.self) {
        try await OperatorToken(configuration: configuration, environment: [:]).access(to: node)
      }
      #expect(error?.code == .permissionDenied)
      let given = try await OperatorToken(
        configuration: configuration, environment: ["MCP_TOKEN": " a.b.c\n"]
      )
      .access(to: node)
      #expect(given.token == "a.b.c")
    }
  }
}
