/// Durations as people write them: `500ms`, `10s`, `1m30s`, `30d`.
enum DurationText {
  private static let units: [(name: String, milliseconds: Int64)] = [
    ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1),
  ]

  /// Ten years: longer than anything here can mean.
  static let maximum: Int64 = 3_650 * 86_400_000

  /// Returns the milliseconds of `text`: numbers with units, each unit at most once, the larger first.
  static func parse(_ text: String) throws(ValueError) -> Int64 {
    var rest = Array(text.utf8)[...]
    var total: Int64 = 0
    var nextUnit = 0
    repeat {
      let digits = rest.prefix(while: Text.isDigit)
      rest = rest.dropFirst(digits.count)
      let letters = rest.prefix(while: Text.isLower)
      rest = rest.dropFirst(letters.count)
      let name = String(decoding: letters, as: UTF8.self)
      guard let unit = units.indices.first(where: { units[$0].name == name }), unit >= nextUnit,
        let number = Int64(String(decoding: digits, as: UTF8.self))
      else {
        throw ValueError("must be a duration such as `10s`, `500ms` or `1m30s`, not \(Text.quoted(text))")
      }
      nextUnit = unit + 1
      let (product, overflow) = number.multipliedReportingOverflow(by: units[unit].milliseconds)
      guard !overflow, product <= maximum - total else { throw ValueError("is longer than ten years") }
      total += product
    } while !rest.isEmpty
    return total
  }

  /// Returns the milliseconds of `text` if they are in `range`.
  static func parse(_ text: String, in range: ClosedRange<Int64>) throws(ValueError) -> Int64 {
    let value = try parse(text)
    guard range.contains(value) else {
      throw ValueError("must be from \(format(range.lowerBound)) to \(format(range.upperBound))")
    }
    return value
  }

  /// Returns the shortest spelling of whole milliseconds.
  static func format(_ milliseconds: Int64) -> String {
    guard milliseconds > 0 else { return "0s" }
    var rest = milliseconds
    var text = ""
    for unit in units where rest >= unit.milliseconds {
      text += "\(rest / unit.milliseconds)\(unit.name)"
      rest %= unit.milliseconds
    }
    return text
  }

  static func format(_ duration: Duration) -> String {
    format(duration.components.seconds * 1_000 + duration.components.attoseconds / 1_000_000_000_000_000)
  }
}
