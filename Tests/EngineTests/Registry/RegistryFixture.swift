internal import Foundation
internal import GRDB
internal import TestSupport

@testable import Engine

/// A registry in a directory of its own, with a clock that the test sets.
struct RegistryFixture {
  static let start = Date(timeIntervalSince1970: 1_750_000_000)
  static let alice = Caller(
    actor: Actor(kind: .user, name: "alice"), role: .operator, peer: "unix:uid=1000,pid=4711")

  let directory: TemporaryDirectory
  var path: String { directory.file("mcp.db") }

  /// Runs `body` with a new, open registry.
  static func with(_ body: (RegistryFixture, Registry) async throws -> Void) async throws {
    try await TemporaryDirectory.with { directory in
      let fixture = RegistryFixture(directory: directory)
      let registry = try fixture.open()
      try await body(fixture, registry)
      try registry.close()
    }
  }

  func open() throws -> Registry { try Registry.open(path: path, now: { Self.start }) }

  /// Runs SQL on a file that no registry has open; returns the first column of the last statement's rows.
  @discardableResult
  static func sql(_ path: String, _ sql: String) throws -> [String] {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    defer { try? queue.close() }
    return try queue.inDatabase { db in
      var rows: [String] = []
      let statements = try db.allStatements(sql: sql)
      while let statement = try statements.next() {
        rows = try Row.fetchAll(statement).map { $0.databaseValues.first?.description ?? "" }
      }
      return rows
    }
  }

  /// Runs SQL on the connection of an open registry.
  @discardableResult
  static func sql(_ registry: Registry, _ sql: String) throws -> [String] {
    try registry.queue.inDatabase { db in
      try Row.fetchAll(db, sql: sql).map { row in
        row.databaseValues.map { value in
          value.isNull ? "" : String.fromDatabaseValue(value) ?? "\(value)"
        }.joined(separator: "|")
      }
    }
  }
}

extension ServiceDefinition {
  /// A service of plain components.
  static func sample(_ name: String, _ components: [String] = ["api"], ports: [PortMapping] = [])
    -> ServiceDefinition
  {
    var definition = ServiceDefinition(
      name: name, node: "rift",
      components: components.map { Component(name: $0, image: "example.org/\($0):1") })
    if !definition.components.isEmpty { definition.components[0].ports = ports }
    return definition
  }

  /// A service that uses every key.
  static var complete: ServiceDefinition {
    var api = Component(name: "api", image: "example.org/äpi@sha256:0123")
    api.network = "mcpnet"
    api.user = "0:0"
    api.restart = .onFailure(maxRetries: 3)
    api.ports = [
      PortMapping(hostIP: "127.0.0.1", hostPort: 8443, containerPort: 8443),
      PortMapping(hostIP: "::1", hostPort: 8443, containerPort: 8443),
      PortMapping(hostPort: 9000, containerPort: 9000, transport: .udp),
      PortMapping(hostIP: "0.0.0.0", hostPort: 9000, containerPort: 9001),
    ]
    api.volumes = [
      VolumeMount(source: "/srv/x y", target: "/data"),
      VolumeMount(source: "/etc/x", target: "/etc/x", readOnly: true),
    ]
    api.command = ["server", "--config", "/srv/\"quoted\"\n'x'", ""]
    api.environment = [
      EnvironmentVariable(name: "Z", value: .literal("")),
      EnvironmentVariable(name: "A", value: .literal("ünï=\u{1F600};--")),
      EnvironmentVariable(name: "TOKEN", value: .secret("api-token")),
    ]
    api.dependsOn = ["vm"]
    api.memory = 268_435_456
    api.cpus = 0.1
    api.labels = ["team": "core", "": "/"]
    api.health = HealthCheck(
      kind: .exec, port: 8443, path: "/healthz", command: ["/bin/check"], intervalMs: 1, timeoutMs: 2,
      retries: 4, startPeriodMs: 5)
    api.routes = [
      Route(name: "rest", port: 8443, mode: .l7, hostname: "x.example"), Route(name: "", port: 1),
    ]
    api.allowLatest = true
    api.heal = false
    var vm = Component(name: "vm")
    vm.runtime = .unikernel
    vm.restart = .no
    vm.memory = Int64.max
    vm.cpus = 2
    vm.unikernel = UnikernelSpec(
      kernel: "/k", initrd: "/i", disk: "/d", commandLine: "console=ttyS0", sha256: "ff")
    var definition = ServiceDefinition(name: "complete", node: nil, components: [api, vm])
    definition.active = false
    definition.path = "src/complete"
    definition.buildImages = ["complete": "Dockerfile"]
    definition.snapshot = SnapshotSpec(method: "exec: dump", exclude: ["cache/"])
    return definition
  }

  var specHashes: [String: String] {
    Dictionary(uniqueKeysWithValues: components.map { ($0.name, SpecHash.of($0, in: name)) })
  }

  var change: DesiredChange { .define(self, desired: [:], specHashes: specHashes) }
}

extension Registry {
  func begin(_ primitive: String, _ service: String, _ change: DesiredChange) async throws -> OperationRecord
  {
    try await begin(
      NewOperation(primitive: primitive, service: service, caller: RegistryFixture.alice), change: change)
  }

  /// Deploys a definition as an orchestrator does when all goes well.
  @discardableResult
  func deploy(_ definition: ServiceDefinition) async throws -> ServiceRecord? {
    let operation = try await begin("deploy", definition.name, definition.change)
    _ = try await finish(operation: operation.id, outcome: .done, events: [])
    return operation.after
  }
}

/// Returns the error that `body` throws; `nil` where it throws none.
func engineError(_ body: () async throws -> Void) async -> EngineError? {
  do {
    try await body()
    return nil
  } catch {
    return error as? EngineError ?? EngineError(.internalError, "no engine error: \(error)")
  }
}

/// Returns the bytes of a file.
func bytes(_ path: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }

/// Returns the permission bits of a file.
func mode(_ path: String) -> UInt32? {
  FileFacts(path: path, followingLinks: false)?.permissions
}
