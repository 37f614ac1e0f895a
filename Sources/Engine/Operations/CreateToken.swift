extension Orchestrator {
  /// Issues a token.
  ///
  /// Its text is in the result and is kept nowhere. Throws `invalidArgument` for a name or lifetime that cannot be.
  /// Not idempotent: each call issues another token.
  public func createToken(_ request: TokenRequest) async throws -> IssuedToken {
    try request.check()
    try await admit(.createToken, nil)
    let (token, events) = try await context.tokens.issue(request, by: caller)
    await context.events.announce(events)
    return token
  }
}
