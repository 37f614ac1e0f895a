import Engine
import Testing

/// Where only routes lead to a component, a new version works beside the old one.
@Suite struct RoutePlanTests {
  private static func record(_ hash: String, ports: [PortMapping] = []) -> ServiceRecord {
    var record = World().record(["api": hash], revision: 2)
    record.definition.components[0].routes = [Route(name: "", port: 8080)]
    record.definition.components[0].ports = ports
    return record
  }

  private static func steps(_ world: World, _ record: ServiceRecord) -> [String] {
    Planner.plan(world.input(record)).steps.map(\.planned.message)
  }

  private static func running(_ hash: String, _ state: ObservedState = .running) -> World {
    var world = World()
    world.add("api", hash: hash, state: state)
    return world
  }

  @Test func `the old version runs until the routes lead to the new one`() {
    #expect(
      Self.steps(Self.running("h1"), Self.record("h2")) == [
        "pull img:api", "create web-api.r2", "start web-api.r2", "wait until web-api.r2 works",
        "lead the routes to web-api.r2", "let the connections to web-api end", "stop web-api",
        "remove web-api", "rename web-api.r2 to web-api",
      ])
  }

  @Test func `with a published port the old version stops first`() {
    let record = Self.record("h2", ports: [PortMapping(hostPort: 1, containerPort: 1)])
    #expect(
      Self.steps(Self.running("h1"), record) == [
        "pull img:api", "create web-api.r2", "stop web-api", "start web-api.r2",
        "wait until web-api.r2 works", "lead the routes to web-api.r2", "remove web-api",
        "rename web-api.r2 to web-api",
      ])
  }

  @Test func `what an interrupted switch left is finished without touching what serves`() {
    var world = Self.running("h1")
    world.add("api", hash: "h2", state: .running, name: "web-api.r2", revision: 2)
    #expect(
      Self.steps(world, Self.record("h2")) == [
        "lead the routes to web-api.r2", "let the connections to web-api end", "stop web-api",
        "remove web-api", "rename web-api.r2 to web-api",
      ])
  }

  @Test func `going back leads the routes to the old version before the new one ends`() {
    var world = Self.running("h1")
    world.add("api", hash: "h2", state: .running, name: "web-api.r2", revision: 2)
    var input = world.input(Self.record("h1"))
    input.discards = true
    #expect(
      Planner.plan(input).steps.map(\.planned.message) == [
        "lead the routes to web-api", "let the connections to web-api.r2 end", "stop web-api.r2",
        "remove web-api.r2",
      ])
  }

  @Test func `what runs as it should is left alone`() {
    #expect(Self.steps(Self.running("h1"), Self.record("h1")).isEmpty)
    #expect(
      Self.steps(Self.running("h1", .exited(code: 1)), Self.record("h1")) == [
        "start web-api", "wait until web-api works", "lead the routes to web-api",
      ])
  }
}
