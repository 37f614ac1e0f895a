internal import Engine
internal import Foundation
internal import Testing

@Suite struct ObservedStateTests {
  private func row(_ component: String, _ state: ObservedState, service: String = "web") -> ObservedRecord {
    ObservedRecord(
      service: service, component: component, state: state, since: RegistryFixture.start, restarts: 3,
      runtimeID: "id-\(component)", specHash: "hash", image: "example.org/x:1", imageID: "sha256:1", pid: 17,
      observedAt: RegistryFixture.start.addingTimeInterval(1))
  }

  @Test(arguments: [
    ObservedState.running, .starting, .unhealthy, .exited(code: 137), .exited(code: 0), .stopped, .missing,
    .unknown,
  ])
  func `what was last seen survives a restart`(state: ObservedState) async throws {
    try await RegistryFixture.with { fixture, registry in
      try await registry.deploy(.sample("web", ["api", "db"]))
      try await registry.saveObserved([row("api", .running), row("db", .running)])
      let bare = ObservedRecord(
        service: "web", component: "db", state: state, observedAt: RegistryFixture.start)
      try await registry.saveObserved([row("api", state), bare])
      try registry.close()
      let again = try fixture.open()
      #expect(try await again.observed() == [row("api", state), bare])
      try again.close()
    }
  }

  @Test func `rows live as long as their component`() async throws {
    try await RegistryFixture.with { _, registry in
      try await registry.deploy(.sample("web", ["api", "db", "cache"]))
      try await registry.deploy(.sample("shop", ["api"]))
      let rows = ["api", "cache", "db"].map { row($0, .running) }
      let shop = row("api", .stopped, service: "shop")
      try await registry.saveObserved(rows + [shop, row("x", .running), row("api", .running, service: "no")])
      #expect(try await registry.observed() == [shop] + rows)
      // A new definition keeps what is known of the components that stay.
      try await registry.deploy(.sample("web", ["db", "api", "new"]))
      #expect(try await registry.observed() == [shop, rows[0], rows[2]])
      try await registry.forgetObserved(service: "web", component: "db")
      #expect(try await registry.observed() == [shop, rows[0]])
      try await registry.forgetObserved(service: "web", component: nil)
      #expect(try await registry.observed() == [shop])
    }
  }
}
