extension Orchestrator {
  /// Makes a token worthless from the next call on.
  ///
  /// `token` is its number, or its name where only one that is valid is called so. One that is revoked already is left
  /// as it is. Throws `notFound` where there is none and `invalidArgument` for a name that several have.
  public func revokeToken(_ token: String) async throws -> TokenInfo {
    let found = try await context.tokens.find(token)
    try await admit(.revokeToken, nil)
    let (info, events) = try await context.tokens.revoke(found, by: caller)
    await context.events.announce(events)
    return info
  }
}
