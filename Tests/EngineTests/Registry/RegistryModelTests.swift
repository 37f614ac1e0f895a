internal import Engine
internal import Foundation
internal import Testing

/// Random operations on a registry and on a model of it, which must agree after each of them.
@Suite struct RegistryModelTests {
  private struct Model {
    struct Operation {
      var record: OperationRecord
      var beforeRemoving: Bool
    }
    var services: [String: ServiceRecord] = [:]
    var removing: Set<String> = []
    var operations: [String: Operation] = [:]
    var lastRevision: [String: Int64] = [:]
    var events = 0

    func claims(except name: String) -> [PortMapping] {
      let held = services.values.map(\.definition) + operations.values.compactMap(\.record.before?.definition)
      return held.filter { $0.name != name }.flatMap { $0.components.flatMap(\.ports) }
    }
  }

  private static let names = ["a", "b", "c", "d"]

  @Test(arguments: 0..<24)
  func `a registry does what its model does`(seed: Int) async throws {
    try await RegistryFixture.with { fixture, first in
      var registry = first
      var random = SplitMix(seed: UInt64(seed))
      var model = Model()
      for _ in 0..<120 {
        switch Int.random(in: 0..<10, using: &random) {
        case 0..<6: try await begin(registry, &model, &random)
        case 6..<9: try await finish(registry, &model, &random)
        default:
          try registry.close()
          registry = try fixture.open()
        }
        try await expect(registry, model)
      }
      try registry.check()
      try registry.close()
    }
  }

  private func begin(_ registry: Registry, _ model: inout Model, _ random: inout SplitMix) async throws {
    let name = try #require(Self.names.randomElement(using: &random))
    let before = model.services[name]
    var expected = before
    var code: EngineError.Code? = model.operations[name] == nil ? nil : .conflict
    let change: DesiredChange
    var removing = false
    switch Int.random(in: 0..<8, using: &random) {
    case 0..<4:
      let definition = definition(name, &random)
      change = definition.change
      let ports = definition.components.flatMap(\.ports)
      let collides = ports.contains { port in model.claims(except: name).contains { $0.collides(with: port) }
      }
      if collides { code = code ?? .conflict }
      if before?.definition != definition {
        let revision = model.lastRevision[name, default: 0] + 1
        expected = ServiceRecord(
          definition: definition, revision: revision, updatedAt: RegistryFixture.start,
          updatedBy: RegistryFixture.alice.actor,
          components: definition.components.map { component in
            let old = before?.components.first { $0.name == component.name }
            let hash = SpecHash.of(component, in: name)
            return ComponentRecord(
              name: component.name, desired: old?.desired ?? .running, specHash: hash,
              revision: old.flatMap { $0.specHash == hash ? $0.revision : nil } ?? revision)
          })
      }
    case 4..<6:
      let state: DesiredState = Bool.random(using: &random) ? .running : .stopped
      let component = before?.components.randomElement(using: &random)?.name ?? "c0"
      change = .desire([component: state])
      if let index = expected?.components.firstIndex(where: { $0.name == component }) {
        expected?.components[index].desired = state
      }
    case 6:
      change = .none
    default:
      change = .remove
      removing = true
    }
    if change.kind != .define, before == nil { code = code ?? .notFound }
    if change.kind == .desire || change.kind == .none, model.removing.contains(name) {
      code = code ?? .failedPrecondition
    }
    do {
      let record = try await registry.begin("x", name, change)
      #expect(code == nil)
      #expect(record.before == before)
      #expect(record.after == (removing ? nil : expected))
      model.operations[name] = .init(record: record, beforeRemoving: model.removing.contains(name))
      model.services[name] = expected
      if removing { model.removing.insert(name) } else { model.removing.remove(name) }
      let revision = expected?.revision ?? 0
      model.lastRevision[name] = max(model.lastRevision[name, default: 0], revision)
    } catch let error as EngineError {
      #expect(error.code == code)
    }
  }

  private func finish(_ registry: Registry, _ model: inout Model, _ random: inout SplitMix) async throws {
    guard
      let name = model.operations.keys.sorted().randomElement(using: &random),
      let operation = model.operations.removeValue(forKey: name),
      let outcome = OperationOutcome.allCases.randomElement(using: &random)
    else { return }
    let event = Event(time: RegistryFixture.start, actor: .agent, service: name, kind: "x", message: "y")
    _ = try await registry.finish(operation: operation.record.id, outcome: outcome, events: [event])
    model.events += 1
    if outcome == .undone {
      model.services[name] = operation.record.before
      if operation.beforeRemoving { model.removing.insert(name) } else { model.removing.remove(name) }
    } else if outcome == .done, operation.record.removing {
      model.services[name] = nil
      model.removing.remove(name)
    }
    if model.services[name] == nil { model.lastRevision[name] = nil }
  }

  private func expect(_ registry: Registry, _ model: Model) async throws {
    let all = model.services.values.sorted { $0.definition.name < $1.definition.name }
    #expect(try await registry.services() == all.filter { !model.removing.contains($0.definition.name) })
    #expect(try await registry.removing() == all.filter { model.removing.contains($0.definition.name) })
    #expect(
      try await registry.unfinishedOperations()
        == model.operations.values.map(\.record).sorted { $0.id < $1.id })
    #expect(try await registry.events(EventQuery()).count == model.events)
    for name in Self.names {
      #expect(
        try await registry.revisions(of: name).map(\.revision)
          == Array((0..<model.lastRevision[name, default: 0]).map { $0 + 1 }.reversed()))
    }
  }

  private func definition(_ name: String, _ random: inout SplitMix) -> ServiceDefinition {
    let count = Int.random(in: 1...3, using: &random)
    var definition = ServiceDefinition.sample(name, (0..<count).map { "c\($0)" })
    for index in definition.components.indices {
      if Bool.random(using: &random) { definition.components[index].command = ["x"] }
      guard Int.random(in: 0..<3, using: &random) == 0 else { continue }
      let address: String? = Bool.random(using: &random) ? nil : "127.0.0.1"
      let port = 80 + index + 3 * Int.random(in: 0..<3, using: &random)
      definition.components[index].ports = [
        PortMapping(hostIP: address, hostPort: port, containerPort: 80)
      ]
    }
    return definition
  }
}
