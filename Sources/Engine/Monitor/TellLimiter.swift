internal import Foundation

/// Keeps a component that ends over and over from filling the history.
///
/// The first few surprises of a component within a minute are told one by one, later ones are counted and
/// told together when the minute is over. Pure: time comes in from outside.
struct TellLimiter {
  /// How many surprises of one component are told one by one in each minute.
  static let perMinute = 6

  /// What to do with a surprise.
  enum Verdict: Hashable {
    /// Tell it; before it, that many were left out in the minute that ended.
    case tell(leftOut: Int)
    /// Count it.
    case leaveOut
  }

  private struct Minute {
    var began: Date
    var told = 0
    var leftOut = 0
  }

  private var minutes: [String: Minute] = [:]

  /// Decides about a surprise of the component `key` at `time`.
  mutating func decide(_ key: String, at time: Date) -> Verdict {
    var minute = minutes[key] ?? Minute(began: time)
    var leftOut = 0
    if time.timeIntervalSince(minute.began) >= 60 {
      leftOut = minute.leftOut
      minute = Minute(began: time)
    }
    let verdict: Verdict
    if minute.told < Self.perMinute {
      minute.told += 1
      verdict = .tell(leftOut: leftOut)
    } else {
      minute.leftOut += 1
      verdict = .leaveOut
    }
    minutes[key] = minute
    if minutes.count > 4096 { minutes = minutes.filter { time.timeIntervalSince($0.value.began) < 60 } }
    return verdict
  }
}
