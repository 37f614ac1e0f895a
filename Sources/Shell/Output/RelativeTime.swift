import Foundation

/// Spans of time as people say them: `12s`, `5m3s`, `2d16h`.
enum RelativeTime {
  /// Returns the time from `start` to `end`; what lies ahead, by a clock that differs, is `0s`.
  static func between(_ start: Date, _ end: Date) -> String {
    text(seconds: end.timeIntervalSince(start))
  }

  /// Returns the two largest units of a number of seconds.
  static func text(seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 1 else { return "0s" }
    let whole = Int(min(seconds, 1e12))
    let units = [(86_400, "d"), (3_600, "h"), (60, "m"), (1, "s")]
    guard let first = units.firstIndex(where: { whole >= $0.0 }) else { return "0s" }
    var result = "\(whole / units[first].0)\(units[first].1)"
    if first + 1 < units.count {
      let rest = whole % units[first].0 / units[first + 1].0
      if rest > 0 { result += "\(rest)\(units[first + 1].1)" }
    }
    return result
  }
}
