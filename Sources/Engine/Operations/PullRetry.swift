/// Tries a pull again where its failure may pass: a registry that cannot be reached, a connection that broke off.
///
/// Layers that have come are kept by the runtime, so that the next try goes on where the last one ended.
enum PullRetry {
  /// The pauses between tries.
  static let pauses: [Duration] = [.milliseconds(500), .seconds(1), .seconds(2)]

  /// Runs `pull` until it ends well, fails for good, or has failed once more than there are pauses.
  ///
  /// `tell` is called before each pause. Cancelling ends it.
  static func run<Result: Sendable>(
    pauses: [Duration] = pauses, tell: (String) -> Void, _ pull: () async throws -> Result
  ) async throws -> Result {
    for pause in pauses {
      do {
        return try await pull()
      } catch let error as EngineError where error.code == .unavailable || error.code == .timeout {
        tell("\(error.message); trying again in \(DurationText.format(pause))")
        try await Task.sleep(for: pause)
      }
    }
    return try await pull()
  }
}
