/// What the roles of MCIAS mean here.
enum IdentityRoles {
  /// The greatest role that any of `names` gives: `admin` is admin, `user` is operator; others, `guest` among them, are
  /// none.
  static func role(of names: [String]) -> Role? {
    names.compactMap { name -> Role? in
      switch name {
      case "admin": .admin
      case "user": .operator
      default: nil
      }
    }.max()
  }
}

extension IdentityService.Validation {
  /// Whoever holds the token.
  ///
  /// Throws `unauthenticated` where it is worth nothing, `permissionDenied` where its holder has no role here.
  public func caller(peer: String) throws(EngineError) -> Caller {
    guard isValid, !subject.isEmpty else {
      throw TokenAuthority.refusal("the identity service does not know it, or it has ended")
    }
    guard let role = IdentityRoles.role(of: roles) else {
      throw EngineError(
        .permissionDenied, "\(subject) has no role that this node knows",
        cause: roles.isEmpty
          ? "the identity service gives it none" : "it has: \(roles.joined(separator: ", "))",
        hint: "ask who runs the identity service for the role user or admin")
    }
    return Caller(actor: Actor(kind: .token, name: subject), role: role, peer: peer)
  }
}
