internal import Crypto
public import Foundation
internal import Synchronization

/// Issues a node's tokens and says what they are worth.
public final class TokenAuthority: Sendable {
  private let registry: Registry
  private let issuer: String
  private let keyPath: String
  private let now: @Sendable () -> Date
  private let key = Mutex<TokenKey?>(nil)

  /// Creates the authority of a node; its key lies beside the registry and is made when it is needed first.
  public init(registry: Registry, node: String, now: @escaping @Sendable () -> Date = { Date() }) {
    self.registry = registry
    self.now = now
    issuer = "mcp-agent:\(node)"
    keyPath = PathText.directory(of: registry.path) + "/token.key"
  }

  /// Whether a token says that it is of this node, whatever it is worth.
  public func claims(_ token: String) -> Bool {
    AccessToken.claimedIssuer(token)?.hasPrefix("mcp-agent:") == true
  }

  /// Returns whoever holds a token of this node.
  ///
  /// Throws `unauthenticated` with the reason for one that is worth nothing: of another node, altered, expired, revoked
  /// or unknown.
  public func holder(of text: String, peer: String) async throws -> Caller {
    if let claimed = AccessToken.claimedIssuer(text), claimed != issuer {
      throw Self.refusal("it is of \(Text.quoted(claimed)), and this is \(issuer)")
    }
    let token: AccessToken
    do throws(AccessToken.Refusal) {
      token = try AccessToken(text, verifying: try loadKey().privateKey.publicKey)
    } catch {
      throw Self.refusal(error.reason)
    }
    guard token.issuer == issuer else { throw Self.refusal("it is \(token.issuer)'s, and this is \(issuer)") }
    let time = now()
    guard Double(token.expiresAt) > time.timeIntervalSince1970 else { throw Self.refusal("it has expired") }
    guard let known = try await registry.token(token.id) else {
      throw Self.refusal("this node does not know it")
    }
    guard known.revokedAt == nil else { throw Self.refusal("it was revoked") }
    guard known.expiresAt > time else { throw Self.refusal("it has expired") }
    guard known.name == token.subject, known.role == token.role else {
      throw Self.refusal("it is not what this node issued")
    }
    return Caller(actor: Actor(kind: .token, name: known.name), role: known.role, peer: peer)
  }

  /// Issues a token and keeps what there is to know of it, with the event that says so.
  ///
  /// Returns it with the event as stored. Throws `invalidArgument` for a name or lifetime that cannot be.
  public func issue(
    _ request: TokenRequest, by caller: Caller
  ) async throws -> (token: IssuedToken, events: [Event]) {
    try request.check()
    let time = now()
    let info = TokenInfo(
      id: UUID().uuidString.lowercased(), name: request.name, role: request.role, createdAt: time,
      createdBy: caller.actor, expiresAt: time.addingTimeInterval(request.lifetime.seconds))
    let text = try sign(info)
    let event = Event(
      time: time, actor: caller.actor, kind: EventKind.tokenCreated,
      message:
        "the token \(info.name) was issued: \(info.role.rawValue), for \(DurationText.format(request.lifetime))",
      details: ["token": info.id, "role": info.role.rawValue, "peer": caller.peer, "result": "done"])
    return (IssuedToken(info: info, token: text), try await registry.addToken(info, event: event))
  }

  /// Returns the token that `reference` means: its number, or the name of one that is valid.
  ///
  /// Throws `notFound` where there is none and `invalidArgument` for a name that several have.
  public func find(_ reference: String) async throws -> TokenInfo {
    let time = now()
    let all = try await registry.tokens()
    var matches = all.filter { $0.id == reference }
    if matches.isEmpty { matches = all.filter { $0.name == reference && $0.isValid(at: time) } }
    guard let info = matches.first else {
      throw EngineError(
        .notFound, "there is no valid token \(Text.quoted(reference))",
        hint: "mcp-agent token list shows what there is")
    }
    guard matches.count == 1 else {
      throw EngineError(
        .invalidArgument, "\(matches.count) valid tokens are named \(Text.quoted(reference))",
        hint: "name one by its number: \(matches.map(\.id).joined(separator: ", "))")
    }
    return info
  }

  /// Makes a token worthless, with the event that says so, which is returned as stored; again is nothing.
  public func revoke(
    _ info: TokenInfo, by caller: Caller
  ) async throws -> (token: TokenInfo, events: [Event]) {
    guard info.revokedAt == nil else { return (info, []) }
    var info = info
    let time = now()
    info.revokedAt = time
    let event = Event(
      time: time, actor: caller.actor, kind: EventKind.tokenRevoked,
      message: "the token \(info.name) was revoked",
      details: ["token": info.id, "peer": caller.peer, "result": "done"])
    return (info, try await registry.revokeToken(info.id, at: time, event: event))
  }

  /// The tokens that were issued, the newest first.
  public func all() async throws -> [TokenInfo] { try await registry.tokens() }

  /// The text of a token.
  private func sign(_ info: TokenInfo) throws -> String {
    let token = AccessToken(
      issuer: issuer, subject: info.name, role: info.role, id: info.id,
      issuedAt: Int64(info.createdAt.timeIntervalSince1970),
      expiresAt: Int64(info.expiresAt.timeIntervalSince1970))
    return try token.signed(with: try loadOrMakeKey().privateKey)
  }

  private func loadKey() throws(AccessToken.Refusal) -> TokenKey {
    do {
      return try loadOrMakeKey()
    } catch {
      throw AccessToken.Refusal(reason: "\(error)")
    }
  }

  private func loadOrMakeKey() throws(EngineError) -> TokenKey {
    if let key = key.withLock({ $0 }) { return key }
    let made = try TokenKey(path: keyPath)
    key.withLock { $0 = made }
    return made
  }

  static func refusal(_ reason: String) -> EngineError {
    EngineError(
      .unauthenticated, "the token is not valid: \(reason)",
      hint: "log in again with mcp login, or get a token: `mcp-agent token create` on the node")
  }
}

extension AccessToken {
  fileprivate init(
    issuer: String, subject: String, role: Role, id: String, issuedAt: Int64, expiresAt: Int64
  ) {
    self.issuer = issuer
    self.subject = subject
    self.role = role
    self.id = id
    self.issuedAt = issuedAt
    self.expiresAt = expiresAt
  }
}
