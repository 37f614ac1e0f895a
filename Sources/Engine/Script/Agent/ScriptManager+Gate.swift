internal import Foundation

extension ScriptManager: OperationGate {
  /// How long an operation waits for scripts that are still being loaded when the agent starts.
  static let loadingPatience = Duration.seconds(10)

  /// Asks every `before` hook that is about the operation; throws `failedPrecondition` with the reason of the first that
  /// refuses.
  ///
  /// A hook that fails or takes too long refuses, too. Nothing is admitted before the scripts are loaded: throws
  /// `unavailable` where that takes too long.
  public func admit(_ operation: PendingOperation) async throws {
    try await waitForFirstLoad()
    var described: LuaValue?
    for name in entries.keys.sorted() {
      guard let entry = entries[name], let script = entry.current, !entry.isDisabled else { continue }
      for hook in script.hooks where hook.hook.occasion.isAsked(about: operation) {
        let value = try described ?? LuaValue.describing(operation)
        described = value
        try await ask(hook, of: script, about: operation, value)
      }
    }
  }

  private func waitForFirstLoad() async throws {
    let firstLoad = firstLoad
    guard firstLoad.count > 0 else { return }
    do {
      try await TimeLimit.run(Self.loadingPatience) { await firstLoad.wait() }
    } catch is TimeLimit.Exceeded {
      let names = entries.filter { $0.value.isLoading }.keys.sorted().joined(separator: ", ")
      throw EngineError(
        .unavailable, "the agent's scripts, which are asked first, are still being loaded",
        cause: names.isEmpty ? nil : "it waits for \(names)", hint: "try again in a moment: mcp script list")
    }
  }

  private func ask(
    _ hook: RegisteredHook, of script: LoadedScript, about operation: PendingOperation, _ value: LuaValue
  ) async throws {
    guard let host = script.host else { return }
    var limits = settings.limits
    limits.wall = min(limits.wall ?? settings.askingLimit, settings.askingLimit)
    let began = ContinuousClock.now
    let outcome = try await ScriptContext.$isAsked.withValue(true) {
      try await host.state.perform(hook.hook.function, [value], limits: limits)
    }
    try Task.checkCancellation()
    let subject = "\(operation.primitive.name)" + (operation.target.map { " of \($0)" } ?? "")
    await finish(
      hook, of: script, outcome, at: clock.now(), took: (ContinuousClock.now - began).milliseconds,
      event: nil)
    switch outcome {
    case .returned(let values):
      let refuses = values.first?.bool == false || outcome.failure != nil
      guard refuses else { return }
      let reason = outcome.failure?.description ?? "it gave no reason"
      throw EngineError(
        .failedPrecondition, "\(subject) was refused by \(script.name): \(reason)",
        hint: outcome.failure?.hint ?? "mcp script list shows what is asked before it is done")
    case .raised, .stopped:
      throw EngineError(
        .failedPrecondition,
        "\(subject) was refused because \(script.name), which is asked before it, failed",
        cause: outcome.failure?.description,
        hint: "repair the script and reload it, or take it away: mcp script check")
    }
  }
}

extension Hook.Occasion {
  fileprivate func isAsked(about operation: PendingOperation) -> Bool {
    guard case .before(let primitive, let service) = self, primitive == operation.primitive.name else {
      return false
    }
    return service == nil || service == operation.target?.service
  }
}

extension LuaValue {
  /// An operation as `before` hooks see it.
  fileprivate static func describing(_ operation: PendingOperation) throws -> LuaValue {
    var fields: [String: LuaValue] = [
      "primitive": .string(operation.primitive.name), "planned": .bool(operation.isPlanned),
      "actor": try LuaJSON.value(of: operation.actor),
    ]
    if let target = operation.target {
      fields["service"] = .string(target.service)
      if let component = target.component { fields["component"] = .string(component) }
    }
    if let definition = operation.definition { fields["definition"] = try LuaDefinition.encode(definition) }
    if !operation.command.isEmpty { fields["command"] = .array(operation.command.map { .string($0) }) }
    return .table(LuaTable(fields))
  }
}
