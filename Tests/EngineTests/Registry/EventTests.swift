internal import Engine
internal import Foundation
internal import Testing

@Suite struct EventTests {
  private func event(_ second: Int, service: String? = nil, message: String = "") -> Event {
    Event(
      time: RegistryFixture.start.addingTimeInterval(TimeInterval(second)),
      actor: Actor(kind: .script, name: "hooks/a:b.lua"), service: service, component: nil, kind: "note",
      message: message, details: ["b": "2", "a": "ünï\0", "": ""])
  }

  @Test func `an event comes back as it was appended, its time in milliseconds`() async throws {
    try await RegistryFixture.with { fixture, registry in
      var precise = event(0, service: "web", message: "a\nb")
      precise.component = "api"
      precise.time = Date(timeIntervalSince1970: 1_750_000_000.123_456)
      let stored = try await registry.append([precise, event(1, message: "nul\0")])
      #expect(stored.map(\.id) == [1, 2])
      #expect(stored[0].time == Date(timeIntervalSince1970: 1_750_000_000.123))
      #expect(stored[0].details == precise.details)
      #expect(stored[1].message == "nul\u{FFFD}")
      #expect(try await registry.events(EventQuery()) == stored)
      try registry.close()
      let again = try fixture.open()
      #expect(try await again.events(EventQuery()) == stored)
      try again.close()
    }
  }

  @Test func `a query takes the newest that match, oldest first`() async throws {
    try await RegistryFixture.with { _, registry in
      _ = try await registry.append(
        (0..<10).map { event($0, service: $0.isMultiple(of: 2) ? "web" : "shop") })
      func ids(_ query: EventQuery) async throws -> [Int64] { try await registry.events(query).map(\.id) }
      #expect(try await ids(EventQuery(service: "web")) == [1, 3, 5, 7, 9])
      #expect(try await ids(EventQuery(service: "web", limit: 2)) == [7, 9])
      #expect(try await ids(EventQuery(afterID: 7)) == [8, 9, 10])
      #expect(try await ids(EventQuery(afterID: 7, limit: 1)) == [10])
      let since = RegistryFixture.start.addingTimeInterval(6)
      #expect(try await ids(EventQuery(since: since)) == [7, 8, 9, 10])
      #expect(try await ids(EventQuery(service: "shop", since: since, afterID: 8)) == [10])
      #expect(try await ids(EventQuery(limit: 0)).isEmpty)
      #expect(try await ids(EventQuery(service: "nobody")).isEmpty)
    }
  }

  @Test func `retention is by age and by count, and ids are not used again`() async throws {
    try await RegistryFixture.with { fixture, registry in
      _ = try await registry.append((0..<10).map { event($0) })
      let cut = RegistryFixture.start.addingTimeInterval(3)
      #expect(try await registry.pruneEvents(olderThan: cut, keeping: 100) == 3)
      #expect(try await registry.events(EventQuery()).map(\.id) == Array(4...10))
      #expect(try await registry.pruneEvents(olderThan: cut, keeping: 7) == 0)
      #expect(try await registry.pruneEvents(olderThan: cut, keeping: 2) == 5)
      #expect(try await registry.events(EventQuery()).map(\.id) == [9, 10])
      #expect(try await registry.pruneEvents(olderThan: .distantFuture, keeping: 2) == 2)
      try registry.close()
      let again = try fixture.open()
      #expect(try await again.append([event(20)]).map(\.id) == [11])
      #expect(try await again.pruneEvents(olderThan: .distantPast, keeping: 0) == 1)
      try again.close()
    }
  }

  @Test func `facts that cannot be read do not hide an event`() async throws {
    try await RegistryFixture.with { _, registry in
      _ = try await registry.append([event(0), event(1)])
      try RegistryFixture.sql(registry, "UPDATE events SET details = '[1]' WHERE id = 1")
      #expect(try await registry.events(EventQuery()).first?.details == ["undecodable": "[1]"])
    }
  }
}
