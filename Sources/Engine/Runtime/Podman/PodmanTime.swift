internal import Foundation

/// Times as podman writes them.
enum PodmanTime {
  /// Parses RFC 3339 with any number of fraction digits; `nil` where it is none, and for Go's zero time.
  static func parse(_ text: some StringProtocol) -> Date? {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
      let year = number(bytes, 0, 4), let month = number(bytes, 5, 2), let day = number(bytes, 8, 2),
      let hour = number(bytes, 11, 2), let minute = number(bytes, 14, 2), let second = number(bytes, 17, 2),
      (1...12).contains(month), year > 1
    else { return nil }

    var position = 19
    var fraction = 0.0
    if bytes[position] == UInt8(ascii: ".") {
      position += 1
      var scale = 0.1
      while position < bytes.count, let digit = number(bytes, position, 1) {
        fraction += Double(digit) * scale
        scale /= 10
        position += 1
      }
    }
    guard let offset = zone(bytes, position) else { return nil }
    let seconds = daysSinceEpoch(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second - offset
    return Date(timeIntervalSince1970: Double(seconds) + fraction)
  }

  /// A time from whole seconds since 1970; `nil` for Go's zero time and what lies before 1970.
  static func date(seconds: Int64?) -> Date? {
    guard let seconds, seconds > 0 else { return nil }
    return Date(timeIntervalSince1970: Double(seconds))
  }

  /// Writes a time for a `since` parameter, as seconds with a fraction.
  static func parameter(_ date: Date) -> String {
    String(format: "%.6f", locale: nil, max(0, date.timeIntervalSince1970))
  }

  private static func number(_ bytes: [UInt8], _ start: Int, _ count: Int) -> Int? {
    guard start + count <= bytes.count else { return nil }
    var value = 0
    for byte in bytes[start..<start + count] {
      guard byte >= 48, byte <= 57 else { return nil }
      value = value * 10 + Int(byte - 48)
    }
    return value
  }

  /// Seconds east of UTC.
  private static func zone(_ bytes: [UInt8], _ position: Int) -> Int? {
    guard position < bytes.count else { return nil }
    if bytes[position] == UInt8(ascii: "Z") { return position + 1 == bytes.count ? 0 : nil }
    guard bytes.count == position + 6, bytes[position + 3] == UInt8(ascii: ":"),
      let hours = number(bytes, position + 1, 2), let minutes = number(bytes, position + 4, 2)
    else { return nil }
    switch bytes[position] {
    case UInt8(ascii: "+"): return hours * 3_600 + minutes * 60
    case UInt8(ascii: "-"): return -(hours * 3_600 + minutes * 60)
    default: return nil
    }
  }

  /// Days from 1970-01-01 in the proleptic Gregorian calendar.
  private static func daysSinceEpoch(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let y = month <= 2 ? year - 1 : year
    let era = y / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }
}
