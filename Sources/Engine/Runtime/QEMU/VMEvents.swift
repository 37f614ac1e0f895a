internal import Foundation
internal import Synchronization

/// What has happened to VMs, for those who follow.
final class VMEvents: Sendable {
  /// How many past events can be asked for again.
  private static let kept = 1_000

  private struct State {
    var past: [RuntimeEvent] = []
    var followers: [UInt64: AsyncThrowingStream<RuntimeEvent, any Error>.Continuation] = [:]
    var next: UInt64 = 0
    var last = Date.distantPast
  }

  private let state = Mutex(State())

  /// Tells that something happened to a VM.
  func tell(_ action: RuntimeEvent.Action, _ record: VMRecord) {
    state.withLock { state in
      // Strictly later than the one before: who continues after one wants the next.
      let time = max(Date(), state.last.addingTimeInterval(0.000_001))
      state.last = time
      let event = RuntimeEvent(
        id: record.id, name: record.name, labels: record.labels, action: action, time: time)
      state.past = (state.past + [event]).suffix(Self.kept)
      for follower in state.followers.values { follower.yield(event) }
    }
  }

  /// What happens from now on, or happened after `since`.
  func stream(since: Date?) -> AsyncThrowingStream<RuntimeEvent, any Error> {
    let (stream, continuation) = AsyncThrowingStream<RuntimeEvent, any Error>.makeStream()
    let id = state.withLock { state in
      if let since { for event in state.past where event.time > since { continuation.yield(event) } }
      state.next += 1
      state.followers[state.next] = continuation
      return state.next
    }
    continuation.onTermination = { [weak self] _ in
      self?.state.withLock { state in _ = state.followers.removeValue(forKey: id) }
    }
    return stream
  }
}
