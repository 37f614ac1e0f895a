public import Foundation
internal import Synchronization

extension SimulatedRuntime {
  /// What happens from now on, or after `since` as far as that is remembered.
  ///
  /// As with podman, events at exactly `since` are left out: passing the time of the last event continues after it.
  /// Every consumer gets every event in order; one that is thousands behind gets `unavailable` at the end of those.
  public func events(since: Date?) -> AsyncThrowingStream<RuntimeEvent, any Error> {
    let (stream, continuation) = AsyncThrowingStream<RuntimeEvent, any Error>.makeStream(
      bufferingPolicy: .bufferingOldest(SimulatedState.window))
    let key = state.withLock { state in
      for event in state.history.elements where since.map({ event.time > $0 }) ?? false {
        continuation.yield(event)
      }
      let key = state.nextKey()
      state.consumers[key] = continuation
      return key
    }
    continuation.onTermination = { [weak self] _ in
      self?.state.withLock { $0.consumers[key] = nil }
    }
    return stream
  }

  /// An object's output, oldest first; with `follow` it goes on until the object ends or the consumer stops.
  ///
  /// A consumer that is thousands of lines behind gets `unavailable` at the end of those.
  public func logs(_ id: String, options: LogOptions) -> AsyncThrowingStream<LogLine, any Error> {
    let (stream, continuation) = AsyncThrowingStream<LogLine, any Error>.makeStream(
      bufferingPolicy: .bufferingOldest(SimulatedState.window))
    let key: Int? = state.withLock { state in
      guard var object = state.objects[id] else {
        // Nothing calls back yet, so that this may be done under the lock.
        continuation.finish(throwing: SimulatedState.unknown(id))
        return nil
      }
      var lines = object.lines.elements
      if let since = options.since { lines.removeAll { $0.time.map { $0 < since } ?? false } }
      for line in lines.suffix(options.tail.map { max(0, $0) } ?? .max) { continuation.yield(line) }
      guard options.follow, object.instance.state.isUp else {
        continuation.finish()
        return nil
      }
      let key = state.nextKey()
      object.followers[key] = continuation
      state.objects[id] = object
      return key
    }
    if let key {
      continuation.onTermination = { [weak self] _ in
        self?.state.withLock { state in state.objects[id]?.followers[key] = nil }
      }
    }
    return stream
  }
}
