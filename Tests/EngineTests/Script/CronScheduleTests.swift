import Engine
import Foundation
import Testing

/// What cron schedules mean, away from changes of the clock.
@Suite struct CronScheduleTests {
  @Test(arguments: [
    ("* * * * *", "2026-01-01 10:00", ["2026-01-01 10:01", "2026-01-01 10:02"]),
    ("*/15 * * * *", "2026-01-01 10:07", ["2026-01-01 10:15", "2026-01-01 10:30"]),
    ("*/25 * * * *", "2026-01-01 10:26", ["2026-01-01 10:50", "2026-01-01 11:00"]),
    ("1-10/4 * * * *", "2026-01-01 10:05", ["2026-01-01 10:09", "2026-01-01 11:01"]),
    ("5,50-52,7 23 * * *", "2026-01-01 23:06", ["2026-01-01 23:07", "2026-01-01 23:50"]),
    ("0 3 * * *", "2026-01-01 03:00", ["2026-01-02 03:00", "2026-01-03 03:00"]),
    ("59 23 31 12 *", "2026-01-01 00:00", ["2026-12-31 23:59", "2027-12-31 23:59"]),
    ("0 0 31 * *", "2026-01-31 00:00", ["2026-03-31 00:00", "2026-05-31 00:00"]),
    ("0 0 30 * *", "2026-01-30 00:00", ["2026-03-30 00:00", "2026-04-30 00:00"]),
    ("0 12 29 2 *", "2026-01-01 00:00", ["2028-02-29 12:00", "2032-02-29 12:00"]),
    ("0 12 29 2 *", "1999-12-31 00:00", ["2000-02-29 12:00", "2004-02-29 12:00"]),
    ("0 12 29 2 *", "2096-03-01 00:00", ["2104-02-29 12:00", "2108-02-29 12:00"]),
    ("0 0 1 jan,Jul *", "2026-02-01 00:00", ["2026-07-01 00:00", "2027-01-01 00:00"]),
    ("0 0 1 FEB-apr *", "2026-02-01 00:00", ["2026-03-01 00:00", "2026-04-01 00:00"]),
    ("0 9 * * mon-fri", "2026-01-02 09:00", ["2026-01-05 09:00", "2026-01-06 09:00"]),
    ("0 9 * * Sat-Sun", "2026-01-02 09:00", ["2026-01-03 09:00", "2026-01-04 09:00"]),
    ("0 9 * * 0", "2026-01-02 09:00", ["2026-01-04 09:00", "2026-01-11 09:00"]),
    ("0 9 * * 7", "2026-01-02 09:00", ["2026-01-04 09:00", "2026-01-11 09:00"]),
    ("0 9 * * 5-7", "2026-01-02 09:00", ["2026-01-03 09:00", "2026-01-04 09:00"]),
    (" 0\t9 * *  1 ", "2026-01-02 09:00", ["2026-01-05 09:00", "2026-01-12 09:00"]),
    ("@hourly", "2026-01-01 23:00", ["2026-01-02 00:00", "2026-01-02 01:00"]),
    ("@daily", "2026-01-01 00:00", ["2026-01-02 00:00", "2026-01-03 00:00"]),
    ("@Midnight", "2026-01-01 00:00", ["2026-01-02 00:00", "2026-01-03 00:00"]),
    ("@weekly", "2026-01-01 00:00", ["2026-01-04 00:00", "2026-01-11 00:00"]),
    ("@monthly", "2026-01-01 00:00", ["2026-02-01 00:00", "2026-03-01 00:00"]),
    ("@yearly", "2026-01-01 00:00", ["2027-01-01 00:00", "2028-01-01 00:00"]),
    ("@annually", "2026-01-01 00:00", ["2027-01-01 00:00", "2028-01-01 00:00"]),
  ])
  func `a schedule names times`(schedule: String, begin: String, expected: [String]) throws {
    let times = try CronSample.times(schedule, after: begin, in: "UTC", count: expected.count)
    #expect(times == (try expected.map(CronSample.date)))
  }

  @Test func `either day field is enough where both are restricted`() throws {
    let either = try CronSample.times("0 0 13 * 5", after: "2026-01-09 00:00", in: "UTC", count: 3)
    #expect(
      either == (try ["2026-01-13 00:00", "2026-01-16 00:00", "2026-01-23 00:00"].map(CronSample.date)))
  }

  @Test func `both day fields count where one of them has a star`() throws {
    let odd = try CronSample.times("0 0 */2 * mon", after: "2026-01-01 00:00", in: "UTC", count: 3)
    #expect(odd == (try ["2026-01-05 00:00", "2026-01-19 00:00", "2026-02-09 00:00"].map(CronSample.date)))
    let rare = try CronSample.times("0 0 29 2 */7", after: "2088-03-01 00:00", in: "UTC", count: 1)
    #expect(rare == [try CronSample.date("2128-02-29 00:00")])
  }

  @Test(arguments: ["0 0 30 2 *", "0 0 31 2,4,6,9,11 *", "* * 30-31 feb *"])
  func `what never happens has no next time`(schedule: String) throws {
    #expect(try CronSample.times(schedule, after: "2026-01-01 00:00", in: "UTC", count: 1) == [nil])
    #expect(try CronSample.times(schedule, after: "2026-01-01 00:00", in: "Europe/Berlin", count: 1) == [nil])
  }

  @Test func `the next time is after a date with fractions, and not in it`() throws {
    let schedule = try CronSchedule("* * * * *")
    let zone = try CronSample.zone("UTC")
    let ten = try CronSample.date("2026-01-01 10:00")
    #expect(schedule.next(after: ten - 0.001, in: zone) == ten)
    #expect(schedule.next(after: ten, in: zone) == ten + 60)
    #expect(schedule.next(after: ten + 0.001, in: zone) == ten + 60)
    #expect(schedule.next(after: ten + 59.999, in: zone) == ten + 60)
  }

  @Test(arguments: [
    0, -62_135_596_801, -62_135_596_800, 253_402_300_799, 253_402_300_800, 1e18, -1e300, .infinity, .nan,
  ])
  func `no date is too far`(seconds: Double) throws {
    let date = Date(timeIntervalSince1970: seconds)
    for zone in ["UTC", "Europe/Berlin"] {
      let next = try CronSchedule("0 0 29 2 *").next(after: date, in: CronSample.zone(zone))
      if let next { #expect(next > date) }
    }
  }

  @Test(arguments: [
    ("60 * * * *", "minute"), ("-1 * * * *", "minute"), ("*/0 * * * *", "minute"), ("*/60 * * * *", "minute"),
    ("5/15 * * * *", "minute"), ("1-2-3 * * * *", "minute"), ("9-5 * * * *", "minute"),
    ("1, * * * *", "minute"),
    (",1 * * * *", "minute"), ("1-/2 * * * *", "minute"), ("*-5 * * * *", "minute"), ("*5 * * * *", "minute"),
    ("** * * * *", "minute"), ("1/ * * * *", "minute"), ("٣ * * * *", "minute"), ("+5 * * * *", "minute"),
    ("99999999999999999999 * * * *", "minute"), ("0.5 * * * *", "minute"), ("mon * * * *", "minute"),
    ("*/2/3 * * * *", "minute"), ("1\n * * * *", "minute"), ("* 24 * * *", "hour"), ("* 22-2 * * *", "hour"),
    ("* * 0 * *", "day of month"), ("* * 32 * *", "day of month"), ("* * L * *", "day of month"),
    ("* * * 0 *", "month"), ("* * * 13 *", "month"), ("* * * january *", "month"), ("* * * mon *", "month"),
    ("* * * * 8", "day of week"), ("* * * * jan", "day of week"), ("* * * * fri-mon", "day of week"),
  ])
  func `a wrong field is named, with what it may be`(schedule: String, field: String) throws {
    let error = try #require(throws: EngineError.self) { try CronSchedule(schedule) }
    #expect(error.code == .invalidArgument)
    #expect(error.message.hasPrefix("the \(field) of a schedule cannot be "))
    #expect(error.hint?.hasPrefix("the \(field) is ") == true)
  }

  @Test(arguments: [
    "", "   ", "* * * *", "* * * * * *", "@", "@reboot", "@daily 3", "* * @daily * * *", "daily",
  ])
  func `what is no schedule is refused`(schedule: String) throws {
    let error = try #require(throws: EngineError.self) { try CronSchedule(schedule) }
    #expect(error.code == .invalidArgument)
    #expect(error.hint?.isEmpty == false)
  }

  @Test func `an error reads well`() throws {
    let error = try #require(throws: EngineError.self) { try CronSchedule("0 3 * * funday") }
    #expect(
      error.message
        == "the day of week of a schedule cannot be `funday`: `funday` is not a number from 0 to 7 or one of its names"
    )
    #expect(
      error.hint
        == "the day of week is 0 to 7 or `sun` to `sat`, `*`, a list such as `0,1`, a range such as `0-1`, or a step such as `*/2` and `0-1/2`"
    )
  }

  @Test func `equal schedules are equal however they are written`() throws {
    #expect(try CronSchedule("@weekly") == CronSchedule("0 0 * * SUN"))
    #expect(try CronSchedule("0 0 * * 7") == CronSchedule("0 0 * * 0"))
    #expect(try CronSchedule("*/30 * * * *") == CronSchedule("0,30 * * * *"))
    #expect(try CronSchedule("0 0 * * *") != CronSchedule("0 0 * * 1"))
  }
}
