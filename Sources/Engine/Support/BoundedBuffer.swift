internal import NIOCore
internal import Synchronization

/// Hands elements from producers to one consumer and makes producers wait while it is full.
///
/// Elements come out in the order in which they went in. Every wait ends when its task is cancelled.
package final class BoundedBuffer<Element: Sendable>: Sendable {
  private enum End {
    case open
    /// No more elements; what is in here is still delivered, then this.
    case finished((any Error)?)
    /// Nobody takes elements any more.
    case cancelled
  }

  private struct Waiter {
    let id: UInt64
    let continuation: CheckedContinuation<Void, Never>
  }

  private struct State {
    var elements = CircularBuffer<Element>()
    var end = End.open
    var consumer: Waiter?
    var producers: [Waiter] = []
    var lastID: UInt64 = 0

    mutating func takeWaiters() -> [Waiter] {
      defer {
        consumer = nil
        producers = []
      }
      return producers + (consumer.map { [$0] } ?? [])
    }

    mutating func takeConsumer() -> Waiter? {
      defer { consumer = nil }
      return consumer
    }

    mutating func takeWaiter(_ id: UInt64) -> Waiter? {
      if consumer?.id == id { return takeConsumer() }
      return producers.firstIndex { $0.id == id }.map { producers.remove(at: $0) }
    }
  }

  private let capacity: Int
  private let state = Mutex(State())

  /// Creates a buffer for `capacity` elements, at least one.
  package init(capacity: Int) {
    self.capacity = max(capacity, 1)
  }

  /// Adds an element, waiting while the buffer is full.
  ///
  /// Throws `CancellationError` when the task is cancelled, and once the buffer is finished or cancelled.
  package func send(_ element: Element) async throws {
    while true {
      try Task.checkCancellation()
      let sent = try state.withLock { state in
        guard case .open = state.end else { throw CancellationError() }
        guard state.elements.count < capacity else { return (done: false, wake: Waiter?.none) }
        state.elements.append(element)
        return (done: true, wake: state.takeConsumer())
      }
      sent.wake?.continuation.resume()
      if sent.done { return }
      await wait { state in
        guard case .open = state.end, state.elements.count >= self.capacity else { return false }
        return true
      } add: {
        $0.producers.append($1)
      }
    }
  }

  /// Returns the next element, or `nil` after the last one.
  ///
  /// Throws `CancellationError` when the task is cancelled, and once what the buffer was finished with.
  package func next() async throws -> Element? {
    try await take { $0.popFirst().map { [$0] } ?? [] }?.first
  }

  /// Returns all elements that are there, at least one, or `nil` after the last one; throws like ``next()``.
  package func nextBatch() async throws -> [Element]? {
    try await take { elements in
      defer { elements.removeAll(keepingCapacity: true) }
      return Array(elements)
    }
  }

  /// Says that no more elements come; the consumer gets those that are in here, then `error`.
  package func finish(throwing error: (any Error)? = nil) {
    let waiters = state.withLock { state -> [Waiter] in
      guard case .open = state.end else { return [] }
      state.end = .finished(error)
      return state.takeWaiters()
    }
    waiters.forEach { $0.continuation.resume() }
  }

  /// Says that nobody takes elements any more: drops those in here and ends every wait.
  package func cancel() {
    let waiters = state.withLock { state -> [Waiter] in
      state.end = .cancelled
      state.elements.removeAll()
      return state.takeWaiters()
    }
    waiters.forEach { $0.continuation.resume() }
  }

  private func take(_ pick: (inout CircularBuffer<Element>) -> [Element]) async throws -> [Element]? {
    while true {
      try Task.checkCancellation()
      let taken = try state.withLock { state -> (elements: [Element]?, ended: Bool, wake: [Waiter]) in
        if state.elements.isEmpty {
          switch state.end {
          case .open: return (nil, false, [])
          case .finished(let error?):
            state.end = .finished(nil)
            throw error
          case .finished(nil): return (nil, true, [])
          case .cancelled: throw CancellationError()
          }
        }
        let elements = pick(&state.elements)
        // All of them, since one that is cancelled just now would not use its place.
        defer { state.producers = [] }
        return (elements, false, state.producers)
      }
      taken.wake.forEach { $0.continuation.resume() }
      if taken.elements != nil || taken.ended { return taken.elements }
      await wait { state in
        if case .open = state.end { return state.elements.isEmpty }
        return false
      } add: {
        $0.consumer = $1
      }
    }
  }

  /// Waits for a change, if `needed` still holds once nobody can make one in between.
  private func wait(
    while needed: @Sendable (borrowing State) -> Bool, add: @Sendable (inout State, Waiter) -> Void
  ) async {
    let id = state.withLock { state in
      state.lastID += 1
      return state.lastID
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let waits = state.withLock { state in
          guard !Task.isCancelled, needed(state) else { return false }
          add(&state, Waiter(id: id, continuation: continuation))
          return true
        }
        if !waits { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.takeWaiter(id) }?.continuation.resume()
    }
  }
}
