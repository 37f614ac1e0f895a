public import Foundation
internal import Synchronization

/// A clock that stands still until it is moved.
///
/// Hooks and schedules sleep on faces of the same clock, so that it is known who waits.
public final class FakeClock: ScriptClock {
  private struct Sleeper {
    let until: Date
    let face: Int
    let waiter: CheckedContinuation<Void, any Error>
  }

  private struct State {
    var now: Date
    var next = 0
    var sleepers: [Int: Sleeper] = [:]
    var cancelled: Set<Int> = []
  }

  /// The zone that cron schedules mean.
  public let timeZone: TimeZone
  private let state: Mutex<State>

  /// Creates a clock that shows `now`.
  public init(now: Date, timeZone: TimeZone = TimeZone(secondsFromGMT: 0) ?? .current) {
    self.timeZone = timeZone
    state = Mutex(State(now: now))
  }

  /// What the clock shows.
  public func now() -> Date { state.withLock { $0.now } }

  /// Waits until the clock was moved that far.
  public func sleep(for duration: Duration) async throws {
    try await sleep(until: now().addingTimeInterval(duration.seconds), face: 0)
  }

  /// Waits until the clock was moved to that time.
  public func sleep(until time: Date) async throws { try await sleep(until: time, face: 0) }

  /// How many wait on a face.
  func sleepers(face: Int) -> Int { state.withLock { $0.sleepers.values.filter { $0.face == face }.count } }

  func sleep(until time: Date, face: Int) async throws {
    let id = state.withLock { state in
      state.next += 1
      return state.next
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let result: Result<Void, any Error>? = state.withLock { state in
          if state.cancelled.remove(id) != nil { return .failure(CancellationError()) }
          if time <= state.now { return .success(()) }
          state.sleepers[id] = Sleeper(until: time, face: face, waiter: continuation)
          return nil
        }
        if let result { continuation.resume(with: result) }
      }
    } onCancel: {
      let sleeper = state.withLock { state in
        let sleeper = state.sleepers.removeValue(forKey: id)
        if sleeper == nil { state.cancelled.insert(id) }
        return sleeper
      }
      sleeper?.waiter.resume(throwing: CancellationError())
    }
    state.withLock { _ = $0.cancelled.remove(id) }
  }

  /// Moves the clock to the next time that somebody waits for, at most to `end`, and wakes who waits for it.
  ///
  /// Returns whether somebody was woken.
  func step(to end: Date) -> Bool {
    let woken = state.withLock { state in
      let due = state.sleepers.values.map(\.until).min().map { min($0, end) } ?? end
      state.now = max(state.now, due)
      let now = state.now
      let ready = state.sleepers.filter { $0.value.until <= now }
      for id in ready.keys { state.sleepers[id] = nil }
      return ready.values.map(\.waiter)
    }
    for waiter in woken { waiter.resume() }
    return !woken.isEmpty
  }
}

/// A face of a clock: the same time, with sleepers that are counted apart.
struct ClockFace: ScriptClock {
  let clock: FakeClock
  let face: Int

  var timeZone: TimeZone { clock.timeZone }

  func now() -> Date { clock.now() }

  func sleep(for duration: Duration) async throws {
    try await clock.sleep(until: clock.now().addingTimeInterval(duration.seconds), face: face)
  }

  func sleep(until time: Date) async throws { try await clock.sleep(until: time, face: face) }
}
