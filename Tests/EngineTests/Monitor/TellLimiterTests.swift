import Foundation
import Testing

@testable import Engine

@Suite struct TellLimiterTests {
  @Test func `a component that ends over and over is told a few times and then counted`() {
    var limiter = TellLimiter()
    let start = Date(timeIntervalSince1970: 1000)
    for second in 0..<30 {
      let verdict = limiter.decide("web/api", at: start + Double(second))
      #expect(verdict == (second < TellLimiter.perMinute ? .tell(leftOut: 0) : .leaveOut))
    }
    #expect(limiter.decide("web/db", at: start + 31) == .tell(leftOut: 0), "another one is told")
    #expect(limiter.decide("web/api", at: start + 61) == .tell(leftOut: 30 - TellLimiter.perMinute))
    #expect(limiter.decide("web/api", at: start + 62) == .tell(leftOut: 0))
  }
}
