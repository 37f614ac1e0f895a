internal import Engine
internal import Foundation
internal import Glibc

/// Decides who a peer is and what it may do.
protocol PeerPolicy: Sendable {
  /// Returns the caller; `token` is what the call carries as its bearer token, if it carries one.
  ///
  /// Throws `unauthenticated` for a peer that nobody knows and `permissionDenied` for one that may do nothing.
  func caller(for peer: Peer, token: String?) async throws -> Caller
}

/// Root and the agent's own user are admins, a group has a role, everybody else is refused.
struct LocalPeerPolicy: PeerPolicy {
  /// A group and what its members may do.
  struct Grant: Hashable, Sendable {
    /// The group's number.
    var group: UInt32
    /// The role of its members.
    var role: Role
  }

  /// The agent's own user.
  var ownUID: UInt32
  /// The group that may do something; `nil` is none.
  var grant: Grant?

  /// Creates a policy for this process.
  init(ownUID: UInt32 = geteuid(), grant: Grant? = nil) {
    self.ownUID = ownUID
    self.grant = grant
  }

  /// Returns the caller; a token is not looked at, since the kernel knows better.
  func caller(for peer: Peer, token: String?) throws -> Caller {
    guard case .local(let credentials) = peer else {
      throw EngineError(.unauthenticated, "only processes of this machine may use this agent")
    }
    return try caller(for: credentials)
  }

  /// Returns the caller; throws `permissionDenied` for a peer that may do nothing.
  ///
  /// Membership is what the user database says now, so that a user who is taken out of the group loses the
  /// role with the next call.
  func caller(for peer: PeerCredentials) throws -> Caller {
    let user = UserDatabase.user(peer.uid)
    let actor = Actor(kind: .user, name: user?.name ?? String(peer.uid))
    if peer.uid == 0 || peer.uid == ownUID {
      return Caller(actor: actor, role: .admin, peer: peer.description)
    }
    if let grant, let user, UserDatabase.groups(of: user).contains(grant.group) {
      return Caller(actor: actor, role: grant.role, peer: peer.description)
    }
    throw EngineError(
      .permissionDenied, "the user \(actor.name) may not use this agent",
      hint: grant == nil
        ? "only root and the agent's own user may: no group is configured"
        : "only root, the agent's own user and members of its group may")
  }
}
