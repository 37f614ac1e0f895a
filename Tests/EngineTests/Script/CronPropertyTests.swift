import Engine
import Foundation
import TestSupport
import Testing

/// Random schedules against a walk through every minute.
@Suite struct CronPropertyTests {
  /// A random schedule with what it means, found without the parser.
  private struct Sample {
    var text: [String] = []
    var values: [Set<Int>] = []

    init(using random: inout SeededGenerator) {
      for range in [0...59, 0...23, 1...31, 1...12, 0...6] {
        let (text, values) = Self.field(range, &random)
        self.text.append(text)
        self.values.append(values)
      }
    }

    private static func field(_ range: ClosedRange<Int>, _ random: inout SeededGenerator) -> (
      String, Set<Int>
    ) {
      let (low, high) = (range.lowerBound, range.upperBound)
      switch random.number(0...5) {
      case 0, 1: return ("*", Set(range))
      case 2:
        let step = random.number(1...high)
        return ("*/\(step)", Set(stride(from: low, through: high, by: step)))
      case 3:
        let begin = random.number(range)
        let end = random.number(begin...high)
        let step = random.number(1...5)
        return ("\(begin)-\(end)/\(step)", Set(stride(from: begin, through: end, by: step)))
      default:
        let values = (0...random.number(0...3)).map { _ in random.number(range) }
        return (values.map(String.init).joined(separator: ","), Set(values))
      }
    }

    func isOn(_ time: DateComponents) -> Bool {
      guard let minute = time.minute, let hour = time.hour else { return false }
      return values[0].contains(minute) && values[1].contains(hour) && isOnDay(time)
    }

    func isOnDay(_ time: DateComponents) -> Bool {
      guard let day = time.day, let month = time.month, let weekday = time.weekday, values[3].contains(month)
      else { return false }
      let isDay = values[2].contains(day)
      let isWeekday = values[4].contains(weekday - 1)
      return text[2].contains("*") || text[4].contains("*") ? isDay && isWeekday : isDay || isWeekday
    }
  }

  private static func calendar(_ zone: TimeZone) -> Calendar {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    return calendar
  }

  @Test(arguments: UInt64(1)...8)
  func `the next time in UTC is the first minute that matches`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let zone = try CronSample.zone("UTC")
    let calendar = Self.calendar(zone)
    for _ in 0..<40 {
      let sample = Sample(using: &random)
      let schedule = try CronSchedule(sample.text.joined(separator: " "))
      // From 1970 to 2100, at any second.
      let begin = Date(timeIntervalSince1970: Double(random.number(0...4_102_444_800)))
      let minute = (begin.timeIntervalSince1970 / 60).rounded(.down) * 60 + 60
      let horizon = minute + 60 * 86_400
      let expected = Self.walk(sample, from: minute, to: horizon, calendar)
      let found = schedule.next(after: begin, in: zone)
      if let expected {
        #expect(found?.timeIntervalSince1970 == expected, "\(sample.text) after \(begin)")
      } else {
        #expect(found.map { $0.timeIntervalSince1970 >= horizon } ?? true, "\(sample.text) after \(begin)")
      }
    }
  }

  /// Looks at every minute, of days that match.
  private static func walk(_ sample: Sample, from begin: Double, to end: Double, _ calendar: Calendar)
    -> Double?
  {
    let units: Set<Calendar.Component> = [.minute, .hour, .day, .month, .weekday]
    var time = begin
    while time < end {
      let parts = calendar.dateComponents(units, from: Date(timeIntervalSince1970: time))
      if !sample.isOnDay(parts) {
        time = (time / 86_400).rounded(.down) * 86_400 + 86_400
      } else if sample.isOn(parts) {
        return time
      } else {
        time += 60
      }
    }
    return nil
  }

  /// Around changes of the clock: half an hour, at midnight, of a whole day, and the usual ones.
  @Test(arguments: [
    ("Europe/Berlin", "2026-03-29 01:00"), ("Europe/Berlin", "2026-10-25 01:00"),
    ("America/New_York", "2026-03-08 07:00"), ("America/New_York", "2026-11-01 06:00"),
    ("Australia/Lord_Howe", "2026-04-04 15:00"), ("Australia/Lord_Howe", "2026-10-03 15:30"),
    ("America/Santiago", "2026-04-05 03:00"), ("Africa/Cairo", "2026-04-23 22:00"),
    ("Africa/Casablanca", "2026-02-15 02:00"), ("Pacific/Apia", "2011-12-30 10:00"),
  ])
  func `times around a change of the clock are those of a walk`(zone: String, change: String) throws {
    var random = SeededGenerator(seed: 7)
    let zone = try CronSample.zone(zone)
    let change = try CronSample.date(change)
    for _ in 0..<40 {
      var sample = Sample(using: &random)
      // Days and months are not what this is about.
      sample.text.replaceSubrange(2..., with: ["*", "*", "*"])
      sample.values.replaceSubrange(2..., with: [Set(1...31), Set(1...12), Set(0...6)])
      let schedule = try CronSchedule(sample.text.joined(separator: " "))
      let begin = change.addingTimeInterval(-36 * 3600)
      let end = change.addingTimeInterval(36 * 3600)
      let expected = Self.walk(sample, from: begin, to: end, in: zone)
      var found: [Date] = []
      var last = begin
      while let next = schedule.next(after: last, in: zone), next <= end {
        found.append(next)
        last = next
      }
      #expect(found == expected, "\(sample.text)")
      // Asked at any time, not only at the last one.
      for _ in 0..<20 {
        let time = begin.addingTimeInterval(Double(random.number(0...(72 * 3600))))
        let next = schedule.next(after: time, in: zone)
        #expect(
          next.map { $0 <= end ? $0 : nil } == expected.first { $0 > time }, "\(sample.text) at \(time)")
      }
    }
  }

  /// Goes through time as a daemon does that wakes every minute: what the clock has passed since then is due.
  private static func walk(_ sample: Sample, from begin: Date, to end: Date, in zone: TimeZone) -> [Date] {
    let isInEveryHour = sample.values[1].count == 24
    func shown(_ time: Date) -> Int {
      (Int(time.timeIntervalSince1970) + zone.secondsFromGMT(for: time)) / 60
    }
    func isOn(_ minute: Int) -> Bool {
      sample.values[0].contains(minute % 60) && sample.values[1].contains(minute / 60 % 24)
    }
    var found: [Date] = []
    var passed = shown(begin)
    var time = begin.addingTimeInterval(60)
    while time <= end {
      let now = shown(time)
      if isInEveryHour {
        if isOn(now) { found.append(time) }
      } else if now > passed {
        if (passed + 1...now).contains(where: isOn) { found.append(time) }
        passed = now
      }
      time = time.addingTimeInterval(60)
    }
    return found
  }
}
