import Foundation
import Testing

@testable import Engine

@Suite struct DriftTrackerTests {
  private static let settings = DriftTracker.Settings(
    grace: .seconds(5), flapWindow: .seconds(600), flapThreshold: 3)
  private static let api = DriftTracker.Subject(service: "web", component: "api")
  private static let gone = Drift(kind: .missing, service: "web", component: "api", message: "is gone")

  private func time(_ seconds: Double) -> Date { Date(timeIntervalSince1970: 1_000_000 + seconds) }

  @Test func `drift is told once it has lasted, and once more when it is over`() {
    var tracker = DriftTracker(settings: Self.settings)
    #expect(tracker.update([Self.gone], at: time(0)).isEmpty)
    #expect(tracker.nextLook(after: time(0)) == time(5))
    #expect(tracker.update([Self.gone], at: time(4.9)).isEmpty)
    #expect(tracker.update([Self.gone], at: time(5)) == [.lasting(Self.gone)])
    #expect(tracker.update([Self.gone], at: time(60)).isEmpty)
    #expect(tracker.nextLook(after: time(60)) == nil)
    #expect(tracker.update([], at: time(65)) == [.over(Self.gone, seconds: 65)])
    #expect(tracker.update([], at: time(66)).isEmpty)
  }

  @Test func `drift that is over within the grace period is not told`() {
    var tracker = DriftTracker(settings: Self.settings)
    _ = tracker.update([Self.gone], at: time(0))
    #expect(tracker.update([], at: time(3)).isEmpty)
    #expect(tracker.update([Self.gone], at: time(6)).isEmpty, "it begins anew")
  }

  @Test func `another kind of drift has a grace period of its own`() {
    var tracker = DriftTracker(settings: Self.settings)
    let ended = Drift(kind: .exited, service: "web", component: "api", message: "ended")
    _ = tracker.update([Self.gone], at: time(0))
    #expect(tracker.update([ended], at: time(6)).isEmpty)
    #expect(tracker.update([ended], at: time(11)) == [.lasting(ended)])
  }

  @Test func `what comes and goes is told as flapping and nothing else, until it keeps still`() {
    var tracker = DriftTracker(settings: Self.settings)
    for second in [0.0, 100, 200] { tracker.noteChange(of: Self.api, at: time(second)) }
    #expect(tracker.update([Self.gone], at: time(200)) == [.flapping(Self.api, changes: 3)])
    #expect(tracker.update([Self.gone], at: time(210)).isEmpty, "drift of what flaps is no news")
    #expect(tracker.update([], at: time(220)).isEmpty)
    #expect(tracker.nextLook(after: time(220)) == time(600))
    #expect(tracker.update([], at: time(599)).isEmpty)
    #expect(tracker.update([], at: time(601)) == [.calm(Self.api)])
    #expect(tracker.update([], at: time(602)).isEmpty)
  }

  @Test func `changes further apart than the window are no flapping`() {
    var tracker = DriftTracker(settings: Self.settings)
    for second in [0.0, 400, 800, 1200] {
      tracker.noteChange(of: Self.api, at: time(second))
      #expect(tracker.update([], at: time(second)).isEmpty)
    }
  }
}
