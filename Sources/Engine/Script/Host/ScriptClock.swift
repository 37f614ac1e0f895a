public import Foundation

/// Where scripts have the time from; a test moves it by hand.
public protocol ScriptClock: Sendable {
  /// The time now.
  func now() -> Date
  /// Waits; throws where the task is cancelled.
  func sleep(for duration: Duration) async throws
  /// Waits until a time has come, also where the clock is set meanwhile; throws where the task is cancelled.
  func sleep(until time: Date) async throws
  /// The zone that cron schedules mean.
  var timeZone: TimeZone { get }
}

/// The system's time.
public struct SystemClock: ScriptClock {
  /// Creates a clock.
  public init() {}

  /// The time now.
  public func now() -> Date { Date() }

  /// The machine's zone.
  public var timeZone: TimeZone { .current }

  /// Waits; throws where the task is cancelled.
  public func sleep(for duration: Duration) async throws { try await Task.sleep(for: duration) }

  /// Waits until a time has come; looks at the clock once a minute, because it may be set.
  public func sleep(until time: Date) async throws {
    while true {
      let left = time.timeIntervalSinceNow
      if left <= 0 { return }
      try await Task.sleep(for: .milliseconds(max(1, Int64((min(left, 60) * 1000).rounded(.up)))))
    }
  }
}
