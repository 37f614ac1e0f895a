import Engine
import Foundation
import Testing

/// Schedules where the clock is set forward or back.
@Suite struct CronClockChangeTests {
  /// In Berlin 02:00 becomes 03:00 on 2026-03-29, and 03:00 becomes 02:00 on 2026-10-25.
  @Test(arguments: [
    // What is skipped happens once, right after the gap.
    (
      "30 2 * * *", "2026-03-28 00:00+01",
      ["2026-03-28 02:30+01", "2026-03-29 03:00+02", "2026-03-30 02:30+02"]
    ),
    ("0 2 * * *", "2026-03-29 01:59+01", ["2026-03-29 03:00+02", "2026-03-30 02:00+02"]),
    ("*/10 2 * * *", "2026-03-29 01:00+01", ["2026-03-29 03:00+02", "2026-03-30 02:00+02"]),
    ("0,30 2,3 * * *", "2026-03-29 01:00+01", ["2026-03-29 03:00+02", "2026-03-29 03:30+02"]),
    ("0 */2 * * *", "2026-03-29 00:00+01", ["2026-03-29 03:00+02", "2026-03-29 04:00+02"]),
    ("30 2 29 3 *", "2026-01-01 00:00+01", ["2026-03-29 03:00+02", "2027-03-29 02:30+02"]),
    ("0 3 * * *", "2026-03-28 12:00+01", ["2026-03-29 03:00+02", "2026-03-30 03:00+02"]),
    ("0 1 * * *", "2026-03-28 12:00+01", ["2026-03-29 01:00+01", "2026-03-30 01:00+02"]),
    // What is repeated happens the first time.
    ("30 2 * * *", "2026-10-25 00:00+02", ["2026-10-25 02:30+02", "2026-10-26 02:30+01"]),
    ("30 2 * * *", "2026-10-25 02:10+01", ["2026-10-26 02:30+01"]),
    ("0 2 * * *", "2026-10-25 01:00+02", ["2026-10-25 02:00+02", "2026-10-26 02:00+01"]),
    (
      "*/30 2 * * *", "2026-10-25 01:00+02",
      ["2026-10-25 02:00+02", "2026-10-25 02:30+02", "2026-10-26 02:00+01"]
    ),
    ("0 3 * * *", "2026-10-25 02:30+02", ["2026-10-25 03:00+01", "2026-10-26 03:00+01"]),
    (
      "30 1,2 * * *", "2026-10-25 01:00+02",
      ["2026-10-25 01:30+02", "2026-10-25 02:30+02", "2026-10-26 01:30+01"]
    ),
    ("0 0 * * *", "2026-10-24 12:00+02", ["2026-10-25 00:00+02", "2026-10-26 00:00+01"]),
    ("30 2 25 10 *", "2026-01-01 00:00+01", ["2026-10-25 02:30+02", "2027-10-25 02:30+02"]),
    // What happens in every hour pauses for none and makes up for none.
    (
      "*/30 * * * *", "2026-03-29 01:00+01",
      ["2026-03-29 01:30+01", "2026-03-29 03:00+02", "2026-03-29 03:30+02"]
    ),
    ("30 * * * *", "2026-03-29 01:00+01", ["2026-03-29 01:30+01", "2026-03-29 03:30+02"]),
    (
      "@hourly", "2026-10-25 01:30+02", ["2026-10-25 02:00+02", "2026-10-25 02:00+01", "2026-10-25 03:00+01"]
    ),
    (
      "45 0-23 * * *", "2026-10-25 02:00+02",
      ["2026-10-25 02:45+02", "2026-10-25 02:45+01", "2026-10-25 03:45+01"]
    ),
  ])
  func `a schedule goes through both changes of a year in Berlin`(
    schedule: String, begin: String, expected: [String]
  ) throws {
    let times = try CronSample.times(schedule, after: begin, in: "Europe/Berlin", count: expected.count)
    #expect(times == (try expected.map(CronSample.date)))
  }

  @Test func `summer time counts in the months between`() throws {
    let times = try CronSample.times(
      "0 12 1 1,7 *", after: "2026-01-01 12:00+01", in: "Europe/Berlin", count: 2)
    #expect(times == (try ["2026-07-01 12:00+02", "2027-01-01 12:00+01"].map(CronSample.date)))
  }

  @Test func `midnight exists on a day that begins at one o'clock`() throws {
    // In Cairo 2026-04-24 begins at 01:00.
    let times = try CronSample.times("@daily", after: "2026-04-23 12:00+02", in: "Africa/Cairo", count: 2)
    #expect(times == (try ["2026-04-24 01:00+03", "2026-04-25 00:00+03"].map(CronSample.date)))
  }

  @Test func `midnight happens once on a night that has two`() throws {
    // In Santiago 2026-04-05 00:00 becomes 23:00 of the day before.
    let times = try CronSample.times(
      "0 0,23 * * *", after: "2026-04-04 12:00-03", in: "America/Santiago", count: 3)
    #expect(
      times
        == (try ["2026-04-04 23:00-03", "2026-04-05 00:00-04", "2026-04-05 23:00-04"].map(CronSample.date)))
  }

  @Test func `a day that a country skips is made up for`() throws {
    // Samoa had no 2011-12-30.
    let times = try CronSample.times(
      "0 9,15 30 12 *", after: "2011-12-29 00:00-10", in: "Pacific/Apia", count: 2)
    #expect(times == (try ["2011-12-31 00:00+14", "2012-12-30 09:00+14"].map(CronSample.date)))
  }
}
