extension Orchestrator {
  /// Stops and starts a deployed service or component; what was stopped is started.
  public func restart(
    _ request: TargetRequest, progress: @escaping ProgressHandler
  ) async throws -> OperationResult {
    try await perform(
      .restart, on: request.target, planOnly: request.planOnly, progress: progress
    ) { current, _ in
      let names = try Self.components(of: request.target, in: current)
      return Intent(
        change: .desire(Dictionary(uniqueKeysWithValues: names.map { ($0, .running) })), restart: names,
        only: names)
    }
  }
}
