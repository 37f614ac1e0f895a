internal import Engine
internal import Foundation
internal import Testing

@Suite struct DesiredStateTests {
  @Test func `a first definition is revision 1 and each change the next`() async throws {
    try await RegistryFixture.with { _, registry in
      var definition = ServiceDefinition.sample("web", ["api", "db"])
      let first = try #require(try await registry.deploy(definition))
      #expect(first.revision == 1)
      #expect(first.updatedBy == RegistryFixture.alice.actor)
      #expect(first.components.map(\.revision) == [1, 1])
      #expect(first.components.map(\.desired) == [.running, .running])

      definition.components[1].command = ["postgres"]
      let second = try #require(try await registry.deploy(definition))
      #expect(second.revision == 2)
      #expect(second.components.map(\.revision) == [1, 2])

      // Health does not reach the runtime object: a new revision, and no component changes.
      definition.components[0].health = HealthCheck(kind: .tcp, port: 80)
      let third = try #require(try await registry.deploy(definition))
      #expect(third.revision == 3)
      #expect(third.components.map(\.revision) == [1, 2])
      #expect(try await registry.service("web") == third)
      #expect(try await registry.services() == [third])
      #expect(try await registry.revisions(of: "web").map(\.revision) == [3, 2, 1])
      #expect(try await registry.revisions(of: "web").map(\.outcome) == [.deployed, .deployed, .deployed])
    }
  }

  @Test func `an identical definition keeps its revision and sets desired states`() async throws {
    try await RegistryFixture.with { _, registry in
      let definition = ServiceDefinition.sample("web", ["api", "db"])
      let first = try #require(try await registry.deploy(definition))
      let again = try await registry.begin(
        "deploy", "web",
        .define(definition, desired: ["db": .stopped], specHashes: definition.specHashes))
      var expected = first
      expected.components[1].desired = .stopped
      #expect(again.after == expected)
      _ = try await registry.finish(operation: again.id, outcome: .done, events: [])
      #expect(try await registry.service("web") == expected)
      #expect(try await registry.revisions(of: "web").count == 1)
      // Who says nothing about a desired state keeps it.
      #expect(try await registry.deploy(definition) == expected)
    }
  }

  @Test func `a new way to hash gives a new revision`() async throws {
    try await RegistryFixture.with { _, registry in
      let definition = ServiceDefinition.sample("web")
      try await registry.deploy(definition)
      let next = try await registry.begin(
        "deploy", "web", .define(definition, desired: [:], specHashes: ["api": "other"]))
      #expect(next.after?.revision == 2)
      #expect(next.after?.components.map(\.revision) == [2])
    }
  }

  @Test func `an undone change leaves the state before it and a failed revision`() async throws {
    try await RegistryFixture.with { fixture, registry in
      var definition = ServiceDefinition.complete
      try await registry.deploy(definition)
      let stop = try await registry.begin("stop", "complete", .desire(["api": .running]))
      _ = try await registry.finish(operation: stop.id, outcome: .done, events: [])
      let before = try #require(try await registry.service("complete"))
      let dump = try desiredTables(registry)

      definition.active = true
      definition.components.remove(at: 1)
      definition.components[0].ports = [PortMapping(hostPort: 1, containerPort: 2)]
      definition.components[0].dependsOn = []
      definition.components.append(Component(name: "extra", image: "x:1"))
      let bad = try await registry.begin("deploy", "complete", definition.change)
      #expect(bad.before == before)
      #expect(try await registry.service("complete") == bad.after)
      try registry.close()

      let again = try fixture.open()
      _ = try await again.finish(operation: bad.id, outcome: .undone, events: [])
      #expect(try await again.service("complete") == before)
      #expect(try desiredTables(again) == dump)
      #expect(try await again.revisions(of: "complete").map(\.outcome) == [.failed, .deployed])
      // The number of the failed revision is not used again.
      #expect(try await again.deploy(definition)?.revision == 3)
      try again.check()
      try again.close()
    }
  }

  @Test func `an undone first deploy leaves nothing but its events`() async throws {
    try await RegistryFixture.with { _, registry in
      let empty = try allTables(registry)
      let operation = try await registry.begin("deploy", "complete", ServiceDefinition.complete.change)
      try await registry.saveObserved([
        ObservedRecord(service: "complete", component: "api", state: .running, observedAt: Date())
      ])
      let event = Event(time: Date(), actor: .agent, service: "complete", kind: "deploy", message: "failed")
      _ = try await registry.finish(operation: operation.id, outcome: .undone, events: [event])
      #expect(try await registry.service("complete") == nil)
      #expect(try await registry.events(EventQuery()).count == 1)
      #expect(try allTables(registry) == empty)
    }
  }

  @Test func `a failed operation can keep what was desired`() async throws {
    try await RegistryFixture.with { _, registry in
      try await registry.deploy(.sample("web"))
      let stop = try await registry.begin("stop", "web", .desire(["api": .stopped]))
      _ = try await registry.finish(operation: stop.id, outcome: .kept, events: [])
      #expect(try await registry.service("web")?.components.map(\.desired) == [.stopped])
      let change = try await registry.begin("deploy", "web", ServiceDefinition.sample("web", ["new"]).change)
      _ = try await registry.finish(operation: change.id, outcome: .kept, events: [])
      #expect(try await registry.service("web")?.revision == 2)
      #expect(try await registry.revisions(of: "web").map(\.outcome) == [.incomplete, .deployed])
      try await registry.deploy(.sample("web", ["new"]))
      #expect(try await registry.revisions(of: "web").map(\.outcome) == [.deployed, .deployed])
    }
  }

  @Test func `a stop that is undone runs again`() async throws {
    try await RegistryFixture.with { _, registry in
      let before = try await registry.deploy(.sample("web", ["api", "db"]))
      let stop = try await registry.begin("stop", "web", .desire(["db": .stopped]))
      #expect(stop.after?.components.map(\.desired) == [.running, .stopped])
      _ = try await registry.finish(operation: stop.id, outcome: .undone, events: [])
      #expect(try await registry.service("web") == before)
    }
  }

  @Test func `a removal hides the service at once and deletes it when it is done`() async throws {
    try await RegistryFixture.with { _, registry in
      let empty = try allTables(registry)
      try await registry.deploy(.complete)
      try await registry.saveObserved([
        ObservedRecord(service: "complete", component: "vm", state: .exited(code: 1), observedAt: Date())
      ])
      let removal = try await registry.begin("undeploy", "complete", .remove)
      #expect(removal.removing)
      #expect(removal.after == nil)
      #expect(removal.before?.definition == .complete)
      #expect(try await registry.services().isEmpty)
      #expect(try await registry.service("complete") == nil)
      #expect(try await registry.removing().map(\.definition) == [.complete])
      #expect(try await registry.unfinishedOperations() == [removal])
      #expect(try await registry.portClaims().count == 5)
      let event = Event(time: Date(), actor: .agent, service: "complete", kind: "undeploy", message: "gone")
      _ = try await registry.finish(operation: removal.id, outcome: .done, events: [event])
      #expect(try allTables(registry) == empty)
      #expect(try await registry.events(EventQuery(service: "complete")).count == 1)
      #expect(try await registry.deploy(.complete)?.revision == 1)
    }
  }

  @Test func `a removal can be undone, left half-way, taken up again, or overtaken`() async throws {
    try await RegistryFixture.with { _, registry in
      let before = try await registry.deploy(.sample("web"))
      func remove(_ outcome: OperationOutcome) async throws {
        let id = try await registry.begin("undeploy", "web", .remove).id
        _ = try await registry.finish(operation: id, outcome: outcome, events: [])
      }
      try await remove(.undone)
      #expect(try await registry.service("web") == before)
      try await remove(.kept)
      #expect(try await registry.services().isEmpty)
      #expect(try await registry.removing() == [before].compactMap { $0 })
      let stop = await engineError { _ = try await registry.begin("stop", "web", .desire([:])) }
      #expect(stop?.code == .failedPrecondition)
      // Undone, the state is that before the operation: being removed.
      try await remove(.undone)
      #expect(try await registry.services().isEmpty)
      let failed = try await registry.begin("deploy", "web", ServiceDefinition.sample("web", ["b"]).change)
      #expect(try await registry.service("web") == failed.after)
      _ = try await registry.finish(operation: failed.id, outcome: .undone, events: [])
      #expect(try await registry.services().isEmpty)
      #expect(try await registry.removing() == [before].compactMap { $0 })
      try await registry.deploy(.sample("web"))
      #expect(try await registry.service("web") == before)
      #expect(try await registry.removing().isEmpty)
      try await remove(.done)
      #expect(try await registry.removing().isEmpty)
    }
  }

  @Test func `definitions that cannot be stored are refused as a whole`() async throws {
    try await RegistryFixture.with { _, registry in
      var twice = ServiceDefinition.sample("web", ["api", "api"])
      var zero = ServiceDefinition.sample("web")
      zero.components[0].command = ["a\0b"]
      var port = ServiceDefinition.sample("web")
      port.components[0].ports = [PortMapping(hostPort: 70_000, containerPort: 1)]
      let none = ServiceDefinition.sample("web", [])
      let hashes = ["api": "x"]
      for definition in [twice, zero, port, none] {
        let error = await engineError {
          _ = try await registry.begin(
            "deploy", "web",
            .define(definition, desired: [:], specHashes: definition.components.isEmpty ? [:] : hashes))
        }
        #expect(error?.code == .invalidArgument, "\(String(describing: error))")
      }
      twice = .sample("web")
      let missing = await engineError {
        _ = try await registry.begin("deploy", "web", .define(twice, desired: [:], specHashes: [:]))
      }
      #expect(missing?.component == "api")
      let services = try await registry.services()
      #expect(services.isEmpty)
      #expect(try await registry.unfinishedOperations().isEmpty)
    }
  }

  @Test func `old revisions go and their numbers stay used`() async throws {
    try await RegistryFixture.with { _, registry in
      var definition = ServiceDefinition.sample("web")
      try await registry.deploy(definition)
      for attempt in 1...130 {
        definition.components[0].command = ["\(attempt)"]
        let operation = try await registry.begin("deploy", "web", definition.change)
        _ = try await registry.finish(operation: operation.id, outcome: .undone, events: [])
      }
      let revisions = try await registry.revisions(of: "web").map(\.revision)
      #expect(revisions == Array((32...131).reversed()) + [1])
      #expect(try await registry.service("web")?.revision == 1)
      #expect(try await registry.deploy(definition)?.revision == 132)
    }
  }
}

private let desired = [
  "services", "components", "component_ports", "component_volumes", "component_env",
]

private func desiredTables(_ registry: Registry) throws -> [String] {
  try desired.flatMap { try RegistryFixture.sql(registry, "SELECT * FROM \($0) ORDER BY 1, 2, 3") }
}

private func allTables(_ registry: Registry) throws -> [String] {
  let rest = ["revisions", "observed_state", "operations", "operation_steps"]
  return try (desired + rest).flatMap { try RegistryFixture.sql(registry, "SELECT * FROM \($0)") }
}
