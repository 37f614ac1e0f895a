internal import Engine
internal import Synchronization

/// Decides by their tokens who calls from elsewhere, and leaves everybody on this machine to ``SocketPolicy``.
struct AgentPolicy: PeerPolicy {
  let local: SocketPolicy
  let remote: TokenPolicy

  func caller(for peer: Peer, token: String?) async throws -> Caller {
    switch peer {
    case .local: try local.caller(for: peer, token: token)
    case .remote: try await remote.caller(for: peer, token: token)
    }
  }
}

/// Decides by tokens: the node's own, and those of the identity service where there is one.
struct TokenPolicy: PeerPolicy {
  let tokens: TokenAuthority
  let identities: IdentityCache?
  let failures = FailureLimiter()

  func caller(for peer: Peer, token: String?) async throws -> Caller {
    guard let token, !token.isEmpty else {
      throw EngineError(
        .unauthenticated, "the call carries no token",
        hint: "log in with mcp login, or set MCP_TOKEN to one that `mcp-agent token create` made")
    }
    do {
      return try await holder(of: token, peer)
    } catch let error as EngineError where error.code == .unauthenticated {
      guard failures.note(peer.origin) else { throw Self.tooMany }
      throw error
    }
  }

  private func holder(of token: String, _ peer: Peer) async throws -> Caller {
    // The node's own are cheap to check, so that whoever has one gets in whatever others try from the same address.
    if tokens.claims(token) { return try await tokens.holder(of: token, peer: peer.description) }
    guard let identities else {
      throw EngineError(
        .unauthenticated,
        "the token is not valid: it is none of this node's, and no identity service is configured",
        hint: "get one on the node: mcp-agent token create")
    }
    if let known = await identities.known(token) { return try known.caller(peer: peer.description) }
    guard failures.allows(peer.origin) else { throw Self.tooMany }
    return try await identities.validation(of: token).caller(peer: peer.description)
  }

  private static let tooMany = EngineError(
    .resourceExhausted, "too many calls from this address had no valid token",
    hint: "wait a minute, and log in")
}

/// Counts failures by origin: so many in a burst, then as many as the time that passes gives back.
final class FailureLimiter: Sendable {
  private struct Bucket {
    var failures: Double
    var at: ContinuousClock.Instant
  }

  private let burst: Double
  private let perSecond: Double
  private let buckets = Mutex<[Peer.Origin: Bucket]>([:])

  /// Allows `burst` failures at once and `perMinute` more a minute.
  init(burst: Int = 20, perMinute: Int = 20) {
    self.burst = Double(burst)
    perSecond = Double(perMinute) / 60
  }

  /// Whether an origin may try again.
  func allows(_ origin: Peer.Origin, at now: ContinuousClock.Instant = .now) -> Bool {
    buckets.withLock { level($0[origin], now) + 1 <= burst }
  }

  /// Counts a failure; `false` where it is one too many.
  func note(_ origin: Peer.Origin, at now: ContinuousClock.Instant = .now) -> Bool {
    buckets.withLock { buckets in
      if buckets.count > 10_000 { buckets = buckets.filter { level($0.value, now) > 0 } }
      let failures = level(buckets[origin], now) + 1
      guard failures <= burst else { return false }
      buckets[origin] = Bucket(failures: failures, at: now)
      return true
    }
  }

  private func level(_ bucket: Bucket?, _ now: ContinuousClock.Instant) -> Double {
    guard let bucket else { return 0 }
    let seconds = (now - bucket.at) / .seconds(1)
    return max(0, bucket.failures - seconds * perSecond)
  }
}
