internal import NIOCore
internal import NIOPosix

/// Limits how long something may take.
///
/// Not by a sleeping task: the runtime keeps a cancelled sleep's memory until its time has passed, which for
/// one in every call adds up.
package enum TimeLimit {
  /// The time passed before the operation ended.
  package struct Exceeded: Error {
    /// The time.
    package let limit: Duration
  }

  /// Runs `operation` and waits for it, at most `limit`.
  ///
  /// When the time has passed, or the calling task is cancelled, the operation is cancelled and not waited
  /// for: one that ignores its cancellation goes on unseen. Throws what the operation throws, ``Exceeded``,
  /// or `CancellationError`.
  package static func run<Value: Sendable>(
    _ limit: Duration, _ operation: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    let outcome = BoundedBuffer<Value>(capacity: 1)
    let task = Task {
      do {
        try await outcome.send(try await operation())
      } catch {
        outcome.finish(throwing: error)
      }
    }
    let timer = MultiThreadedEventLoopGroup.singleton.any().scheduleTask(in: TimeAmount(limit)) {
      outcome.finish(throwing: Exceeded(limit: limit))
    }
    defer {
      timer.cancel()
      task.cancel()
    }
    guard let value = try await outcome.next() else { throw CancellationError() }
    return value
  }
}
