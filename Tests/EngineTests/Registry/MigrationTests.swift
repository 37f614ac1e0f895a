internal import Foundation
internal import GRDB
internal import TestSupport
internal import Testing

@testable import Engine

/// Registries as earlier versions wrote them, kept as SQL under `Fixtures/`: each file has what its version added.
@Suite struct MigrationTests {
  private static let versions = ["v1", "v2", "v3", "v4", "v5", "v6", "v7", "v8", "v9"]

  /// Makes a registry of a version, from the first on.
  private static func load(_ version: String, to path: String) throws {
    let directory = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    for name in versions.prefix(through: try #require(versions.firstIndex(of: version))) {
      let fixture = directory.appendingPathComponent("Fixtures/\(name).sql")
      try RegistryFixture.sql(path, String(contentsOf: fixture, encoding: .utf8))
    }
  }

  private static func schema(_ path: String) throws -> [String] {
    try RegistryFixture.sql(
      path, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY name")
  }

  @Test(arguments: versions)
  func `a registry of an earlier schema opens with everything in it`(_ version: String) async throws {
    try await TemporaryDirectory.with { directory in
      let path = directory.file("mcp.db")
      try Self.load(version, to: path)
      let registry = try Registry.open(path: path)
      try registry.check()
      #expect(try await registry.quarantined().isEmpty)
      let services = try await registry.services()
      #expect(services.map(\.definition.name) == ["complete", "web"])
      #expect(services.first?.definition == .complete)
      #expect(services.first?.components.map(\.desired) == [.running, .stopped])
      #expect(services.last?.revision == 3)
      #expect(
        services.last?.components.map(\.specHash) == services.last?.definition.specHashes.values.map { $0 })
      #expect(try await registry.revisions(of: "web").map(\.outcome) == [.pending, .failed, .deployed])
      #expect(try await registry.removing().map(\.definition.name) == ["old"])
      let operations = try await registry.unfinishedOperations()
      #expect(operations.map(\.service) == ["old", "web"])
      #expect(operations.last?.steps.map(\.outcome) == [.done, .failed("no such image"), nil])
      #expect(try await registry.observed().map(\.state) == [.running, .exited(code: 3)])
      #expect(try await registry.events(EventQuery()).map(\.id) == [1, 2, 3])
      for operation in operations {
        _ = try await registry.finish(operation: operation.id, outcome: .undone, events: [])
      }
      #expect(try await registry.services().map(\.definition.name) == ["complete", "old", "web"])
      #expect(try await registry.service("web")?.revision == 1)
      #expect(
        try await registry.bootStages(of: "boot-1") == (version >= "v6" ? ["foundation": .done] : [:]))
      #expect(
        try await registry.alerts(resolved: 9, at: .now).map(\.key)
          == (version >= "v7" ? ["drift:missing:web/api"] : []))
      #expect(try await registry.alertNotices(of: "webhook-1", limit: 9).count == (version >= "v7" ? 1 : 0))
      #expect(try await registry.silences(at: .now).map(\.match) == (version >= "v7" ? ["mail"] : []))
      #expect(try await registry.adoptions().map(\.runtimeID) == (version >= "v8" ? ["0123abcd"] : []))
      #expect(try await registry.tokens().map(\.name) == (version >= "v9" ? ["laptop"] : []))
      let hasScripts = version != "v1"
      #expect(
        try await registry.scriptText("hooks/watch.lua")
          == (hasScripts ? "mcp.on(\"exit\", print)\n" : nil))
      #expect(
        try await registry.scriptValue("last", of: "hooks/watch.lua") == (hasScripts ? #"{"exits":3}"# : nil))
      #expect(
        try await registry.failures(of: "web").map(\.lines.first?.text)
          == (["v1", "v2"].contains(version) ? [] : ["no"]))
      #expect(
        try await registry.routePorts(of: "api", in: "complete").map(\.port)
          == (version >= "v4" ? [20_001] : []))
      #expect(try await registry.secrets(of: nil).map(\.name) == (version >= "v5" ? ["key"] : []))
      try await registry.setScriptValue("1", for: "last", of: "hooks/watch.lua")
      #expect(try await registry.scriptValue("last", of: "hooks/watch.lua") == "1")
      try registry.close()
    }
  }

  @Test(arguments: versions)
  func `a migration is as it landed`(_ version: String) async throws {
    try await TemporaryDirectory.with { directory in
      let old = directory.file("old.db")
      try Self.load(version, to: old)
      let new = directory.file("new.db")
      let queue = try DatabaseQueue(path: new)
      try Migrations.migrator.migrate(queue, upTo: version)
      try queue.close()
      #expect(try Self.schema(new) == Self.schema(old))
    }
  }

  @Test func `a migration that fails leaves the file at the version before`() async throws {
    try await TemporaryDirectory.with { directory in
      let path = directory.file("mcp.db")
      try Self.load("v1", to: path)
      let queue = try DatabaseQueue(path: path)
      var migrator = Migrations.migrator
      migrator.registerMigration("next") { db in
        try db.execute(sql: "DROP TABLE events; PRAGMA user_version = 99; CREATE TABLE services (x)")
      }
      #expect(throws: DatabaseError.self) { try migrator.migrate(queue) }
      try queue.close()
      let registry = try Registry.open(path: path)
      #expect(try await registry.events(EventQuery()).count == 3)
      try registry.close()
    }
  }
}
