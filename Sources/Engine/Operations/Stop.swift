extension Orchestrator {
  /// Makes a deployed service or component stop.
  ///
  /// What is stopped already is left alone.
  ///
  /// Each process gets its stop signal, then, after the grace period, the kill signal.
  public func stop(
    _ request: TargetRequest, progress: @escaping ProgressHandler
  ) async throws -> OperationResult {
    try await perform(
      .stop, on: request.target, planOnly: request.planOnly, progress: progress
    ) { current, _ in
      let names = try Self.components(of: request.target, in: current)
      return Intent(
        change: .desire(Dictionary(uniqueKeysWithValues: names.map { ($0, .stopped) })), only: names)
    }
  }
}
