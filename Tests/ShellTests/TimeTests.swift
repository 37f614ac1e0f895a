import Foundation
import Testing

@testable import Shell

@Suite struct TimeTests {
  @Test(arguments: [
    (0, "0s"), (0.9, "0s"), (-5, "0s"), (12, "12s"), (60, "1m"), (303, "5m3s"), (3600, "1h"), (7380, "2h3m"),
    (86_399, "23h59m"), (230_400, "2d16h"), (31_536_000, "365d"), (.infinity, "0s"),
  ])
  func `spans are told in their two largest units`(seconds: Double, expected: String) {
    #expect(RelativeTime.text(seconds: seconds) == expected)
  }

  @Test(arguments: [
    (0, "1970-01-01T00:00:00.000Z"), (1_767_323_045.678, "2026-01-02T03:04:05.678Z"),
    (951_782_400, "2000-02-29T00:00:00.000Z"), (-0.001, "1969-12-31T23:59:59.999Z"),
    (4_102_444_799.9996, "2100-01-01T00:00:00.000Z"), (-62_135_596_800, "0001-01-01T00:00:00.000Z"),
  ])
  func `times are written in UTC with milliseconds`(seconds: Double, expected: String) {
    #expect(Timestamp.rfc3339(Date(timeIntervalSince1970: seconds)) == expected)
  }

  @Test func `times agree with Foundation's over four centuries`() {
    let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    for step in 0..<4000 {
      let date = Date(timeIntervalSince1970: -6_000_000_000 + Double(step) * 3_155_760.123)
      let text = Timestamp.rfc3339(date)
      #expect(Timestamp.parse(text).map { abs($0.timeIntervalSince(date)) < 0.001 } == true)
      #expect(text.prefix(19) == date.formatted(style).prefix(19) || text.hasSuffix("00.000Z"))
    }
  }

  @Test(arguments: [
    ("2026-01-02T03:04:05Z", 1_767_323_045), ("2026-01-02T03:04:05.678Z", 1_767_323_045.678),
    ("2026-01-02T04:04:05+01:00", 1_767_323_045), ("2026-01-01 22:34:05-04:30", 1_767_323_045),
    ("2026-01-02t03:04:05z", 1_767_323_045),
  ])
  func `RFC 3339 is read with fraction and offset`(text: String, seconds: Double) throws {
    let date = try #require(Timestamp.parse(text))
    #expect(abs(date.timeIntervalSince1970 - seconds) < 0.0005)
  }

  @Test(arguments: [
    "", "now", "2026-01-02", "2026-13-02T03:04:05Z", "2026-02-30T03:04:05Z", "2026-01-02T24:04:05Z",
    "2026-01-02T03:04:05", "2026-01-02T03:04:05.Z", "2026-01-02T03:04:05Zx", "２026-01-02T03:04:05Z",
  ])
  func `what is no time is refused`(text: String) {
    #expect(Timestamp.parse(text) == nil)
  }

  @Test(arguments: [
    ("90s", 90), ("10m", 600), ("1h30m", 5400), ("2d", 172_800), ("1w", 604_800), ("1.5h", 5400),
    ("250ms", 0.25),
  ])
  func `spans are read from the command line`(text: String, seconds: Double) {
    #expect(DurationArgument(argument: text)?.seconds == seconds)
  }

  @Test(arguments: ["", "10", "s", "-5m", "0s", "1y", "5 m", "1..5h", "m5", "١٠m", "1e9d"])
  func `what is no span is refused`(text: String) {
    #expect(DurationArgument(argument: text) == nil)
  }

  @Test func `since takes a span or a time`() {
    #expect(SinceArgument(argument: "10m")?.date(now: Sample.now) == Sample.ago(600))
    #expect(
      SinceArgument(argument: "2026-01-02T03:04:05Z")?.date(now: Sample.now)
        == Date(timeIntervalSince1970: 1_767_323_045))
    #expect(SinceArgument(argument: "yesterday") == nil)
  }
}
