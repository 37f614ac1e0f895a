import Engine
import Foundation
import Testing

@testable import Shell

/// The keys and types that `docs/json.md` promises; they may grow and never shrink.
@Suite struct JSONShapeTests {
  /// The paths of everything in a document with their types, lists as `[]`.
  private func shape(_ value: Any, _ path: String = "") -> Set<String> {
    switch value {
    case let object as [String: Any]:
      object.reduce(into: []) { $0.formUnion(shape($1.value, path.isEmpty ? $1.key : "\(path).\($1.key)")) }
    case let list as [Any]:
      list.reduce(into: list.isEmpty ? ["\(path)[]"] : []) { $0.formUnion(shape($1, "\(path)[]")) }
    case let number as NSNumber:
      ["\(path):\(isBoolean(number) ? "boolean" : "number")"]
    default: ["\(path):string"]
    }
  }

  private func isBoolean(_ number: NSNumber) -> Bool { String(cString: number.objCType) == "c" }

  private func check(_ text: String, _ expected: [String]) throws {
    let document = try JSONSerialization.jsonObject(with: Data(text.utf8))
    #expect(shape(document).symmetricDifference(expected).sorted() == [])
  }

  @Test func `list`() async throws {
    try await withHarness(FakePlane { $0.services = [Sample.summary] }) { harness in
      try check(
        await harness.run("list", "--json").output,
        [
          "[].name:string", "[].node:string", "[].active:boolean", "[].components[]:string",
          "[].revision:number", "[].updated_at:string",
        ])
    }
  }

  @Test func `status`() async throws {
    let component = [
      "service:string", "component:string", "node:string", "runtime:string", "desired:string",
      "observed:string", "version:string", "image:string", "since:string", "restarts:number",
      "revision:number", "runtime_id:string", "pid:number", "ports[]:string", "ports[]",
    ]
    let info = [
      "name:string", "agent_version:string", "runtimes[]:string", "healthy:boolean", "started_at:string",
      "services:number", "components:number", "running:number",
    ]
    let event = [
      "id:number", "time:string", "actor.kind:string", "actor.name:string", "kind:string", "service:string",
      "message:string", "details.result:string", "details.imageID:string",
    ]
    let drift = ["kind:string", "service:string", "component:string", "message:string"]
    try await withHarness(FakePlane { $0.status = Sample.report }) { harness in
      try check(
        await harness.run("status", "--json").output,
        info.map { "[].node.\($0)" } + component.map { "[].components[].\($0)" }
          + drift.map { "[].drift[].\($0)" } + event.map { "[].events[].\($0)" } + ["[].operations[]:string"])
    }
  }

  @Test func `node list and version`() async throws {
    let moon = FakePlane { $0.failure = EngineError(.unavailable, "no answer") }
    try await withHarness(nodes: [("rift", FakePlane()), ("moon", moon)]) { harness in
      try check(
        await harness.run("node", "list", "--json").output,
        [
          "[].name:string", "[].address:string", "[].reachable:boolean", "[].info.name:string",
          "[].info.agent_version:string", "[].info.runtimes[]:string", "[].info.healthy:boolean",
          "[].info.started_at:string", "[].info.services:number", "[].info.components:number",
          "[].info.running:number", "[].error.code:string", "[].error.message:string", "[].error.details[]",
        ])
      try check(
        await harness.run("version", "--json").output,
        [
          "client:string", "agents[].node:string", "agents[].version:string", "agents[].error.code:string",
          "agents[].error.message:string", "agents[].error.details[]",
        ])
    }
  }

  @Test func `doctor, sync and service export`() async throws {
    let plane = FakePlane {
      $0.findings = [
        DoctorFinding(level: .warning, check: "space", message: "little", remedy: "remove images")
      ]
      $0.sync = SyncResult(
        results: [Sample.plan], failures: [EngineError(.conflict, "taken", service: "mail")])
      $0.record = Sample.record
    }
    try await withHarness(plane) { harness in
      try harness.define("web")
      try check(
        await harness.run("doctor", "--json").output,
        ["[].node:string", "[].level:string", "[].check:string", "[].message:string", "[].remedy:string"])
      try check(
        await harness.run("sync", "--json").output,
        [
          "results[].service:string", "results[].node:string", "results[].primitive:string",
          "results[].changed:boolean", "results[].changes[]", "results[].planned:boolean",
          "results[].revision:number",
          "results[].steps[].component:string", "results[].steps[].action:string",
          "results[].steps[].message:string", "results[].warnings[]", "results[].message:string",
          "failures[].code:string", "failures[].message:string", "failures[].service:string",
          "failures[].node:string", "failures[].details[]",
        ])
      try check(
        await harness.run("service", "export", "web", "--force", "--json").output,
        ["service:string", "path:string", "changed:boolean"])
    }
  }

  @Test func `service show`() async throws {
    let component = [
      "name:string", "image:string", "runtime:string", "restart:string", "ports[]:string", "ports[]",
      "volumes[]", "cmd[]", "env.LOG_LEVEL:string", "env.dbPassword.secret:string", "depends_on[]",
      "health.type:string", "health.port:number", "health.path:string", "health.command[]",
      "health.interval_ms:number", "health.timeout_ms:number", "health.retries:number",
      "health.start_period_ms:number", "routes[]", "allow_latest:boolean", "heal:boolean",
      "pull:string", "secrets[]",
    ]
    try await withHarness(FakePlane { $0.record = Sample.record }) { harness in
      try check(
        await harness.run("service", "show", "web", "--json").output,
        [
          "name:string", "revision:number", "updated_at:string", "updated_by.kind:string",
          "updated_by.name:string", "components[].name:string", "components[].desired:string",
          "components[].spec_hash:string", "components[].revision:number", "definition.name:string",
          "definition.node:string", "definition.active:boolean",
        ] + component.map { "definition.components[].\($0)" })
    }
  }
}
