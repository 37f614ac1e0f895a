internal import Foundation
internal import GRDB
internal import Testing

@testable import Engine

@Suite struct PortClaimTests {
  private let any80 = PortMapping(hostPort: 80, containerPort: 8080)

  @Test(arguments: [
    PortMapping(hostPort: 80, containerPort: 1),
    PortMapping(hostIP: "127.0.0.1", hostPort: 80, containerPort: 1),
    PortMapping(hostIP: "::", hostPort: 80, containerPort: 1),
  ])
  func `a port that another service holds is refused with both names`(port: PortMapping) async throws {
    try await RegistryFixture.with { _, registry in
      try await registry.deploy(.sample("shop", ["front"], ports: [any80]))
      let error = await engineError { try await registry.deploy(.sample("web", ["api"], ports: [port])) }
      #expect(error?.code == .conflict)
      #expect(error?.message.contains("web/api") == true)
      #expect(error?.message.contains("shop/front") == true)
      #expect(error?.hint?.contains("shop") == true)
      #expect(error?.service == "web")
      #expect(error?.component == "api")
      #expect(try await registry.services().map(\.definition.name) == ["shop"])
      #expect(try await registry.unfinishedOperations().isEmpty)
    }
  }

  @Test func `the same number on other addresses or protocols is no collision`() async throws {
    try await RegistryFixture.with { _, registry in
      let local = PortMapping(hostIP: "127.0.0.1", hostPort: 80, containerPort: 1)
      try await registry.deploy(.sample("a", ["x"], ports: [local]))
      try await registry.deploy(
        .sample("b", ["x"], ports: [PortMapping(hostIP: "127.0.0.2", hostPort: 80, containerPort: 1)]))
      try await registry.deploy(
        .sample("c", ["x"], ports: [PortMapping(hostPort: 80, containerPort: 1, transport: .udp)]))
      #expect(try await registry.portClaims().map(\.service) == ["a", "b", "c"])
      #expect(
        try await registry.portClaims().first == PortClaim(service: "a", component: "x", mapping: local))
    }
  }

  @Test func `two components of one service cannot share a port, and can swap theirs`() async throws {
    try await RegistryFixture.with { _, registry in
      let other = PortMapping(hostPort: 81, containerPort: 1)
      var definition = ServiceDefinition.sample("web", ["a", "b"], ports: [any80])
      definition.components[1].ports = [any80]
      #expect(await engineError { try await registry.deploy(definition) }?.code == .conflict)
      definition.components[1].ports = [other]
      try await registry.deploy(definition)
      definition.components[0].ports = [other]
      definition.components[1].ports = [any80]
      try await registry.deploy(definition)
      #expect(try await registry.portClaims().map(\.mapping) == [other, any80])
    }
  }

  @Test func `a port stays claimed while the operation that gave it up can be undone`() async throws {
    try await RegistryFixture.with { fixture, registry in
      try await registry.deploy(.sample("shop", ["front"], ports: [any80]))
      let move = try await registry.begin(
        "deploy", "shop",
        ServiceDefinition.sample("shop", ["front"], ports: [PortMapping(hostPort: 81, containerPort: 1)])
          .change)
      try registry.close()
      let again = try fixture.open()
      #expect(try await again.portClaims().map(\.mapping.hostPort).sorted() == [80, 81])
      let web = ServiceDefinition.sample("web", ["api"], ports: [any80])
      #expect(await engineError { try await again.deploy(web) }?.code == .conflict)
      _ = try await again.finish(operation: move.id, outcome: .done, events: [])
      try await again.deploy(web)
      #expect(try await again.portClaims().map(\.service) == ["shop", "web"])
      try again.close()
    }
  }

  @Test func `a service that is being removed holds its ports until it is gone`() async throws {
    try await RegistryFixture.with { _, registry in
      try await registry.deploy(.sample("shop", ["front"], ports: [any80]))
      let removal = try await registry.begin("undeploy", "shop", .remove)
      let web = ServiceDefinition.sample("web", ["api"], ports: [any80])
      #expect(await engineError { try await registry.deploy(web) }?.code == .conflict)
      _ = try await registry.finish(operation: removal.id, outcome: .done, events: [])
      try await registry.deploy(web)
    }
  }

  @Test func `all collisions are reported at once`() async throws {
    try await RegistryFixture.with { _, registry in
      let other = PortMapping(hostPort: 81, containerPort: 1)
      try await registry.deploy(.sample("shop", ["front"], ports: [any80, other]))
      let error = await engineError {
        try await registry.deploy(.sample("web", ["api"], ports: [any80, other]))
      }
      #expect(error?.details.count == 2)
    }
  }

  @Test(arguments: [
    "('127.0.0.1', 80)", "(NULL, 80)", "('0.0.0.0', 80)", "('::', 80)",
  ])
  func `the schema itself allows no second claim`(values: String) async throws {
    try await RegistryFixture.with { _, registry in
      try await registry.deploy(.sample("shop", ["front"], ports: [any80]))
      try await registry.deploy(.sample("web"))
      let error = await engineError {
        try await registry.write("test") { db in
          try db.execute(
            sql: """
              INSERT INTO component_ports (service, component, position, host_ip, host_port,
                container_port, transport)
              SELECT 'web', 'api', 0, column1, column2, 1, 'tcp' FROM (VALUES \(values))
              """)
        }
      }
      #expect(error?.code == .conflict)
    }
  }
}
