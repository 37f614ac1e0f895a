import Engine

/// Asks before something is destroyed.
enum Confirmation {
  /// Refuses a destructive command that nobody can confirm, before anything is asked of the agent.
  static func require(_ what: String, yes: Bool, console: Console) throws(UsageError) {
    guard !yes, !console.canAsk else { return }
    throw UsageError("\(what) must be confirmed, and there is no terminal to ask on", hint: "add --yes")
  }

  /// Asks `question` and throws `cancelled` unless the answer is yes.
  static func ask(_ question: String, context: Context) async throws {
    context.console.error("\(question) [y/N] ")
    let answer = await context.interruption.during(.exit) { await context.console.readAnswer() }
    guard ["y", "yes"].contains((answer ?? "").lowercased()) else {
      throw EngineError(.failedPrecondition, "not confirmed: nothing was changed")
    }
  }
}
