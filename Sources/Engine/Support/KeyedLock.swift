/// A lock per key, first come, first served.
///
/// A waiter whose task is cancelled leaves the queue and throws `CancellationError`.
actor KeyedLock<Key: Hashable & Sendable> {
  private struct Waiter {
    let id: UInt64
    let continuation: CheckedContinuation<Void, any Error>
  }

  private var held: Set<Key> = []
  private var waiting: [Key: [Waiter]] = [:]
  private var nextID: UInt64 = 0

  /// Whether somebody holds the lock of `key`.
  func isHeld(_ key: Key) -> Bool { held.contains(key) }

  /// Returns once the lock of `key` is the caller's; give it back with ``release(_:)``.
  func acquire(_ key: Key) async throws {
    try Task.checkCancellation()
    if held.insert(key).inserted { return }
    nextID += 1
    let id = nextID
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
        if Task.isCancelled {
          continuation.resume(throwing: CancellationError())
        } else {
          waiting[key, default: []].append(Waiter(id: id, continuation: continuation))
        }
      }
    } onCancel: {
      Task { await self.abandon(key, id: id) }
    }
  }

  /// Gives the lock of `key` to the next in line.
  func release(_ key: Key) {
    if var queue = waiting[key], !queue.isEmpty {
      let next = queue.removeFirst()
      waiting[key] = queue.isEmpty ? nil : queue
      next.continuation.resume()
    } else {
      held.remove(key)
    }
  }

  private func abandon(_ key: Key, id: UInt64) {
    guard var queue = waiting[key], let index = queue.firstIndex(where: { $0.id == id }) else { return }
    let waiter = queue.remove(at: index)
    waiting[key] = queue.isEmpty ? nil : queue
    waiter.continuation.resume(throwing: CancellationError())
  }
}

extension KeyedLock {
  /// Runs `body` while holding the lock of `key`.
  nonisolated func withLock<Result: Sendable>(
    _ key: Key, _ body: @Sendable () async throws -> Result
  ) async throws -> Result {
    try await acquire(key)
    do {
      let result = try await body()
      await release(key)
      return result
    } catch {
      await release(key)
      throw error
    }
  }
}
