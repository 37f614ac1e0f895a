internal import Synchronization

/// The caller's side of an operation that goes on without its caller.
///
/// An operation runs in a task of its own. When its caller gives up, it is told so here: what can still be
/// undone without a trace is, everything else is finished.
final class OperationControl: Sendable {
  private struct State {
    var cancelled = false
    var nextID = 0
    var interrupts: [Int: @Sendable () -> Void] = [:]
  }

  private let state = Mutex(State())

  /// Whether the caller gave up.
  var isCancelled: Bool { state.withLock { $0.cancelled } }

  /// Tells the operation that its caller gave up.
  func cancel() {
    let interrupts = state.withLock { state in
      state.cancelled = true
      return Array(state.interrupts.values)
    }
    for interrupt in interrupts { interrupt() }
  }

  /// Throws `cancelled` if the caller gave up.
  func check() throws(EngineError) {
    guard isCancelled else { return }
    throw EngineError(
      .cancelled, "the operation was cancelled before it changed anything; what it had prepared is removed")
  }

  /// Runs a piece of work that ends early when the caller gives up: a pull.
  func interruptible<Result: Sendable>(
    _ work: @escaping @Sendable () async throws -> Result
  ) async throws -> Result {
    let task = Task { try await work() }
    let id = state.withLock { state in
      state.nextID += 1
      state.interrupts[state.nextID] = { task.cancel() }
      return state.nextID
    }
    defer { state.withLock { $0.interrupts[id] = nil } }
    if isCancelled { task.cancel() }
    do {
      return try await task.value
    } catch {
      try check()
      throw error
    }
  }
}
