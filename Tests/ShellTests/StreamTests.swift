import Engine
import Foundation
import TestSupport
import Testing

@testable import Shell

@Suite struct StreamTests {
  private func event(_ id: Int64, _ seconds: Double, _ message: String) -> Event {
    Event(id: id, time: Sample.ago(seconds), actor: .agent, service: "web", kind: "exit", message: message)
  }

  @Test func `logs of several components carry their names in line`() async throws {
    let plane = FakePlane {
      $0.record = Sample.record
      $0.lines = [
        LogLine(component: "api", time: nil, stream: .stdout, text: "hello"),
        LogLine(component: "db", time: nil, stream: .stderr, text: "oops  "),
      ]
    }
    try await withHarness(plane) { harness in
      #expect(await harness.run("logs", "web").output == "api | hello\ndb  | oops  \n")
      #expect(await harness.run("logs", "web/api", "-n", "5", "--since", "10m").output == "hello\noops  \n")
      let last = try #require(plane.calls.logs.last)
      #expect(last.target == Target(service: "web", component: "api"))
      #expect(last.options == LogOptions(follow: false, tail: 5, since: Sample.ago(600)))
      let json = await harness.run("logs", "web", "--json")
      #expect(
        json.output.split(separator: "\n").first
          == #"{"component":"api","service":"web","stream":"stdout","text":"hello"}"#)
    }
  }

  @Test func `following logs ends with 130 on an interrupt`() async throws {
    let plane = FakePlane {
      $0.record = Sample.record
      $0.lines = [LogLine(component: "api", time: nil, stream: .stdout, text: "hello")]
    }
    try await withHarness(plane) { harness in
      let running = Task { await harness.run("logs", "web", "-f") }
      #expect(await soon { harness.output.contains("hello") })
      harness.interruption.interrupt()
      let outcome = await running.value
      #expect(outcome.status == 130)
      #expect(outcome.errors == "")
    }
  }

  @Test func `a log that breaks off is an error`() async throws {
    let plane = FakePlane { $0.failure = EngineError(.notFound, "no such service") }
    try await withHarness(plane) { harness in
      #expect(await harness.run("logs", "mail").status == 3)
    }
  }

  @Test func `events of several nodes are merged by time`() async throws {
    let rift = FakePlane { $0.events = [event(1, 300, "first"), event(2, 100, "third")] }
    let moon = FakePlane { $0.events = [event(9, 200, "second")] }
    try await withHarness(nodes: [("rift", rift), ("moon", moon)]) { harness in
      let outcome = await harness.run("events", "--service", "web", "-n", "2")
      #expect(
        outcome.output == """
          AGE    NODE  KIND  SERVICE  ACTOR  MESSAGE
          3m20s  moon  exit  web      agent  second
          1m40s  rift  exit  web      agent  third

          """)
      #expect(rift.calls.events == [EventQuery(service: "web", limit: 2)])
      let json = await harness.run("events", "--json")
      #expect(json.output.split(separator: "\n").count == 3)
      #expect(json.output.contains(#""node":"moon""#))
    }
  }

  @Test func `following goes on from the last event that was shown`() async throws {
    let plane = FakePlane {
      $0.events = [event(1, 300, "old"), event(2, 200, "newer")]
      $0.later = [event(3, 0, "now")]
    }
    try await withHarness(plane) { harness in
      let outcome = await harness.run("events", "-f", "-n", "0")
      #expect(outcome.status == 0)
      #expect(plane.calls.events == [EventQuery(limit: 1), EventQuery(afterID: 2, follow: true)])
      #expect(outcome.output == "\(Timestamp.local(Sample.now))  exit  web  agent  now\n")
    }
  }

  @Test func `following without a past takes the time that was asked for`() async throws {
    let plane = FakePlane { $0.hangs = true }
    try await withHarness(plane) { harness in
      let running = Task { await harness.run("events", "-f", "--since", "10m") }
      #expect(await soon { plane.calls.running == 1 })
      harness.interruption.interrupt()
      #expect(await running.value.status == 130)
      #expect(plane.calls.events.last == EventQuery(since: Sample.ago(600), follow: true))
    }
  }
}
