import Crypto
import Engine
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Agent

@Suite struct TokenPolicyTests {
  /// A node that issues tokens and serves over TLS.
  private struct Node: Sendable {
    let agent: TestAgent
    let tokens: TokenAuthority
    let clock: Clock

    func issue(_ name: String, _ role: Role = .viewer, for lifetime: Duration = .seconds(3600)) async throws
      -> IssuedToken
    {
      try await tokens.issue(TokenRequest(name: name, role: role, lifetime: lifetime), by: .agent).token
    }

    /// The code with which a call with `token` ends; `nil` where it is answered.
    func code(_ token: String?) async -> EngineError.Code? { await error(token)?.code }

    func error(_ token: String?) async -> EngineError? {
      do {
        try await agent.connect(token: token) { _ = try await $0.list() }
        return nil
      } catch {
        return EngineError.wrap(error)
      }
    }
  }

  /// A time that tests move.
  private final class Clock: Sendable {
    private let offset = Mutex(TimeInterval(0))
    var now: Date { Date().addingTimeInterval(offset.withLock { $0 }) }
    func advance(_ seconds: TimeInterval) { offset.withLock { $0 += seconds } }
  }

  private static func with(
    identities: (@Sendable (String) async throws -> IdentityService.Validation)? = nil,
    _ body: @Sendable (Node) async throws -> Void
  ) async throws {
    try await TemporaryDirectory.with { directory in
      let clock = Clock()
      let registry = try Registry.open(path: directory.file("mcp.db"))
      let tokens = TokenAuthority(registry: registry, node: "rift") { clock.now }
      let policy = TokenPolicy(
        tokens: tokens,
        identities: identities.map { validate in IdentityCache(now: { clock.now }, validate: validate) })
      try await TestAgent.with(FakeControlPlane(), policy: policy, remote: true) { agent in
        try await body(Node(agent: agent, tokens: tokens, clock: clock))
      }
      try registry.close()
    }
  }

  @Test func `a token of the node lets its holder in, with its role and under its name`() async throws {
    try await Self.with { node in
      let token = try await node.issue("laptop", .operator).token
      #expect(await node.code(token) == nil)
      let caller = try #require(node.agent.log.callers.last)
      #expect(caller.actor == Actor(kind: .token, name: "laptop"))
      #expect(caller.role == .operator)
    }
  }

  @Test func `without a token, and with what is none, nobody is let in`() async throws {
    try await Self.with { node in
      for token in [nil, "x", "a.b.c", "..", "eyJhbGciOiJub25lIn0.e30."] {
        #expect(await node.code(token) == .unauthenticated, "\(token ?? "none")")
      }
      #expect(node.agent.log.callers.isEmpty)
      #expect(node.agent.log.denials.count == 5)
    }
  }

  @Test func `a token that was revoked is worth nothing from the next call on`() async throws {
    try await Self.with { node in
      let issued = try await node.issue("laptop")
      try await node.agent.connect(token: issued.token) { client in
        _ = try await client.list()
        _ = try await node.tokens.revoke(issued.info, by: .agent)
        let error = await #expect(throws: EngineError.self) { try await client.list() }
        #expect(error?.code == .unauthenticated)
        #expect(error?.message.contains("revoked") == true)
      }
    }
  }

  @Test func `an expired token is refused, and one of another node`() async throws {
    try await Self.with { node in
      let issued = try await node.issue("laptop", for: .seconds(60))
      #expect(await node.code(issued.token) == nil)
      node.clock.advance(61)
      #expect(await node.error(issued.token)?.message.contains("expired") == true)
      try await TemporaryDirectory.with { directory in
        let registry = try Registry.open(path: directory.file("mcp.db"))
        let other = TokenAuthority(registry: registry, node: "other") { Date() }
        let request = TokenRequest(name: "laptop", role: .admin, lifetime: .seconds(3600))
        let foreign = try await other.issue(request, by: .agent).token.token
        let error = await node.error(foreign)
        #expect(error?.code == .unauthenticated)
        #expect(error?.message.contains("mcp-agent:other") == true)
        // The same name does not make it the same node.
        let twin = TokenAuthority(registry: registry, node: "rift") { Date() }
        #expect(await node.code(try await twin.issue(request, by: .agent).token.token) == .unauthenticated)
        try registry.close()
      }
    }
  }

  @Test func `a token that was altered in any way is refused`() async throws {
    try await Self.with { node in
      let token = try await node.issue("laptop").token
      let parts = token.split(separator: ".").map(String.init)
      func encode(_ json: String) -> String {
        Data(json.utf8).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
          .replacing("=", with: "")
      }
      let body = try #require(
        Data(
          base64Encoded: parts[1].replacing("-", with: "+").replacing("_", with: "/")
            + String(repeating: "=", count: (4 - parts[1].count % 4) % 4)))
      let words = String(decoding: body, as: UTF8.self)
      let asAdmin = encode(words.replacing("viewer", with: "admin"))
      // A key of the attacker's own, which the token brings along.
      let key = Curve25519.Signing.PrivateKey()
      let jwk = encode(
        #"{"alg":"EdDSA","typ":"JWT","jwk":{"kty":"OKP","crv":"Ed25519","x":"\#(key.publicKey.rawRepresentation.base64EncodedString())"}}"#
      )
      let signed = try key.signature(for: Data("\(jwk).\(asAdmin)".utf8))
      let own = signed.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing(
        "=", with: "")
      let mac = HMAC<SHA256>.authenticationCode(
        for: Data("\(encode(#"{"alg":"HS256","typ":"JWT"}"#)).\(asAdmin)".utf8),
        using: SymmetricKey(data: key.publicKey.rawRepresentation))
      let tricks = [
        "\(parts[0]).\(asAdmin).\(parts[2])",
        "\(parts[0]).\(parts[1]).",
        "\(parts[0]).\(parts[1])",
        "\(encode(#"{"alg":"none","typ":"JWT"}"#)).\(parts[1]).",
        "\(encode(#"{"alg":"none","typ":"JWT"}"#)).\(asAdmin).\(parts[2])",
        "\(encode(#"{"alg":"HS256","typ":"JWT"}"#)).\(asAdmin).\(Data(mac).base64EncodedString().replacing("=", with: ""))",
        "\(encode(#"{"alg":"eddsa","typ":"JWT"}"#)).\(parts[1]).\(parts[2])",
        "\(encode(#"{"alg":"EdDSA","typ":"JWT","crit":["x"]}"#)).\(parts[1]).\(parts[2])",
        "\(jwk).\(asAdmin).\(own)",
        String(token.dropLast()), String(token.dropLast(20)), token + "A", token + ".x", " " + token,
        token.uppercased(), String(token.prefix(40)), "\(parts[0])..\(parts[2])",
        "\(parts[1]).\(parts[0]).\(parts[2])", token + String(repeating: "A", count: 9000),
      ]
      for (index, trick) in tricks.enumerated() {
        let code = await node.code(trick)
        #expect(code == .unauthenticated || code == .resourceExhausted, "trick \(index)")
      }
      #expect(await node.code(token) == nil, "whoever has a good one gets in all the same")
      #expect(node.agent.log.callers.allSatisfy { $0.role == .viewer })
    }
  }

  @Test func `too many bad tokens from one address are answered with less, good ones as before`() async throws
  {
    try await Self.with { node in
      let good = try await node.issue("laptop").token
      var codes: [EngineError.Code?] = []
      for index in 0..<40 { codes.append(await node.code("bad\(index)")) }
      #expect(codes.prefix(10).allSatisfy { $0 == .unauthenticated })
      #expect(codes.suffix(5).allSatisfy { $0 == .resourceExhausted })
      #expect(await node.code(good) == nil)
    }
  }

  @Test func `what the identity service says counts half a minute, and no longer`() async throws {
    let asked = Mutex(0)
    let isDown = Mutex(false)
    try await Self.with(identities: { token in
      asked.withLock { $0 += 1 }
      if isDown.withLock({ $0 }) { throw EngineError(.unavailable, "it is down") }
      return IdentityService.Validation(
        isValid: token == "good", subject: token == "good" ? "alice" : "", roles: ["user"], expiresAt: nil)
    }) { node in
      #expect(await node.code("good") == nil)
      #expect(await node.code("good") == nil)
      #expect(await node.code("bad") == .unauthenticated)
      #expect(await node.code("bad") == .unauthenticated)
      #expect(asked.withLock { $0 } == 2)
      let caller = try #require(node.agent.log.callers.last)
      #expect(caller.role == .operator && caller.actor.name == "alice")
      isDown.withLock { $0 = true }
      #expect(await node.code("good") == nil, "the answer still counts")
      node.clock.advance(31)
      #expect(await node.code("good") == .unavailable, "an old answer does not")
      isDown.withLock { $0 = false }
      #expect(await node.code("good") == nil)
    }
  }

  @Test(arguments: [
    (["admin"], Role.admin), (["user"], .operator), (["guest"], nil), ([], nil), (["user", "admin"], .admin),
    (["Admin"], nil), (["guest", "user"], .operator),
  ])
  func `roles of the identity service mean roles here`(names: [String], role: Role?) async throws {
    try await Self.with(identities: { _ in
      IdentityService.Validation(isValid: true, subject: "alice", roles: names, expiresAt: nil)
    }) { node in
      #expect(await node.code("t") == (role == nil ? .permissionDenied : nil))
      #expect(node.agent.log.callers.last?.role == role)
    }
  }
}
