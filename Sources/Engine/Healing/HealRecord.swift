internal import Foundation

/// What the agent has done about one component, and when it may do something again.
///
/// Pure but for what it remembers.
struct HealRecord {
  /// So many ends within ``crashWindow`` are a crash loop.
  static let crashes = 5
  static let crashWindow = 30.0
  /// The pause before a component in a crash loop is started again: doubled with each loop, up to ``longestPause``.
  static let firstPause = 10.0
  static let longestPause = 300.0
  /// How long a component must run without trouble until what was is forgotten.
  static let stable = 60.0
  /// So many attempts in a row are made.
  static let limit = 20

  /// Attempts in a row.
  private(set) var attempts = 0
  /// Nothing is done before.
  private(set) var notBefore: Date?
  /// Whether the last attempt failed by what the runtime said.
  private(set) var hasFailed = false
  /// Whether nothing is done any more.
  private(set) var hasGivenUp = false
  private var ends: [Date] = []
  private var loops = 0
  /// Whether it was in a crash loop, and has not been forgotten since.
  var hasLooped: Bool { loops > 0 }
  private var troubleAt: Date?

  /// A record of what an earlier agent told to be in a crash loop.
  static func looping(since time: Date) -> HealRecord {
    var record = HealRecord()
    record.loops = 1
    record.troubleAt = time
    return record
  }

  /// Notes that it ended; returns the pause, in seconds, where that is a crash loop.
  mutating func noteEnd(at time: Date) -> Double? {
    troubleAt = time
    ends = ends.filter { time.timeIntervalSince($0) < Self.crashWindow } + [time]
    guard ends.count >= Self.crashes else { return nil }
    ends = []
    loops += 1
    let pause = Self.pause(Self.firstPause, loops)
    notBefore = time.addingTimeInterval(pause)
    return pause
  }

  /// Notes that an attempt ended.
  mutating func noteAttempt(at time: Date, failure: EngineError?) {
    troubleAt = time
    if let failure, failure.code == .unavailable || failure.code == .cancelled {
      // The runtime is away: that says nothing about the component.
      notBefore = time.addingTimeInterval(1)
      return
    }
    attempts += 1
    hasFailed = failure?.code == .operationFailed
    notBefore = time.addingTimeInterval(Self.pause(1, attempts))
    hasGivenUp = failure != nil && attempts >= Self.limit
  }

  /// Whether what was may be forgotten, where nothing is wrong now.
  func isPast(at time: Date) -> Bool {
    guard let troubleAt, time.timeIntervalSince(troubleAt) < Self.stable else { return true }
    return false
  }

  private static func pause(_ first: Double, _ times: Int) -> Double {
    min(longestPause, first * Double(1 << min(times - 1, 16)))
  }
}
