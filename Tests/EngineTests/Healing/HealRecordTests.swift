import Foundation
import Testing

@testable import Engine

@Suite struct HealRecordTests {
  private func time(_ seconds: Double) -> Date { Date(timeIntervalSince1970: 1_000_000 + seconds) }

  private static let failure = EngineError(.operationFailed, "no")

  @Test func `five ends within half a minute are a crash loop, and each pause is longer than the one before`()
  {
    var record = HealRecord()
    var pauses: [Double] = []
    var now = 0.0
    for _ in 0..<8 {
      for _ in 0..<HealRecord.crashes {
        now += 1
        if let pause = record.noteEnd(at: time(now)) {
          pauses.append(pause)
          #expect(record.notBefore == time(now + pause))
          now += pause
        }
      }
    }
    #expect(pauses == [10, 20, 40, 80, 160, 300, 300, 300])
  }

  @Test func `ends that are further apart are no crash loop`() {
    var record = HealRecord()
    for turn in 0..<50 { #expect(record.noteEnd(at: time(Double(turn) * 10)) == nil) }
    #expect(record.notBefore == nil)
  }

  @Test func `attempts wait longer each time, and end at the limit`() {
    var record = HealRecord()
    var waits: [Double] = []
    for _ in 0..<HealRecord.limit {
      #expect(!record.hasGivenUp)
      record.noteAttempt(at: time(0), failure: Self.failure)
      waits.append(record.notBefore?.timeIntervalSince(time(0)) ?? 0)
    }
    #expect(waits.prefix(6) == [1, 2, 4, 8, 16, 32])
    #expect(waits.last == HealRecord.longestPause)
    #expect(record.hasGivenUp)
  }

  @Test func `a runtime that is away uses no attempt up`() {
    var record = HealRecord()
    for _ in 0..<100 { record.noteAttempt(at: time(0), failure: EngineError(.unavailable, "away")) }
    #expect(record.attempts == 0)
    #expect(!record.hasGivenUp)
    #expect(record.notBefore == time(1))
  }

  @Test func `what was is forgotten after a minute without trouble`() {
    var record = HealRecord()
    record.noteAttempt(at: time(0), failure: nil)
    #expect(!record.isPast(at: time(59)))
    #expect(record.isPast(at: time(60)))
  }
}
