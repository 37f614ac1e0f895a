internal import Foundation

/// Times as the registry stores them: whole milliseconds since 1970.
enum StoredTime {
  /// Returns the milliseconds nearest to `date`.
  static func milliseconds(_ date: Date) -> Int64 {
    let value = (date.timeIntervalSince1970 * 1000).rounded()
    return Int64(exactly: value) ?? (value > 0 ? limit : -limit)
  }

  /// Returns the time of `milliseconds`; the same number always gives an equal date.
  static func date(_ milliseconds: Int64) -> Date {
    Date(timeIntervalSince1970: Double(milliseconds) / 1000)
  }

  /// Returns `date` as it will be read back.
  static func stored(_ date: Date) -> Date { self.date(milliseconds(date)) }

  /// About the year 142,000: what a date without a sensible number becomes.
  private static let limit: Int64 = 1 << 52
}
