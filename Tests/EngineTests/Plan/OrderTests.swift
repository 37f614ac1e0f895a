import Engine
import Foundation
import Testing

/// The order in which the components of a service are changed, and what is asked of them on the way.
@Suite struct OrderTests {
  /// `api` needs `db` and `cache`, `web` needs `api`.
  private static func record(
    _ hash: String, desired: DesiredState = .running, checked: Set<String> = []
  ) -> ServiceRecord {
    var record = World().record(["web": hash, "api": hash, "db": hash, "cache": hash], desired: desired)
    for index in record.definition.components.indices {
      let name = record.definition.components[index].name
      record.definition.components[index].dependsOn = ["web": ["api"], "api": ["db", "cache"]][name] ?? []
      if checked.contains(name) {
        record.definition.components[index].health = HealthCheck(kind: .exec, command: ["/check"])
      }
    }
    return record
  }

  private static func running(_ hash: String) -> World {
    var world = World()
    for name in ["web", "api", "db", "cache"] { world.add(name, hash: hash, state: .running) }
    return world
  }

  /// The components of each wave.
  private static func waves(_ plan: ServicePlan) -> [Set<String>] {
    plan.change.map { Set($0.compactMap(\.first?.component)) }
  }

  @Test func `components start after those that they depend on`() {
    let plan = Planner.plan(World().input(Self.record("h1")))
    #expect(Self.waves(plan) == [["db", "cache"], ["api"], ["web"]])
  }

  @Test func `components stop before those that they depend on`() {
    let plan = Planner.plan(Self.running("h1").input(Self.record("h1", desired: .stopped)))
    #expect(Self.waves(plan) == [["web"], ["api"], ["db", "cache"]])
  }

  @Test func `what goes away stops in the order of the definition that it had`() {
    var input = Self.running("h1").input(nil)
    input.previous = Self.record("h1").definition
    #expect(Self.waves(Planner.plan(input)) == [["web"], ["api"], ["db", "cache"]])
  }

  @Test func `a component with a health check is proven before its dependents start`() throws {
    let plan = Planner.plan(World().input(Self.record("h1", checked: ["db"])))
    let steps = plan.steps.map(\.planned.message)
    let proof = try #require(steps.firstIndex(of: "wait until web-db works"))
    #expect(try #require(steps.firstIndex(of: "start web-api")) > proof)
    #expect(steps.filter { $0.hasPrefix("wait until") }.count == 1)
  }

  @Test func `what others wait for is proven although nothing about it changes`() {
    var world = World()
    world.add("db", hash: "h1", state: .running)
    let steps = Planner.plan(world.input(Self.record("h1", checked: ["db"]))).steps.map(\.planned.message)
    #expect(steps.contains("wait until web-db works"))
    #expect(!steps.contains("start web-db"))
    #expect(!Planner.plan(world.input(Self.record("h1", checked: ["db"]))).changedComponents.contains("db"))
  }

  @Test func `going back waits only for what others depend on`() {
    var input = World().input(Self.record("h1", checked: ["db", "web"]))
    input.discards = true
    let steps = Planner.plan(input).steps.map(\.planned.message).filter { $0.hasPrefix("wait until") }
    #expect(steps == ["wait until web-db works"])
  }

  @Test func `a deploy that settles proves everything that it starts and nothing else`() {
    var world = Self.running("h1")
    world.instances.removeAll { $0.labels.component == "api" }
    var input = world.input(Self.record("h1"))
    input.settles = true
    #expect(
      Planner.plan(input).steps.map(\.planned.message) == [
        "pull img:api", "create web-api", "start web-api", "wait until web-api works",
      ])
  }

  @Test func `what has not shown yet that it works is asked again`() {
    var input = Self.running("h1").input(Self.record("h1"))
    input.settles = true
    input.unproven = ["api"]
    #expect(Planner.plan(input).steps.map(\.planned.message) == ["wait until web-api works"])
  }
}
