import Foundation
import Logging
import Testing

@testable import Engine

@Suite struct EventLogTests {
  @Test func `a caller who is refused over and over is told a few times and then counted`() async throws {
    try await RegistryFixture.with { _, registry in
      let log = EventLog(registry: registry, logger: Logger(label: "test"))
      let start = Date(timeIntervalSince1970: 1_700_000_000)
      func refused(_ second: Double, _ who: String) async {
        let event = Event(
          time: start + second, actor: Actor(kind: .user, name: who), kind: EventKind.denied,
          message: "refused")
        await log.append(event, limitedBy: who)
      }
      for second in 0..<50 { await refused(Double(second), "eve") }
      await refused(50, "bob")
      await refused(61, "eve")
      var told: [Event] = []
      for try await event in log.stream(EventQuery()) { told.append(event) }
      let eve = told.filter { $0.actor.name == "eve" }
      #expect(eve.count == TellLimiter.perMinute + 1)
      #expect(eve.last?.details["left_out"] == String(50 - TellLimiter.perMinute))
      #expect(told.filter { $0.actor.name == "bob" }.count == 1)
    }
  }
}
