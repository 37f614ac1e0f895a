import Foundation
import Testing

@testable import Engine

@Suite struct AlertRulesTests {
  private func changes(
    _ kind: String, _ details: [String: String] = [:], service: String? = "web", component: String? = "api",
    actor: Actor = .agent
  ) -> [AlertRules.Change] {
    AlertRules.changes(
      for: Event(
        time: .distantPast, actor: actor, service: service, component: component, kind: kind, message: "what",
        details: details))
  }

  @Test func `drift is an alert until it is over`() {
    let key = "drift:missing:web/api"
    #expect(
      changes("drift", ["drift": "missing"]) == [.raise(key: key, severity: .critical, summary: "what")])
    #expect(changes("drift-ended", ["drift": "missing"]).first == .resolve(key: key))
    #expect(
      changes("drift", ["drift": "spec-mismatch"])
        == [.raise(key: "drift:spec-mismatch:web/api", severity: .warning, summary: "what")])
  }

  @Test func `what is no service's is nobody's emergency`() {
    #expect(changes("drift", ["drift": "unmanaged"], service: nil, component: nil).isEmpty)
  }

  @Test func `flapping is one alert in the place of those of each time`() {
    let raised = changes("flapping", ["changes": "3"])
    #expect(raised.contains(.resolve(key: "drift:exited:web/api")))
    #expect(raised.last == .raise(key: "flapping:web/api", severity: .warning, summary: "what"))
    #expect(changes("flapping", ["result": "over"]) == [.resolve(key: "flapping:web/api")])
  }

  @Test func `what runs again is no longer given up, and nothing else of a similar name is`() {
    #expect(changes("recovered", ["result": "done"]) == [.resolve(key: "healing:web/api")])
    #expect(changes("recovered", ["result": "done"], component: nil) == [.resolveAll(prefix: "healing:web/")])
    #expect(changes("recovered", ["result": "failed"]).isEmpty)
  }

  @Test func `what an operator stops or removes is no alert any more`() {
    for kind in ["stop", "undeploy"] {
      #expect(changes(kind, ["result": "done"]) == [.resolveSubject(service: "web", component: "api")])
      #expect(changes(kind, ["result": "failed"]).isEmpty)
    }
  }

  @Test func `a boot stage that is tried again is urgent, one that is passed over is not`() {
    func stage(_ state: String) -> [AlertRules.Change] {
      changes("boot-stage", ["stage": "one", "state": state], service: nil, component: nil)
    }
    #expect(stage("retrying") == [.raise(key: "boot-stage:one", severity: .critical, summary: "what")])
    #expect(stage("failed") == [.raise(key: "boot-stage:one", severity: .warning, summary: "what")])
    #expect(stage("done") == [.resolve(key: "boot-stage:one")])
    #expect(stage("running").isEmpty)
  }

  @Test func `a script's alert is its own, by key`() {
    let script = Actor(kind: .script, name: "hooks/x.lua")
    #expect(
      changes("alert", ["severity": "info", "key": "backup"], actor: script)
        == [.raise(key: "script:hooks/x.lua:backup", severity: .info, summary: "what")])
    #expect(
      changes("alert", ["key": "backup", "resolved": "true"], actor: script)
        == [.resolve(key: "script:hooks/x.lua:backup")])
  }

  @Test(arguments: ["deploy", "start", "exit", "alert-unsent", "alert-sent", "silence", "hook"])
  func `what happens all day, and alerts themselves, raise none`(kind: String) {
    #expect(changes(kind, ["result": "done"]).isEmpty)
  }

  @Test(arguments: [
    ("web", true), ("web/api", true), ("web/db", false), ("mail", false), ("drift:missing:web/api", true),
    ("drift:*", true), ("*:web/*", true), ("*", true), ("drift:*:mail/*", false), ("", false),
  ])
  func `a silence covers services, components, keys and patterns of keys`(match: String, covers: Bool) {
    let alert = Alert(
      id: 1, key: "drift:missing:web/api", severity: .critical, summary: "", service: "web", component: "api",
      since: .distantPast, lastSeen: .distantPast)
    let silence = Silence(
      id: 1, match: match, until: .distantFuture, reason: "", actor: .agent, createdAt: .distantPast)
    #expect(silence.covers(alert) == covers)
  }
}
