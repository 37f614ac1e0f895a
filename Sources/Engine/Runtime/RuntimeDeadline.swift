internal import Synchronization

/// Waits for work that might never answer.
enum RuntimeDeadline {
  /// Runs `operation` and returns its value, or throws `failure` when `limit` has passed.
  ///
  /// The wait ends at the deadline, and when the calling task is cancelled, even where the operation ignores its
  /// own cancellation; what it does after that is lost.
  static func run<Value: Sendable>(
    within limit: Duration, otherwise failure: @escaping @Sendable () -> EngineError,
    operation: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    let outcome = OneShot<Value>()
    let work = Task {
      do { outcome.resolve(.success(try await operation())) } catch { outcome.resolve(.failure(error)) }
    }
    let timer = Task {
      try await Task.sleep(for: limit)
      outcome.resolve(.failure(failure()))
    }
    defer {
      work.cancel()
      timer.cancel()
    }
    return try await withTaskCancellationHandler {
      try await outcome.value()
    } onCancel: {
      outcome.resolve(.failure(CancellationError()))
    }
  }
}

/// A result that is set once and awaited once; whoever sets it first wins.
final class OneShot<Value: Sendable>: Sendable {
  private enum State {
    case empty
    case waiting(CheckedContinuation<Value, any Error>)
    case resolved(Result<Value, any Error>)
    case finished
  }

  private let state = Mutex(State.empty)

  func resolve(_ result: Result<Value, any Error>) {
    let waiter: CheckedContinuation<Value, any Error>? = state.withLock { state in
      switch state {
      case .empty:
        state = .resolved(result)
        return nil
      case .waiting(let continuation):
        state = .finished
        return continuation
      case .resolved, .finished: return nil
      }
    }
    waiter?.resume(with: result)
  }

  func value() async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      let ready: Result<Value, any Error>? = state.withLock { state in
        switch state {
        case .empty:
          state = .waiting(continuation)
          return nil
        case .resolved(let result):
          state = .finished
          return result
        case .waiting, .finished: return .failure(CancellationError())
        }
      }
      if let ready { continuation.resume(with: ready) }
    }
  }
}
