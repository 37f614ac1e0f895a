import ArgumentParser
import Foundation

/// A span of time on the command line: `90s`, `10m`, `1h30m`, `2d`.
struct DurationArgument: ExpressibleByArgument, Equatable {
  var duration: Duration

  init?(argument: String) {
    var rest = Substring(argument)
    var seconds = 0.0
    guard !rest.isEmpty else { return nil }
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      rest = rest.dropFirst(digits.count)
      let unit = rest.prefix { $0.isASCII && $0.isLetter }
      rest = rest.dropFirst(unit.count)
      let factors = ["ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]
      guard let number = Double(digits), let factor = factors[String(unit)] else { return nil }
      seconds += number * factor
    }
    guard seconds > 0, seconds < 1e10 else { return nil }
    duration = .seconds(seconds)
  }

  /// The span in seconds.
  var seconds: Double {
    let (seconds, attoseconds) = duration.components
    return Double(seconds) + Double(attoseconds) * 1e-18
  }
}

/// A point in the past on the command line: how long ago, or RFC 3339.
enum SinceArgument: ExpressibleByArgument, Equatable {
  case ago(DurationArgument)
  case at(Date)

  init?(argument: String) {
    if let date = Timestamp.parse(argument) {
      self = .at(date)
    } else if let span = DurationArgument(argument: argument) {
      self = .ago(span)
    } else {
      return nil
    }
  }

  /// The point in time, seen from `now`.
  func date(now: Date) -> Date {
    switch self {
    case .ago(let span): now.addingTimeInterval(-span.seconds)
    case .at(let date): date
    }
  }
}
