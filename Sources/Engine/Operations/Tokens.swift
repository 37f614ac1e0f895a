extension Orchestrator {
  /// Returns the tokens that this node has issued, the newest first.
  public func tokens() async throws -> [TokenInfo] {
    try await context.registry.tokens()
  }
}
