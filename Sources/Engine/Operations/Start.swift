extension Orchestrator {
  /// Makes a deployed service or component run.
  ///
  /// What runs already is left alone.
  ///
  /// A component that does not start keeps its desired state: the others go on, the error names the first.
  public func start(
    _ request: TargetRequest, progress: @escaping ProgressHandler
  ) async throws -> OperationResult {
    try await perform(
      .start, on: request.target, planOnly: request.planOnly, progress: progress
    ) { current, _ in
      let names = try Self.components(of: request.target, in: current)
      return Intent(
        change: .desire(Dictionary(uniqueKeysWithValues: names.map { ($0, .running) })), only: names)
    }
  }
}
