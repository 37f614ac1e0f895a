/// When something happens again and again, in the five fields of crontab(5).
///
/// The fields are minute, hour, day of month, month and day of week. Where neither of the day fields contains a `*`, a
/// day is meant that either of them names; otherwise one that both name.
public struct CronSchedule: Hashable, Sendable {
  /// Bit n is set where the minute n is meant; likewise below.
  private let minutes: UInt64
  private let hours: UInt64
  private let daysOfMonth: UInt64
  private let months: UInt64
  /// Sunday is 0.
  private let daysOfWeek: UInt64
  private let eitherDayIsEnough: Bool

  /// What stands for five fields.
  private static let macros = [
    "@hourly": "0 * * * *", "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *", "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *",
  ]

  /// Reads a schedule; throws `invalidArgument` that names the field and what it may be.
  public init(_ text: String) throws(EngineError) {
    let words = text.utf8.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
      .map { String(decoding: $0, as: UTF8.self) }
    var fields = words
    if let word = words.first, word.hasPrefix("@") {
      guard words.count == 1, let meaning = Self.macros[word.lowercased()] else {
        throw EngineError(
          .invalidArgument, "\(Text.quoted(text)) is no schedule",
          hint: "words for schedules are \(Text.alternatives(Self.macros.keys.sorted()))")
      }
      fields = meaning.split(separator: " ").map(String.init)
    }
    guard fields.count == 5 else {
      throw EngineError(
        .invalidArgument,
        "\(Text.quoted(text)) has \(fields.count) field\(fields.count == 1 ? "" : "s") and needs five",
        hint: "write minute, hour, day of month, month and day of week, such as `0 3 * * *`")
    }
    minutes = try CronField.minute.parse(fields[0])
    hours = try CronField.hour.parse(fields[1])
    daysOfMonth = try CronField.dayOfMonth.parse(fields[2])
    months = try CronField.month.parse(fields[3])
    // 7 is Sunday too.
    let days = try CronField.dayOfWeek.parse(fields[4])
    daysOfWeek = (days | days >> 7) & 0x7F
    eitherDayIsEnough = !fields[2].contains("*") && !fields[4].contains("*")
  }

  /// Whether it happens in every hour, so that a clock that is set by hours neither skips nor repeats it.
  var isInEveryHour: Bool { hours == (1 << 24) - 1 }

  // MARK: - Civil time

  /// The first civil minute that is meant, from `minute` on; minutes are counted from the beginning of 1970.
  func firstMinute(from minute: Int) -> Int? {
    let (day, time) = minute.quotientAndRemainder(flooringBy: CivilDay.minutes)
    let date = CivilDay(number: day)
    if isOn(date), let found = firstTime(from: time) { return day * CivilDay.minutes + found }
    guard let next = firstDay(after: date), let found = firstTime(from: 0) else { return nil }
    return next * CivilDay.minutes + found
  }

  /// The first time of a day that is meant, from `time` on, in minutes since midnight.
  private func firstTime(from time: Int) -> Int? {
    if hours.has(time / 60), let minute = minutes.firstBit(from: time % 60) {
      return time / 60 * 60 + minute
    }
    guard let hour = hours.firstBit(from: time / 60 + 1), let minute = minutes.firstBit(from: 0) else {
      return nil
    }
    return hour * 60 + minute
  }

  private func isOn(_ date: CivilDay) -> Bool {
    months.has(date.month) && days(year: date.year, month: date.month).has(date.day)
  }

  /// How far it is looked ahead: the 29th of February falls on a given weekday at least every 40 years.
  private static let yearsAhead = 41

  private func firstDay(after date: CivilDay) -> Int? {
    var (year, month, day) = (date.year, date.month, date.day + 1)
    while year <= date.year + Self.yearsAhead {
      if months.has(month), let found = days(year: year, month: month).firstBit(from: day) {
        return CivilDay(year: year, month: month, day: found).number
      }
      (year, month, day) = month == 12 ? (year + 1, 1, 1) : (year, month + 1, 1)
    }
    return nil
  }

  /// The days of a month that are meant; bit n is the nth.
  private func days(year: Int, month: Int) -> UInt64 {
    let length = CivilDay.daysInMonth(month, of: year)
    let first = CivilDay(year: year, month: month, day: 1).weekday
    var ofWeek: UInt64 = 0
    for day in 1...length where daysOfWeek.has((first + day - 1) % 7) { ofWeek |= 1 << UInt64(day) }
    let ofMonth = daysOfMonth & ((1 << UInt64(length + 1)) - 1)
    return eitherDayIsEnough ? ofMonth | ofWeek : ofMonth & ofWeek
  }
}

extension UInt64 {
  /// Whether the bit of that number is set.
  fileprivate func has(_ bit: Int) -> Bool { self >> UInt64(bit) & 1 == 1 }

  /// The number of the first bit that is set, from `bit` on.
  fileprivate func firstBit(from bit: Int) -> Int? {
    let rest = self >> UInt64(bit)
    return rest == 0 ? nil : bit + rest.trailingZeroBitCount
  }
}
