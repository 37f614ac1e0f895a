import Engine
import Testing

@testable import Shell

@Suite struct SyncTests {
  private func result(_ service: String, _ primitive: String = "deploy", planned: Bool = false)
    -> OperationResult
  {
    OperationResult(
      service: service, primitive: primitive, revision: 1, changed: true, planned: planned,
      message: "\(service): \(primitive)ed")
  }

  @Test func `every node gets its own definitions`() async throws {
    let rift = FakePlane { $0.sync.results = [self.result("web")] }
    let moon = FakePlane { $0.sync.results = [self.result("mail")] }
    try await withHarness(nodes: [("rift", rift), ("moon", moon)]) { harness in
      try harness.define("web", node: "rift")
      try harness.define("mail", node: "moon")
      let outcome = await harness.run("sync")
      #expect(outcome.status == 0)
      #expect(rift.calls.syncs.first?.definitions.map(\.name) == ["web"])
      #expect(moon.calls.syncs.first?.definitions.map(\.name) == ["mail"])
      #expect(Set(outcome.output.split(separator: "\n")) == ["web: deployed", "mail: deployed"])
      _ = await harness.run("sync", "--node", "moon")
      #expect(rift.calls.syncs.count == 1)
      #expect(moon.calls.syncs.count == 2)
    }
  }

  @Test func `a service that fails is reported beside those that do not`() async throws {
    let plane = FakePlane {
      $0.sync = SyncResult(
        results: [self.result("web")], failures: [EngineError(.conflict, "port 80 is taken", service: "mail")]
      )
    }
    try await withHarness(plane) { harness in
      try harness.define("web")
      let outcome = await harness.run("sync")
      #expect(outcome.status == 1)
      #expect(outcome.output == "web: deployed\n")
      #expect(outcome.errors == "error: port 80 is taken\n")
      let json = await harness.run("sync", "--json")
      #expect(json.status == 1)
      #expect(json.output.contains("\"failures\": [\n    {\n      \"code\": \"conflict\""))
    }
  }

  @Test func `a file with a mistake stops a sync before anything is changed`() async throws {
    let plane = FakePlane()
    try await withHarness(plane) { harness in
      try harness.define("web")
      try harness.define("mail", "name = \"mail\"\n")
      #expect(await harness.run("sync").status == 1)
      #expect(plane.calls.syncs.isEmpty)
    }
  }

  @Test func `prune wants a yes, and asks on a terminal only where something goes`() async throws {
    let plane = FakePlane { $0.syncPlan.results = [self.result("old", "undeploy", planned: true)] }
    try await withHarness(plane) { harness in
      try harness.define("web")
      #expect(await harness.run("sync", "--prune").status == 2)
      #expect(plane.calls.syncs.isEmpty)
      #expect(await harness.run("sync", "--prune", "--plan").status == 0)
      #expect(await harness.run("sync", "--prune", "--yes").status == 0)
      #expect(plane.calls.syncs.map(\.planOnly) == [true, false])
      #expect(plane.calls.syncs.allSatisfy { $0.prune })
    }
    try await withHarness(plane, terminal: true, answers: ["no"]) { harness in
      try harness.define("web")
      let declined = await harness.run("sync", "--prune")
      #expect(declined.status == 1)
      #expect(declined.errors.contains("undeploy old? [y/N] "))
    }
    let keeping = FakePlane()
    try await withHarness(keeping, terminal: true) { harness in
      try harness.define("web")
      #expect(await harness.run("sync", "--prune").status == 0)
      #expect(keeping.calls.syncs.map(\.planOnly) == [true, false])
    }
  }

  @Test func `prune reaches nodes without definitions and refuses an empty directory`() async throws {
    let (rift, moon) = (FakePlane(), FakePlane())
    try await withHarness(nodes: [("rift", rift), ("moon", moon)]) { harness in
      let empty = await harness.run("sync", "--prune", "--yes")
      #expect(empty.status == 1)
      #expect(empty.errors.contains("would undeploy every service"))
      try harness.define("web", node: "rift")
      #expect(await harness.run("sync", "--prune", "--yes").status == 0)
      #expect(moon.calls.syncs.first?.definitions == [])
    }
  }
}
