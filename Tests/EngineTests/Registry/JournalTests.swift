internal import Engine
internal import Foundation
internal import Testing

@Suite struct JournalTests {
  private let pull = PlannedStep(component: "api", action: "pull", message: "pull the image")
  private let create = PlannedStep(component: "api", action: "create", message: "create web-api")

  @Test func `an operation survives until it is finished, with its steps`() async throws {
    try await RegistryFixture.with { fixture, registry in
      let begun = try await registry.begin("deploy", "web", ServiceDefinition.sample("web").change)
      try await registry.stepStarted(operation: begun.id, sequence: 0, step: pull)
      try await registry.stepFinished(operation: begun.id, sequence: 0, outcome: .done, runtimeID: nil)
      try await registry.stepStarted(operation: begun.id, sequence: 1, step: create)
      try registry.close()

      let again = try fixture.open()
      let found = try #require(try await again.unfinishedOperations().first)
      var expected = begun
      expected.steps = found.steps
      #expect(found == expected)
      #expect(found.caller == RegistryFixture.alice)
      #expect(found.startedAt == RegistryFixture.start)
      #expect(found.before == nil)
      #expect(found.after == begun.after)
      #expect(found.steps.map(\.step) == [pull, create])
      #expect(found.steps.map(\.outcome) == [.done, nil])
      #expect(found.steps.map(\.finishedAt) == [RegistryFixture.start, nil])

      let event = Event(time: Date(), actor: .agent, service: "web", kind: "deploy", message: "done")
      let events = try await again.finish(operation: begun.id, outcome: .done, events: [event])
      #expect(events.map(\.id) == [1])
      #expect(try await again.unfinishedOperations().isEmpty)
      #expect(try await again.events(EventQuery()) == events)
      #expect(try RegistryFixture.sql(again, "SELECT count(*) FROM operation_steps") == ["0"])
      try again.close()
    }
  }

  @Test func `a step can fail, run again, and be undone without losing its object`() async throws {
    try await RegistryFixture.with { _, registry in
      let id = try await registry.begin("deploy", "web", ServiceDefinition.sample("web").change).id
      func step() async throws -> StepRecord? { try await registry.unfinishedOperations().first?.steps.first }
      try await registry.stepStarted(operation: id, sequence: 3, step: create)
      try await registry.stepFinished(
        operation: id, sequence: 3, outcome: .failed("no\0 room"), runtimeID: "abc")
      #expect(try await step()?.outcome == .failed("no\u{FFFD} room"))
      try await registry.stepStarted(operation: id, sequence: 3, step: create)
      #expect(try await step()?.outcome == nil)
      #expect(try await step()?.runtimeID == "abc")
      try await registry.stepFinished(operation: id, sequence: 3, outcome: .done, runtimeID: nil)
      try await registry.stepFinished(operation: id, sequence: 3, outcome: .undone, runtimeID: nil)
      #expect(try await step()?.outcome == .undone)
      #expect(try await step()?.runtimeID == "abc")
    }
  }

  @Test func `what the journal does not know is not found`() async throws {
    try await RegistryFixture.with { _, registry in
      let id = try await registry.begin("deploy", "web", ServiceDefinition.sample("web").change).id
      let codes = [
        await engineError { try await registry.stepStarted(operation: 99, sequence: 0, step: pull) }?.code,
        await engineError {
          try await registry.stepFinished(operation: id, sequence: 5, outcome: .done, runtimeID: nil)
        }?.code,
        await engineError { _ = try await registry.finish(operation: 99, outcome: .done, events: []) }?.code,
      ]
      #expect(codes == [.notFound, .notFound, .notFound])
      let event = Event(time: Date(), actor: .agent, kind: "deploy", message: "twice")
      _ = try await registry.finish(operation: id, outcome: .done, events: [event])
      let twice = await engineError {
        _ = try await registry.finish(operation: id, outcome: .done, events: [event])
      }
      #expect(twice?.code == .notFound)
      #expect(try await registry.events(EventQuery()).count == 1)
    }
  }

  @Test func `a service takes one operation at a time and others go on`() async throws {
    try await RegistryFixture.with { _, registry in
      try await registry.deploy(.sample("web"))
      let first = try await registry.begin("stop", "web", .desire(["api": .stopped]))
      let error = await engineError { _ = try await registry.begin("restart", "web", .none) }
      #expect(error?.code == .conflict)
      #expect(error?.message.contains("stop by user:alice") == true)
      #expect(error?.service == "web")
      let other = try await registry.begin("deploy", "shop", ServiceDefinition.sample("shop").change)
      #expect(try await registry.unfinishedOperations().map(\.id) == [first.id, other.id])
      _ = try await registry.finish(operation: first.id, outcome: .done, events: [])
      let next = try await registry.begin("restart", "web", .none)
      #expect(next.id > other.id)
      #expect(next.before == next.after)
    }
  }

  @Test(arguments: [
    DesiredChange.none, .desire(["api": .stopped]), .remove,
  ])
  func `an unknown service is not found`(change: DesiredChange) async throws {
    try await RegistryFixture.with { _, registry in
      let error = await engineError { _ = try await registry.begin("stop", "web", change) }
      #expect(error?.code == .notFound)
      #expect(error?.message.contains("web") == true)
      #expect(error?.service == "web")
      let operations = try await registry.unfinishedOperations()
      #expect(operations.isEmpty)
    }
  }

  @Test func `an unknown component is not found and nothing changes`() async throws {
    try await RegistryFixture.with { _, registry in
      try await registry.deploy(.sample("web", ["api", "db"]))
      let error = await engineError {
        _ = try await registry.begin("stop", "web", .desire(["api": .stopped, "cache": .stopped]))
      }
      #expect(error?.code == .notFound)
      #expect(error?.component == "cache")
      #expect(try await registry.service("web")?.components.map(\.desired) == [.running, .running])
    }
  }
}
