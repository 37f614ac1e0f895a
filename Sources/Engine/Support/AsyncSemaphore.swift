/// Lets at most a fixed number of tasks through at a time, first come, first served.
///
/// Waiting does not react to cancellation: what waits here is a step of an operation, which is finished or
/// undone as a whole.
actor AsyncSemaphore {
  private var available: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  /// Creates a semaphore for `limit` tasks at a time.
  init(limit: Int) { available = max(1, limit) }

  private func acquire() async {
    if available > 0 {
      available -= 1
    } else {
      await withCheckedContinuation { waiting.append($0) }
    }
  }

  private func release() {
    if waiting.isEmpty {
      available += 1
    } else {
      waiting.removeFirst().resume()
    }
  }

  /// Runs `body` as one of the tasks that are let through.
  nonisolated func withPermit<Result: Sendable>(
    _ body: @Sendable () async throws -> Result
  ) async rethrows -> Result {
    await acquire()
    do {
      let result = try await body()
      await release()
      return result
    } catch {
      await release()
      throw error
    }
  }
}
