internal import Synchronization

/// Tells calls that the agent goes down.
final class ShutdownSignal: Sendable {
  private struct State {
    var begun = false
    var lastID: UInt64 = 0
    var handlers: [UInt64: @Sendable () -> Void] = [:]
  }

  private let state = Mutex(State())

  /// Whether it goes down.
  var hasBegun: Bool { state.withLock { $0.begun } }

  /// Tells everybody who asked, once.
  func begin() {
    let handlers = state.withLock { state in
      state.begun = true
      defer { state.handlers = [:] }
      return state.handlers
    }
    handlers.values.forEach { $0() }
  }

  /// Runs `operation`, and `handler` when the agent goes down while it runs, or at once if it does already.
  func withHandler<Result>(
    _ handler: @escaping @Sendable () -> Void, operation: () async throws -> Result
  ) async rethrows -> Result {
    let id = state.withLock { state -> UInt64? in
      guard !state.begun else { return nil }
      state.lastID += 1
      state.handlers[state.lastID] = handler
      return state.lastID
    }
    guard let id else {
      handler()
      return try await operation()
    }
    defer { state.withLock { $0.handlers[id] = nil } }
    return try await operation()
  }
}
