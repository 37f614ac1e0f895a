import Engine
import Foundation
import TestSupport
import Testing

@Suite struct PlannerTests {
  @Test func `a new service is pulled, created and started, networks first`() {
    let world = World()
    let plan = Planner.plan(world.input(world.record(["api": "h1"], network: "net")))
    #expect(
      plan.steps.map(\.planned.message) == [
        "make sure that network net exists", "pull img:api", "create web-api", "start web-api",
      ])
  }

  @Test func `an unchanged service that runs needs nothing`() {
    var world = World()
    world.add("api", hash: "h1", state: .running)
    #expect(Planner.plan(world.input(world.record(["api": "h1"]))).isEmpty)
  }

  @Test func `a changed component is created before the old one stops and renamed after it is gone`() {
    var world = World()
    let old = world.add("api", hash: "h1", state: .running)
    world.add("db", hash: "d1", state: .running)
    var input = world.input(world.record(["api": "h2", "db": "d1"], revision: 2))
    input.localImages = ["img:api"]
    let plan = Planner.plan(input)
    #expect(plan.prepare == [[.create(component: "api", name: "web-api.r2")]])
    #expect(
      plan.change == [
        [
          [
            .stop(component: "api", .existing(id: old, name: "web-api")),
            .start(component: "api", .created(name: "web-api.r2")),
          ]
        ]
      ])
    #expect(
      plan.cleanup == [
        [
          .remove(component: "api", .existing(id: old, name: "web-api")),
          .rename(component: "api", .created(name: "web-api.r2"), to: "web-api"),
        ]
      ])
    #expect(plan.changedComponents == ["api"])
  }

  @Test func `a component that left the definition is stopped and removed`() {
    var world = World()
    world.add("api", hash: "h1", state: .running)
    world.add("old", hash: "o1", state: .running)
    let plan = Planner.plan(world.input(world.record(["api": "h1"])))
    #expect(plan.steps.map(\.planned.message) == ["stop web-old", "remove web-old"])
  }

  @Test func `a stopped component is stopped and kept`() {
    var world = World()
    world.add("api", hash: "h1", state: .running)
    let plan = Planner.plan(world.input(world.record(["api": "h1"], desired: .stopped)))
    #expect(plan.steps.map(\.action) == ["stop"])
  }

  @Test func `a service nobody wants is removed with the network only it used`() {
    var world = World()
    world.add("api", hash: "h1", state: .exited(code: 1))
    var input = world.input(nil)
    input.networksBefore = ["net", "shared"]
    input.networksOfOthers = ["shared"]
    let plan = Planner.plan(input)
    #expect(plan.steps.map(\.planned.message) == ["remove web-api", "remove network net if nothing uses it"])
  }

  @Test func `an object that cannot be started is made anew`() {
    var world = World()
    let broken = world.add("api", hash: "h1", state: .exited(code: 1))
    var input = world.input(world.record(["api": "h1"]))
    input.broken = [broken]
    input.localImages = ["img:api"]
    #expect(Planner.plan(input).steps.map(\.action) == ["create", "start", "remove", "rename"])
  }

  @Test func `only the components asked for are touched`() {
    var world = World()
    world.add("api", hash: "h1", state: .stopped)
    world.add("db", hash: "d1", state: .stopped)
    var input = world.input(world.record(["api": "h1", "db": "d1"]))
    input.only = ["db"]
    #expect(Planner.plan(input).steps.map(\.planned.message) == ["start web-db"])
  }

  /// Cuts plans short at every point, plans again and finishes: the world ends as it should, whatever was
  /// there before, and no component's last running object is stopped before its successor exists.
  @Test(arguments: 0..<400)
  func `a plan that was cut short anywhere converges when it is made again`(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    var world = World.random(using: &random)
    let wanted = World.randomRecord(using: &random)
    let first = Planner.plan(world.input(wanted)).steps
    let cut = Int.random(in: 0...first.count, using: &random)
    for step in first.prefix(cut) { world.apply(step, wanted) }
    let second = Planner.plan(world.input(wanted)).steps
    for step in second { world.apply(step, wanted) }
    #expect(Planner.plan(world.input(wanted)).isEmpty)
    let up = world.instances.filter(\.state.isUp)
    for component in wanted?.components ?? [] {
      let own = up.filter { $0.labels.component == component.name }
      #expect(own.count == (component.desired == .running ? 1 : 0))
      if component.desired == .running {
        #expect(own.first?.labels.specHash == component.specHash)
        #expect(own.first?.name == "web-\(component.name)")
      }
    }
    let known = Set(wanted?.components.map(\.name) ?? [])
    #expect(world.instances.allSatisfy { known.contains($0.labels.component) })
    #expect(Set(world.instances.map(\.name)).count == world.instances.count)
  }
}

/// A world on which plans are carried out in memory.
struct World {
  var instances: [Instance] = []
  var nextID = 1

  func input(_ desired: ServiceRecord?) -> Planner.Input {
    Planner.Input(service: "web", desired: desired, instances: instances)
  }

  func record(
    _ hashes: KeyValuePairs<String, String>, revision: Int64 = 1, desired: DesiredState = .running,
    network: String? = nil
  ) -> ServiceRecord {
    let components = hashes.map { name, _ in
      var component = Component(name: name, image: "img:\(name)")
      component.network = network
      return component
    }
    return ServiceRecord(
      definition: ServiceDefinition(name: "web", components: components), revision: revision,
      updatedAt: Date(timeIntervalSince1970: 0), updatedBy: .agent,
      components: hashes.map { ComponentRecord(name: $0, desired: desired, specHash: $1, revision: revision) }
    )
  }

  @discardableResult
  mutating func add(
    _ component: String, hash: String, state: ObservedState, name: String? = nil, revision: Int64 = 1
  ) -> String {
    let id = "id\(nextID)"
    nextID += 1
    instances.append(
      Instance(
        id: id, name: name ?? "web-\(component)",
        labels: InstanceLabels(
          service: "web", component: component, revision: revision, specHash: hash, node: "n"),
        runtime: .container, state: state, image: "img:\(component)", imageID: "i"))
    return id
  }

  mutating func apply(_ step: Step, _ wanted: ServiceRecord?) {
    func index(_ reference: Step.Reference) -> Int? {
      instances.firstIndex { $0.name == reference.name }
    }
    switch step {
    case .ensureNetwork, .removeNetwork, .pull, .prove, .route, .drain: break
    case .create(let component, let name):
      let record = wanted?.components.first { $0.name == component }
      add(
        component, hash: record?.specHash ?? "", state: .stopped, name: name, revision: record?.revision ?? 0)
    case .stop(_, let reference):
      if let index = index(reference) { instances[index].state = .exited(code: 143) }
    case .start(_, let reference):
      if let index = index(reference) { instances[index].state = .running }
    case .remove(_, let reference):
      if let index = index(reference) { instances.remove(at: index) }
    case .rename(_, let reference, let name):
      if let index = index(reference) { instances[index].name = name }
    }
  }

  static func random(using random: inout SeededGenerator) -> World {
    var world = World()
    for component in ["a", "b", "c"] {
      var names = ["web-\(component)", "web-\(component).r2", "web-\(component).r1"].shuffled(using: &random)
      for _ in 0..<Int.random(in: 0...3, using: &random) {
        let states: [ObservedState] = [.running, .stopped, .exited(code: 1), .unhealthy]
        world.add(
          component, hash: "h\(Int.random(in: 1...2, using: &random))",
          state: states.randomElement(using: &random) ?? .running, name: names.removeLast(),
          revision: Int64.random(in: 1...2, using: &random))
      }
    }
    return world
  }

  static func randomRecord(using random: inout SeededGenerator) -> ServiceRecord? {
    if Int.random(in: 0..<6, using: &random) == 0 { return nil }
    var record = World().record(["a": "h1", "b": "h1", "c": "h1"], revision: 2)
    for index in record.components.indices {
      record.components[index].specHash = "h\(Int.random(in: 1...2, using: &random))"
      record.components[index].desired = Bool.random(using: &random) ? .running : .stopped
    }
    if Bool.random(using: &random) {
      record.components.removeLast()
      record.definition.components.removeLast()
    }
    return record
  }
}
