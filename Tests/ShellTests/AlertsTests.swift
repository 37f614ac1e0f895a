import Engine
import Foundation
import Testing

@testable import Shell

@Suite struct AlertsTests {
  private static let list = AlertList(
    alerts: [
      Alert(
        id: 3, key: "drift:missing:web/api", severity: .critical, summary: "there is no web-api",
        service: "web",
        component: "api", since: Sample.ago(303), lastSeen: Sample.ago(3), count: 2),
      Alert(
        id: 2, key: "script:hooks/x.lua", severity: .warning, summary: "hooks/x.lua could not be loaded",
        since: Sample.ago(900), lastSeen: Sample.ago(900), resolvedAt: Sample.ago(60)),
    ],
    silences: [
      Silence(
        id: 4, match: "mail", until: Sample.now.addingTimeInterval(3600), reason: "a new disk",
        actor: Actor(kind: .user, name: "alice"), createdAt: Sample.ago(60))
    ])

  @Test func `alerts and silences are shown, with what is over where it is asked for`() async throws {
    let plane = FakePlane { $0.alerts = Self.list }
    try await withHarness(plane) { harness in
      let outcome = await harness.run("alerts")
      #expect(outcome.status == 0)
      #expect(
        outcome.output == """
          SEVERITY  STATE        SINCE  COUNT  SUMMARY                          KEY
          critical  active       5m3s       2  there is no web-api              drift:missing:web/api
          warning   over for 1m  15m        1  hooks/x.lua could not be loaded  script:hooks/x.lua

          silenced
          ID  MATCH  LEFT  BY          REASON
           4  mail   1h    user:alice  a new disk

          """)
      _ = await harness.run("alerts", "list", "--all", "--json")
      #expect(plane.calls.alerts == [AlertQuery(resolved: 0), AlertQuery(resolved: 100)])
    }
  }

  @Test func `where nothing is wrong, people read so and programs read a list`() async throws {
    try await withHarness { harness in
      let outcome = await harness.run("alerts")
      #expect(outcome.status == 0)
      #expect(outcome.output == "")
      #expect(outcome.errors == "there are no alerts\n")
      #expect(await harness.run("alerts", "list", "--json").output.contains("\"alerts\": []"))
    }
  }

  @Test func `a silence needs a time, and is ended by its number`() async throws {
    let plane = FakePlane()
    try await withHarness(plane) { harness in
      #expect(await harness.run("alerts", "silence", "web").status == 2)
      let outcome = await harness.run("alerts", "silence", "web", "--for", "2h", "--reason", "why not")
      #expect(outcome.status == 0)
      #expect(outcome.output.contains("alerts of web are silenced until "))
      #expect(
        plane.calls.silences == [SilenceRequest(match: "web", duration: .seconds(7200), reason: "why not")])
      #expect(await harness.run("alerts", "unsilence", "4").status == 0)
      #expect(plane.calls.unsilenced == [4])
    }
  }

  @Test func `a test fails where a sink does not take the message`() async throws {
    let plane = FakePlane {
      $0.alertTests = [
        AlertTestResult(sink: "ntfy-1", error: nil),
        AlertTestResult(sink: "smtp-1", error: EngineError(.unavailable, "the mail server is away")),
      ]
    }
    try await withHarness(plane) { harness in
      let outcome = await harness.run("alerts", "test")
      #expect(outcome.status == 1)
      #expect(outcome.output == "ntfy-1: took the message\n")
      #expect(outcome.errors.contains("smtp-1: error: the mail server is away"))
    }
  }
}
