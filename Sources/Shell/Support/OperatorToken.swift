import Engine
import Foundation

/// The operator's token: where it is kept, and how it stays valid.
struct OperatorToken {
  let configuration: ClientConfiguration
  let environment: [String: String]

  /// What is left of a token's life when it is renewed, as a part of all of it.
  private static let renewalPart = 0.25

  /// What it takes to get in at `node`: nothing at a socket of this machine, a CA and a token over TCP.
  ///
  /// A token that ends soon is renewed first where the identity service can be reached. Throws `unauthenticated` for one
  /// that has ended, `permissionDenied` where others may read its file.
  func access(to node: NodeAddress) async throws -> AgentAccess {
    guard case .tcp = node.address else { return AgentAccess() }
    if let token = environment["MCP_TOKEN"], !token.isEmpty {
      return AgentAccess(
        caCertificate: node.caCertificate, token: try BearerToken.clean(token, source: "MCP_TOKEN"))
    }
    let path = node.tokenPath ?? configuration.tokenPath
    guard var token = try Self.read(path) else {
      throw EngineError(
        .unauthenticated, "there is no token for \(node.name)", cause: "\(path) does not exist",
        hint: configuration.mcias == nil
          ? "make one on the node with `mcp-agent token create`, and put it there with mode 600"
          : "log in: mcp login")
    }
    if node.tokenPath == nil, let settings = configuration.mcias, Self.endsSoon(token) {
      token = try await renewed(token, at: path, IdentityService(settings))
    }
    if let times = TokenTimes.claimed(by: token), times.expires <= Date() {
      throw EngineError(
        .unauthenticated, "the token in \(path) ended on \(times.expires.formatted(.iso8601))",
        hint: configuration.mcias == nil
          ? "make another one on the node: mcp-agent token create" : "log in again: mcp login")
    }
    return AgentAccess(caCertificate: node.caCertificate, token: token)
  }

  /// Reads a token's file; `nil` where there is none.
  static func read(_ path: String) throws -> String? {
    guard let facts = FileFacts(path: path) else { return nil }
    guard facts.permissions & 0o077 == 0 else {
      throw EngineError(
        .permissionDenied, "others on this machine may read the token in \(path), which is not used then",
        hint: "chmod 600 \(path)")
    }
    guard let text = try AtomicFile.read(path) else { return nil }
    return try BearerToken.clean(text, source: path)
  }

  /// Keeps a token where only this user may read it.
  static func write(_ token: String, to path: String) throws {
    let directory = (path as NSString).deletingLastPathComponent
    let temporary = "\(path).\(getpid()).new"
    do {
      try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
      unlink(temporary)
      try AtomicFile.create(Array((token + "\n").utf8), at: temporary, mode: 0o600)
    } catch {
      throw EngineError(.operationFailed, "the token cannot be kept in \(path)", cause: "\(error)")
    }
    guard rename(temporary, path) == 0 else {
      let reason = String(cString: strerror(errno))
      unlink(temporary)
      throw EngineError(.operationFailed, "the token cannot be kept in \(path)", cause: reason)
    }
  }

  static func endsSoon(_ token: String, at now: Date = Date()) -> Bool {
    guard let times = TokenTimes.claimed(by: token), times.expires > now else { return false }
    let left = times.expires.timeIntervalSince(now)
    let life = times.issued.map { times.expires.timeIntervalSince($0) } ?? 86_400
    return left < life * renewalPart
  }

  /// Returns a token that is valid for longer, where there is one to be had.
  ///
  /// One process renews it and the others take what it got. Where that fails, the token is good for a while yet.
  private func renewed(_ token: String, at path: String, _ service: IdentityService) async throws -> String {
    let lock = open("\(path).lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    defer { if lock >= 0 { close(lock) } }
    guard lock >= 0, flock(lock, LOCK_EX | LOCK_NB) == 0 else { return token }
    if let present = try Self.read(path), present != token { return present }
    guard let grant = try? await service.renew(token) else { return token }
    try Self.write(grant.token, to: path)
    return grant.token
  }
}
