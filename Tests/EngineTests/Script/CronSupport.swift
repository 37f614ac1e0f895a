import Engine
import Foundation
import Testing

/// Times of cron tests in the spelling `2026-03-29 02:30`, UTC or the civil time of a zone with its offset.
enum CronSample {
  static func zone(_ name: String) throws -> TimeZone { try #require(TimeZone(identifier: name)) }

  /// Reads `2026-03-29 03:00+02`, or UTC where there is no offset.
  static func date(_ text: String) throws -> Date {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.calendar = Calendar(identifier: .gregorian)
    formatter.timeZone = TimeZone(secondsFromGMT: 0)
    formatter.dateFormat = "yyyy-MM-dd HH:mmX"
    return try #require(formatter.date(from: text.count > 16 ? text : text + "Z"), "\(text)")
  }

  /// The times after `begin` at which a schedule is due, as offsets from it would be unreadable.
  static func times(_ text: String, after begin: String, in zone: String, count: Int) throws -> [Date?] {
    let schedule = try CronSchedule(text)
    let zone = try Self.zone(zone)
    var times: [Date?] = []
    var last = try date(begin)
    while times.count < count {
      let next = schedule.next(after: last, in: zone)
      times.append(next)
      guard let next else { break }
      last = next
    }
    return times
  }
}
