internal import Engine
internal import Synchronization

/// The policy of the agent's socket as the configuration says; a reload changes it for the next call.
final class SocketPolicy: PeerPolicy {
  private let policy: Mutex<LocalPeerPolicy>

  /// Creates the policy; throws `notFound` where the configured group does not exist.
  init(_ server: AgentConfiguration.Server) throws(EngineError) {
    policy = Mutex(LocalPeerPolicy(grant: try Self.grant(server)))
  }

  /// Takes over another configuration, or throws and stays as it was.
  func reload(_ server: AgentConfiguration.Server) throws(EngineError) {
    let grant = try Self.grant(server)
    policy.withLock { $0.grant = grant }
  }

  /// The group that the socket belongs to, so that its members can connect.
  var group: UInt32? { policy.withLock { $0.grant?.group } }

  /// Returns the caller; throws `permissionDenied` for a peer that may do nothing.
  func caller(for peer: Peer, token: String?) throws -> Caller {
    try policy.withLock { $0 }.caller(for: peer, token: token)
  }

  private static func grant(
    _ server: AgentConfiguration.Server
  ) throws(EngineError) -> LocalPeerPolicy.Grant? {
    guard !server.group.isEmpty else { return nil }
    guard let group = UserDatabase.group(server.group) else {
      throw EngineError(
        .notFound, "the group \(server.group) of [server] group does not exist",
        hint: "groupadd \(server.group), or take the key out")
    }
    return LocalPeerPolicy.Grant(group: group, role: server.groupRole)
  }
}
