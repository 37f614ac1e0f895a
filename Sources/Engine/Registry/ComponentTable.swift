internal import Foundation
internal import GRDB

/// The tables of components with their ports, volumes and environment.
enum ComponentTable {
  /// Makes the rows of a service's components say what `record` says.
  ///
  /// Components that stay keep their rows, and with them what was last observed of them.
  static func write(_ db: Database, _ record: ServiceRecord) throws {
    let service = record.definition.name
    for table in ["component_ports", "component_volumes", "component_env"] {
      try db.run("DELETE FROM \(table) WHERE service = ?", [service])
    }
    let names = Set(record.components.map(\.name))
    for old in try String.fetchAll(
      db, sql: "SELECT name FROM components WHERE service = ?", arguments: [service])
    where !names.contains(old) {
      try db.run("DELETE FROM components WHERE service = ? AND name = ?", [service, old])
    }
    for (position, component) in record.definition.components.enumerated() {
      guard let facts = record.components.first(where: { $0.name == component.name }) else {
        throw EngineError(.internalError, "no record of component \(component.name)", service: service)
      }
      try write(db, service, component, facts, at: position)
    }
  }

  private static func write(
    _ db: Database, _ service: String, _ component: Component, _ facts: ComponentRecord, at position: Int
  ) throws {
    try db.run(
      """
      INSERT INTO components (service, name, position, runtime, image, network, user, restart, command,
        memory_bytes, cpus, heal, desired, spec_hash, revision)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (service, name) DO UPDATE SET position = excluded.position, runtime = excluded.runtime,
        image = excluded.image, network = excluded.network, user = excluded.user,
        restart = excluded.restart, command = excluded.command, memory_bytes = excluded.memory_bytes,
        cpus = excluded.cpus, heal = excluded.heal, desired = excluded.desired,
        spec_hash = excluded.spec_hash, revision = excluded.revision
      """,
      [
        service, component.name, position, component.runtime.rawValue, component.image, component.network,
        component.user, component.restart.description, try StoredJSON.encode(component.command),
        component.memory, component.cpus, component.heal, facts.desired.rawValue, facts.specHash,
        facts.revision,
      ])
    let ports: [(port: PortMapping, route: String?)] =
      component.ports.map { ($0, nil) } + component.forwardedRoutes.map { ($0.claim, $0.name) }
    for (position, (port, route)) in ports.enumerated() {
      try db.run(
        """
        INSERT INTO component_ports (service, component, position, host_ip, host_port, container_port,
          transport, route)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [
          service, component.name, position, port.hostIP, port.hostPort, port.containerPort,
          port.transport.rawValue, route,
        ])
    }
    for (position, volume) in component.volumes.enumerated() {
      try db.run(
        """
        INSERT INTO component_volumes (service, component, position, source, target, read_only)
        VALUES (?, ?, ?, ?, ?, ?)
        """, [service, component.name, position, volume.source, volume.target, volume.readOnly])
    }
    for (position, variable) in component.environment.enumerated() {
      let (kind, value) = columns(variable.value)
      try db.run(
        """
        INSERT INTO component_env (service, component, position, name, kind, value)
        VALUES (?, ?, ?, ?, ?, ?)
        """, [service, component.name, position, variable.name, kind, value])
    }
  }

  /// Returns the components that the tables describe, with those keys only that have columns.
  static func read(_ db: Database, _ service: String) throws -> [Component] {
    try db.rows("SELECT * FROM components WHERE service = ? ORDER BY position", [service]).map { row in
      var component = Component(
        name: try row.decode(String.self, forColumn: "name"),
        image: try row.decode(String?.self, forColumn: "image"))
      let key: StatementArguments = [service, component.name]
      component.runtime = try row.word(RuntimeKind.self, "runtime", of: service)
      component.network = try row.decode(String?.self, forColumn: "network")
      component.user = try row.decode(String?.self, forColumn: "user")
      let restart = try row.decode(String.self, forColumn: "restart")
      guard let policy = RestartPolicy(restart) else {
        throw Undecodable(service, reason: "its restart is '\(restart)'")
      }
      component.restart = policy
      component.command = try StoredJSON.decode(
        [String].self, from: row.decode(String.self, forColumn: "command"))
      component.memory = try row.decode(Int64?.self, forColumn: "memory_bytes")
      component.cpus = try row.decode(Double?.self, forColumn: "cpus")
      component.heal = try row.decode(Bool.self, forColumn: "heal")
      component.ports = try rows(db, "component_ports", key)
        .filter { try $0.decode(String?.self, forColumn: "route") == nil }.map { try PortTable.mapping($0) }
      component.volumes = try rows(db, "component_volumes", key).map { row in
        VolumeMount(
          source: try row.decode(String.self, forColumn: "source"),
          target: try row.decode(String.self, forColumn: "target"),
          readOnly: try row.decode(Bool.self, forColumn: "read_only"))
      }
      component.environment = try rows(db, "component_env", key).map { row in
        let value = try row.decode(String.self, forColumn: "value")
        let isSecret = try row.decode(String.self, forColumn: "kind") == "secret"
        return EnvironmentVariable(
          name: try row.decode(String.self, forColumn: "name"),
          value: isSecret ? .secret(value) : .literal(value))
      }
      return component
    }
  }

  /// Returns `component` with those keys only that have columns.
  static func columns(of component: Component) -> Component {
    var essential = Component(name: component.name, image: component.image)
    essential.runtime = component.runtime
    essential.network = component.network
    essential.user = component.user
    essential.restart = component.restart
    essential.command = component.command
    essential.memory = component.memory
    essential.cpus = component.cpus
    essential.heal = component.heal
    essential.ports = component.ports
    essential.volumes = component.volumes
    essential.environment = component.environment
    return essential
  }

  private static func rows(_ db: Database, _ table: String, _ key: StatementArguments) throws -> [Row] {
    try db.rows("SELECT * FROM \(table) WHERE service = ? AND component = ? ORDER BY position", key)
  }

  private static func columns(_ value: EnvironmentVariable.Value) -> (kind: String, value: String) {
    switch value {
    case .literal(let text): ("literal", text)
    case .secret(let name): ("secret", name)
    }
  }
}
