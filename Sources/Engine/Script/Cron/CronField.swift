/// One of the five fields of a cron schedule.
struct CronField: Sendable {
  static let minute = CronField("minute", 0...59, example: "15")
  static let hour = CronField("hour", 0...23, example: "3")
  static let dayOfMonth = CronField("day of month", 1...31, example: "1")
  static let month = CronField(
    "month", 1...12, example: "6",
    names: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"])
  static let dayOfWeek = CronField(
    "day of week", 0...7, example: "1", names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"])

  let name: String
  let range: ClosedRange<Int>
  /// A value that stands for all of them in a hint.
  let example: String
  /// Words for the values from the lower bound on.
  let names: [String]

  private init(_ name: String, _ range: ClosedRange<Int>, example: String, names: [String] = []) {
    self.name = name
    self.range = range
    self.example = example
    self.names = names
  }

  /// Returns the values that `text` means, as bits.
  func parse(_ text: String) throws(EngineError) -> UInt64 {
    var bits: UInt64 = 0
    for part in Text.split(text, ",") {
      do throws(ValueError) {
        for value in try values(of: part) { bits |= 1 << UInt64(value) }
      } catch {
        throw EngineError(
          .invalidArgument, "the \(name) of a schedule cannot be \(Text.quoted(text)): \(error.message)",
          hint: allowed)
      }
    }
    return bits
  }

  private var allowed: String {
    let words = names.isEmpty ? "" : " or `\(names[0])` to `\(names[names.count - 1])`"
    let low = range.lowerBound
    return "the \(name) is \(low) to \(range.upperBound)\(words), `*`, a list such as `\(low),\(example)`,"
      + " a range such as `\(low)-\(example)`, or a step such as `*/2` and `\(low)-\(example)/2`"
  }

  /// The values of an element of a list.
  private func values(of part: String) throws(ValueError) -> StrideThrough<Int> {
    let pieces = Text.split(part, "/", max: 2)
    let isAll = pieces[0] == "*"
    let ends = isAll ? [] : Text.split(pieces[0], "-", max: 2)
    if pieces.count == 2, !isAll, ends.count != 2 {
      // Some crons take `5/15` for `5`, others for `5-59/15`.
      throw ValueError("a step needs `*` or a range before it")
    }
    let step = pieces.count == 2 ? try self.step(pieces[1]) : 1
    if isAll { return stride(from: range.lowerBound, through: range.upperBound, by: step) }
    let low = try value(ends[0])
    guard ends.count == 2 else { return stride(from: low, through: low, by: 1) }
    var high = try value(ends[1])
    // Where a range ends, Sunday is the last day.
    if high == 0, low > 0, range.upperBound == 7 { high = 7 }
    guard low <= high else { throw ValueError("the range \(Text.quoted(pieces[0])) ends before it begins") }
    return stride(from: low, through: high, by: step)
  }

  private func step(_ text: String) throws(ValueError) -> Int {
    guard let step = Self.number(text), (1...range.upperBound).contains(step) else {
      throw ValueError("the step \(Text.quoted(text)) is not a number from 1 to \(range.upperBound)")
    }
    return step
  }

  private func value(_ text: String) throws(ValueError) -> Int {
    if let index = names.firstIndex(of: text.lowercased()) { return range.lowerBound + index }
    guard let value = Self.number(text), range.contains(value) else {
      let name = names.isEmpty ? "" : " or one of its names"
      throw ValueError(
        "\(Text.quoted(text)) is not a number from \(range.lowerBound) to \(range.upperBound)\(name)")
    }
    return value
  }

  private static func number(_ text: String) -> Int? {
    Text.isDigits(text) && text.utf8.count <= 2 ? Int(text) : nil
  }
}
