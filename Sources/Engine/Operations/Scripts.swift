extension Orchestrator {
  /// Returns the agent's scripts and how they are.
  public func scripts() async throws -> [ScriptInfo] { await context.scripts?.list() ?? [] }

  /// Loads every script without effects and says what is wrong.
  public func checkScripts() async throws -> [ScriptReport] { await context.scripts?.check() ?? [] }

  /// Loads scripts again; one that does not load keeps its last good version.
  public func reloadScripts(_ names: [String]) async throws -> [ScriptReport] {
    guard let scripts = context.scripts else {
      throw EngineError(.unsupported, "this agent runs no scripts")
    }
    try await admit(.reloadScripts, nil)
    return try await scripts.reload(names, by: caller.actor)
  }
}
