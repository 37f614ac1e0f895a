import Foundation
import Logging
import Synchronization
import TestSupport
import Testing

@testable import Engine

/// What is sent, when and how often, over a real registry.
@Suite struct AlertSenderTests {
  /// A sink that remembers, and fails where it is told to.
  private final class Recorder: AlertSink {
    private let state = Mutex((messages: [AlertMessage](), failures: 0))

    var messages: [AlertMessage] { state.withLock { $0.messages } }

    func fail(_ times: Int) { state.withLock { $0.failures = times } }

    func send(_ message: AlertMessage) async throws {
      let fails = state.withLock { state in
        if state.failures > 0 {
          state.failures -= 1
          return true
        }
        state.messages.append(message)
        return false
      }
      if fails { throw EngineError(.unavailable, "the sink is away") }
    }
  }

  private final class Bench: Sendable {
    let registry: Registry
    let sink = Recorder()
    let time = Mutex(Date(timeIntervalSince1970: 1_800_000_000))
    let told = Mutex<[String]>([])
    let recipients = [AlertRecipient(sink: "here", minimum: .warning)]
    private let nextEvent = Mutex<Int64>(0)

    init(_ registry: Registry) { self.registry = registry }

    static func with(_ body: (Bench) async throws -> Void) async throws {
      try await TemporaryDirectory.with { directory in
        let registry = try Registry.open(path: directory.file("mcp.db"))
        try await body(Bench(registry))
        try registry.close()
      }
    }

    func sender() -> AlertSender {
      AlertSender(
        settings: AlertSinkSettings(name: "here", kind: .webhook), sink: sink, node: "rift",
        registry: registry,
        now: { self.time.withLock { $0 } }
      ) { kind, _ in self.told.withLock { $0.append(kind) } }
    }

    func advance(_ seconds: Double) { time.withLock { $0.addTimeInterval(seconds) } }

    @discardableResult
    func apply(_ changes: AlertRules.Change..., service: String = "web") async throws -> Bool {
      let id = nextEvent.withLock { id in
        id += 1
        return id
      }
      let now = time.withLock { $0 }
      return try await registry.applyAlerts(
        changes,
        of: Event(
          id: id, time: now, actor: .agent, service: service, component: "api", kind: "drift", message: ""),
        to: recipients, at: now
      ).isDue
    }

    func raise(_ key: String, _ severity: Alert.Severity = .critical) -> AlertRules.Change {
      .raise(key: key, severity: severity, summary: "\(key) is wrong")
    }
  }

  private func drain(_ sender: AlertSender) async {
    while let pause = await sender.sendNext(), pause == 0 {}
  }

  @Test func `an alert is told once however often it is raised, and once when it is over`() async throws {
    try await Bench.with { bench in
      let sender = bench.sender()
      for _ in 0..<5 { try await bench.apply(bench.raise("a")) }
      await drain(sender)
      try await bench.apply(.resolve(key: "a"))
      try await bench.apply(.resolve(key: "a"))
      await drain(sender)
      #expect(bench.sink.messages.flatMap(\.notices).map(\.state) == [.firing, .resolved])
      #expect(
        bench.sink.messages.map(\.title) == ["[rift] critical: a is wrong", "[rift] resolved: a is wrong"])
      let over = try await bench.registry.alerts(resolved: 10, at: .now)
      #expect(over.map(\.count) == [5])
      try await bench.apply(bench.raise("a"))
      await drain(sender)
      #expect(bench.sink.messages.count == 3, "it is there again")
    }
  }

  @Test func `an alert of the agent's own is an event for hooks once, and raises no other`() async throws {
    try await Bench.with { bench in
      for _ in 0..<3 { try await bench.apply(bench.raise("a", .warning)) }
      let told = try await bench.registry.events(EventQuery())
      #expect(told.map(\.kind) == [EventKind.alert])
      #expect(told.first?.details["severity"] == "warning" && told.first?.details["key"] == "a")
      #expect(told.allSatisfy { AlertRules.changes(for: $0).isEmpty })
      try await bench.apply(.resolve(key: "a"))
      try await bench.apply(bench.raise("a"))
      #expect(try await bench.registry.events(EventQuery()).count == 2)
    }
  }

  @Test func `what becomes more urgent is told again, what is not urgent enough is not told`() async throws {
    try await Bench.with { bench in
      let sender = bench.sender()
      try await bench.apply(bench.raise("a", .info))
      await drain(sender)
      #expect(bench.sink.messages.isEmpty)
      try await bench.apply(bench.raise("a", .warning))
      try await bench.apply(bench.raise("a", .critical))
      try await bench.apply(bench.raise("a", .warning))
      await drain(sender)
      #expect(bench.sink.messages.flatMap(\.notices).map(\.alert.severity) == [.warning, .critical])
    }
  }

  @Test func `what could not be sent is sent later, in order, by another agent too`() async throws {
    try await Bench.with { bench in
      bench.sink.fail(3)
      let first = bench.sender()
      try await bench.apply(bench.raise("a"))
      try await bench.apply(bench.raise("b"))
      var pauses: [Double] = []
      for _ in 0..<3 { pauses.append(try #require(await first.sendNext())) }
      #expect(pauses == [2, 4, 8])
      #expect(bench.sink.messages.isEmpty)
      #expect(bench.told.withLock { $0 } == ["alert-unsent"], "that is told once")
      await drain(bench.sender())
      #expect(bench.sink.messages.flatMap(\.notices).map(\.alert.key) == ["a", "b"])
    }
  }

  @Test func `many at once become one message`() async throws {
    try await Bench.with { bench in
      let sender = bench.sender()
      for index in 0..<60 { try await bench.apply(bench.raise("a\(index)")) }
      await drain(sender)
      #expect(bench.sink.messages.count == AlertSender.perMinute)
      #expect(bench.sink.messages.last?.notices.count == 60 - AlertSender.perMinute + 1)
      #expect(bench.sink.messages.last?.title == "[rift] 51 alerts, 0 resolved")
      try await bench.apply(bench.raise("late"))
      let pause = try #require(await sender.sendNext())
      #expect(pause > 0 && pause <= 60)
      bench.advance(61)
      await drain(sender)
      #expect(bench.sink.messages.last?.notices.map(\.alert.key) == ["late"])
    }
  }

  @Test func `what is silenced is told when the silence is over, if it is still wrong`() async throws {
    try await Bench.with { bench in
      let sender = bench.sender()
      let now = bench.time.withLock { $0 }
      let (silence, _) = try await bench.registry.addSilence(
        Silence(
          id: 0, match: "web", until: now.addingTimeInterval(100), reason: "", actor: .agent, createdAt: now),
        event: Event(time: now, actor: .agent, kind: "silence", message: ""))
      try await bench.apply(bench.raise("short"))
      try await bench.apply(bench.raise("long"))
      try await bench.apply(bench.raise("other"), service: "mail")
      try await bench.apply(.resolve(key: "short"))
      await drain(sender)
      #expect(bench.sink.messages.flatMap(\.notices).map(\.alert.key) == ["other"])
      let listed = try await bench.registry.alerts(resolved: 0, at: now)
      #expect(listed.map(\.silencedUntil) == [silence.until, nil])
      bench.advance(101)
      #expect(try await bench.registry.releaseAlerts(to: bench.recipients, at: bench.time.withLock { $0 }))
      await drain(sender)
      #expect(bench.sink.messages.flatMap(\.notices).map(\.alert.key) == ["other", "long"])
    }
  }

  @Test func `a service that is taken away takes its alerts with it`() async throws {
    try await Bench.with { bench in
      try await bench.apply(bench.raise("a"), bench.raise("b"))
      try await bench.apply(bench.raise("c"), service: "mail")
      try await bench.apply(.resolveSubject(service: "web", component: nil))
      #expect(try await bench.registry.alerts(resolved: 0, at: .now).map(\.key) == ["c"])
    }
  }

  @Test func `what nobody takes for three days is given up, and that is told`() async throws {
    try await Bench.with { bench in
      try await bench.apply(bench.raise("a"))
      bench.advance(AlertSender.patience + 1)
      #expect(await bench.sender().sendNext() == nil)
      #expect(bench.told.withLock { $0 } == ["alert-unsent"])
      #expect(try await bench.registry.alertNotices(of: "here", limit: 9).isEmpty)
    }
  }
}
