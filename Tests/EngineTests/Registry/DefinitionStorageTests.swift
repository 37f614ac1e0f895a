internal import Foundation
internal import Testing

@testable import Engine

@Suite struct DefinitionStorageTests {
  @Test func `every key of a definition comes back as it was`() async throws {
    try await RegistryFixture.with { fixture, registry in
      let record = try await registry.deploy(.complete)
      try registry.close()
      let again = try fixture.open()
      #expect(try await again.service("complete") == record)
      #expect(try await again.service("complete")?.definition == .complete)
      #expect(try await again.revisions(of: "complete").first?.definition == .complete)
      try again.check()
      try again.close()
    }
  }

  @Test func `the tables say what the definition says`() async throws {
    try await RegistryFixture.with { _, registry in
      try await registry.deploy(.complete)
      let tables = try await registry.read("test") { try ComponentTable.read($0, "complete") }
      #expect(tables == ServiceDefinition.complete.components.map(ComponentTable.columns(of:)))
      func rows(_ sql: String) throws -> [String] { try RegistryFixture.sql(registry, sql) }
      #expect(
        try rows("SELECT name, node, active, revision, removing FROM services") == ["complete||0|1|0"])
      #expect(
        try rows("SELECT host_ip, host_port, container_port, transport FROM component_ports") == [
          "127.0.0.1|8443|8443|tcp", "::1|8443|8443|tcp", "|9000|9000|udp", "0.0.0.0|9000|9001|tcp",
          "|1|1|tcp",
        ])
      #expect(
        try rows("SELECT source, target, read_only FROM component_volumes") == [
          "/srv/x y|/data|0", "/etc/x|/etc/x|1",
        ])
      #expect(
        try rows("SELECT name, kind, value FROM component_env ORDER BY position") == [
          "Z|literal|", "A|literal|ünï=\u{1F600};--", "TOKEN|secret|api-token",
        ])
      #expect(
        try rows("SELECT name, runtime, restart, memory_bytes, cpus, heal, desired FROM components") == [
          "api|container|on-failure:3|268435456|0.1|0|stopped",
          "vm|unikernel|no|9223372036854775807|2.0|1|stopped",
        ])
    }
  }

  @Test func `a check finds tables that contradict a definition`() async throws {
    try await RegistryFixture.with { _, registry in
      try await registry.deploy(.complete)
      try registry.check()
      for damage in [
        "UPDATE component_env SET value = 'other' WHERE name = 'A'",
        "UPDATE components SET image = NULL WHERE name = 'api'",
        "DELETE FROM component_volumes WHERE position = 0",
        "UPDATE component_ports SET host_port = 77 WHERE position = 0",
      ] {
        try await registry.deploy(.complete)
        try RegistryFixture.sql(registry, damage)
        let error = await engineError { try registry.check() }
        #expect(error?.code == .dataLoss)
        #expect(error?.details == ["complete/api: its tables and its definition differ"])
      }
    }
  }

  @Test func `a definition from before a key existed is read with the key's default`() async throws {
    try await RegistryFixture.with { _, registry in
      var definition = ServiceDefinition.sample("web", ["api", "db"])
      definition.components[0].health = HealthCheck(kind: .tcp, port: 80, retries: 7)
      definition.components[0].cpus = 0.1
      let before = try await registry.deploy(definition)
      try RegistryFixture.sql(
        registry,
        """
        UPDATE revisions SET definition = json_remove(definition, '$.active', '$.buildImages',
          '$.components[0].heal', '$.components[1].labels', '$.components[1].restart',
          '$.components[0].health.intervalMs')
        """)
      #expect(try await registry.service("web") == before)
      #expect(try await registry.quarantined().isEmpty)

      let stop = try await registry.begin("stop", "web", .desire(["db": .stopped]))
      try RegistryFixture.sql(
        registry,
        "UPDATE operations SET before_record = json_remove(before_record, '$.definition.components[0].heal')")
      #expect(try await registry.unfinishedOperations().first?.before == before)
      _ = try await registry.finish(operation: stop.id, outcome: .undone, events: [])
      #expect(try await registry.service("web") == before)
    }
  }

  @Test(arguments: [
    "UPDATE revisions SET definition = '{}' WHERE service = 'bad'",
    "UPDATE revisions SET definition = json_set(definition, '$.name', 'other') WHERE service = 'bad'",
    "UPDATE revisions SET definition = json_set(definition, '$.components[0].restart', 'maybe')"
      + " WHERE service = 'bad'",
    "DELETE FROM components WHERE service = 'bad'",
  ])
  func `a service that cannot be read is kept aside and the others are served`(damage: String) async throws {
    try await RegistryFixture.with { fixture, registry in
      let port = PortMapping(hostPort: 80, containerPort: 80)
      try await registry.deploy(.sample("bad", ["api"], ports: [port]))
      let good = try await registry.deploy(.sample("good"))
      try RegistryFixture.sql(registry, damage)
      try registry.close()

      let again = try fixture.open()
      #expect(try await again.services() == [good].compactMap { $0 })
      #expect(try await again.quarantined().first == "bad")
      let rows = "SELECT definition FROM revisions WHERE service = 'bad'"
      let kept = try RegistryFixture.sql(again, rows)
      let errors = [
        await engineError { _ = try await again.service("bad") },
        await engineError { _ = try await again.begin("stop", "bad", .desire([:])) },
        await engineError { try await again.deploy(.sample("bad")) },
        await engineError { _ = try await again.begin("undeploy", "bad", .remove) },
        await engineError { try again.check() },
      ]
      #expect(errors.map(\.?.code) == Array(repeating: .dataLoss, count: 5))
      #expect(errors[0]?.message.contains("'bad'") == true)
      #expect(try RegistryFixture.sql(again, rows) == kept)
      try await again.deploy(.sample("good", ["other"]))
      try again.close()
    }
  }

  @Test func `an operation that cannot be read is kept aside and holds its service`() async throws {
    try await RegistryFixture.with { _, registry in
      try await registry.deploy(.sample("web"))
      let id = try await registry.begin("stop", "web", .desire(["api": .stopped])).id
      let other = try await registry.begin("deploy", "shop", ServiceDefinition.sample("shop").change)
      try RegistryFixture.sql(registry, "UPDATE operations SET before_record = '[]' WHERE service = 'web'")
      #expect(try await registry.unfinishedOperations() == [other])
      #expect(try await registry.quarantined() == ["web operation \(id)"])
      #expect(
        await engineError { _ = try await registry.finish(operation: id, outcome: .undone, events: []) }?.code
          == .dataLoss)
      #expect(await engineError { _ = try await registry.begin("restart", "web", .none) }?.code == .conflict)
      _ = try await registry.finish(operation: id, outcome: .kept, events: [])
      #expect(try await registry.service("web")?.components.map(\.desired) == [.stopped])
    }
  }
}
