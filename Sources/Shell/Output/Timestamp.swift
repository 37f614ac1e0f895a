import Foundation

/// Points in time as RFC 3339, written and read without the locale machinery that costs start-up time.
enum Timestamp {
  /// Returns `date` in UTC with milliseconds: `2026-01-02T03:04:05.678Z`.
  static func rfc3339(_ date: Date) -> String {
    let total = (date.timeIntervalSince1970 * 1000).rounded()
    guard total.isFinite, abs(total) < 2.5e14 else { return "0000-00-00T00:00:00.000Z" }
    let milliseconds = Int64(total)
    let day = floorDivide(milliseconds, 86_400_000)
    let inDay = milliseconds - day * 86_400_000
    let (year, month, dayOfMonth) = civil(fromDay: day)
    return "\(pad(year, 4))-\(pad(month, 2))-\(pad(dayOfMonth, 2))T\(pad(inDay / 3_600_000, 2)):"
      + "\(pad(inDay / 60_000 % 60, 2)):\(pad(inDay / 1000 % 60, 2)).\(pad(inDay % 1000, 3))Z"
  }

  /// Returns `date` in this machine's time zone: `2026-01-02 03:04:05`.
  static func local(_ date: Date) -> String {
    var seconds = time_t(date.timeIntervalSince1970.rounded(.down))
    var parts = tm()
    guard localtime_r(&seconds, &parts) != nil else { return rfc3339(date) }
    return "\(pad(Int64(parts.tm_year) + 1900, 4))-\(pad(Int64(parts.tm_mon) + 1, 2))-"
      + "\(pad(Int64(parts.tm_mday), 2)) \(pad(Int64(parts.tm_hour), 2)):\(pad(Int64(parts.tm_min), 2)):"
      + "\(pad(Int64(parts.tm_sec), 2))"
  }

  /// Parses RFC 3339, with a fraction or without, in UTC or with an offset; `nil` where it is none.
  static func parse(_ text: String) -> Date? {
    var reader = Reader(bytes: Array(text.utf8))
    guard let year = reader.number(4), reader.skip("-"), let month = reader.number(2), reader.skip("-"),
      let day = reader.number(2), reader.skip("T") || reader.skip("t") || reader.skip(" "),
      let hour = reader.number(2), reader.skip(":"), let minute = reader.number(2), reader.skip(":"),
      let second = reader.number(2), (1...12).contains(month), hour < 24, minute < 60, second <= 60
    else { return nil }
    let days = dayNumber(year: year, month: month, day: day)
    guard civil(fromDay: days) == (year, month, day) else { return nil }
    var fraction = 0.0
    if reader.skip(".") {
      guard let read = reader.fraction() else { return nil }
      fraction = read
    }
    guard let offset = reader.offset(), reader.isAtEnd else { return nil }
    let seconds = days * 86_400 + hour * 3600 + minute * 60 + second - offset
    return Date(timeIntervalSince1970: Double(seconds) + fraction)
  }

  private struct Reader {
    var bytes: [UInt8]
    var position = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { position == bytes.count }

    mutating func skip(_ character: Character) -> Bool {
      guard !isAtEnd, bytes[position] == character.asciiValue else { return false }
      position += 1
      return true
    }

    mutating func digit() -> Int64? {
      guard !isAtEnd, (0x30...0x39).contains(bytes[position]) else { return nil }
      position += 1
      return Int64(bytes[position - 1] - 0x30)
    }

    mutating func number(_ digits: Int) -> Int64? {
      var value: Int64 = 0
      for _ in 0..<digits {
        guard let digit = digit() else { return nil }
        value = value * 10 + digit
      }
      return value
    }

    mutating func fraction() -> Double? {
      guard let first = digit() else { return nil }
      var value = Double(first) / 10
      var scale = 0.01
      while let next = digit() {
        value += Double(next) * scale
        scale /= 10
      }
      return value
    }

    /// Seconds east of UTC.
    mutating func offset() -> Int64? {
      if skip("Z") || skip("z") { return 0 }
      let sign: Int64 = skip("-") ? -1 : 1
      guard sign == -1 || skip("+"), let hours = number(2), skip(":"), let minutes = number(2), hours < 24,
        minutes < 60
      else { return nil }
      return sign * (hours * 3600 + minutes * 60)
    }
  }

  private static func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
    let quotient = value / divisor
    return value % divisor < 0 ? quotient - 1 : quotient
  }

  /// Days since 1970-01-01 in the proleptic Gregorian calendar.
  private static func dayNumber(year: Int64, month: Int64, day: Int64) -> Int64 {
    // Years are counted from March, so that the leap day is a year's last.
    let shifted = month <= 2 ? year - 1 : year
    let era = floorDivide(shifted, 400)
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func civil(fromDay day: Int64) -> (Int64, Int64, Int64) {
    let shifted = day + 719_468
    let era = floorDivide(shifted, 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
  }

  private static func pad(_ value: Int64, _ digits: Int) -> String {
    let text = String(value)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
