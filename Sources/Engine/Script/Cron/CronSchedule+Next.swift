public import Foundation

extension CronSchedule {
  /// The times for which schedules are computed, in seconds since 1970: the years 1 to 9999.
  private static let computable = -62_135_596_800.0..<253_402_300_800.0

  /// More than any zone's clock was ever set back.
  private static let longestRepetition = 26.0 * 3600

  /// The first time after `date` that is meant; `nil` where it never happens.
  ///
  /// Where the clock in `zone` is set forward, what is skipped happens once, right after the gap; where it is set back,
  /// what is repeated happens the first time. As in cron(8), this is not so for what happens in every hour: that goes
  /// by what the clock shows, so that a job of every quarter of an hour never pauses for an hour.
  public func next(after date: Date, in zone: TimeZone) -> Date? {
    var position = date.timeIntervalSince1970
    guard Self.computable.contains(position) else { return nil }
    var offset = zone.offset(at: position)
    // Between two changes of the clock civil time runs with a fixed offset; each turn of the loop is one such stretch.
    var begin = -Double.greatestFiniteMagnitude
    // The first civil time that can still be due. It never goes back, so that nothing is repeated.
    var due = ((position.rounded(.down) + offset) / 60).rounded(.down) * 60 + 60
    if !isInEveryHour { due = max(due, Self.latestShown(before: position, zone)) }
    while let minute = firstMinute(from: Int((due / 60).rounded(.up))) {
      // What was skipped would lie before the stretch.
      let time = max(Double(minute) * 60 - offset, begin)
      guard let end = zone.transition(after: position), end <= time else {
        return Self.computable.contains(time) ? Date(timeIntervalSince1970: time) : nil
      }
      let shown = end + offset
      (position, begin, offset) = (end, end, zone.offset(at: end))
      due = isInEveryHour ? end + offset : max(due, shown)
    }
    return nil
  }

  /// The latest civil time that a clock had shown when it was set back shortly before `time`.
  private static func latestShown(before time: Double, _ zone: TimeZone) -> Double {
    var position = time - longestRepetition
    var latest = -Double.greatestFiniteMagnitude
    while let end = zone.transition(after: position), end <= time {
      latest = max(latest, end + zone.offset(at: position))
      position = end
    }
    return latest
  }
}

extension TimeZone {
  /// Civil time less UTC, in seconds.
  fileprivate func offset(at time: Double) -> Double {
    Double(secondsFromGMT(for: Date(timeIntervalSince1970: time)))
  }

  /// When the clock is next set, in seconds since 1970.
  fileprivate func transition(after time: Double) -> Double? {
    guard let next = nextDaylightSavingTimeTransition(after: Date(timeIntervalSince1970: time)),
      next.timeIntervalSince1970 > time
    else { return nil }
    return next.timeIntervalSince1970
  }
}
