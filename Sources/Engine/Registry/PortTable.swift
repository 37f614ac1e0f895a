internal import GRDB

/// Who holds which port of the host.
enum PortTable {
  /// Returns every claim, ordered by service, component and position; with `except`, not those of that service.
  ///
  /// An unfinished operation may yet be undone, so that the ports which its service had before stay
  /// claimed until it ends.
  static func claims(_ db: Database, except service: String? = nil) throws -> [PortClaim] {
    var claims: [PortClaim] = []
    for row in try db.rows("SELECT * FROM component_ports ORDER BY service, component, position") {
      claims.append(
        PortClaim(
          service: try row.decode(String.self, forColumn: "service"),
          component: try row.decode(String.self, forColumn: "component"), mapping: try mapping(row)))
    }
    for port in try routePorts(db) {
      claims.append(
        PortClaim(
          service: port.service, component: port.component,
          mapping: PortMapping(
            hostIP: RoutePorts.host, hostPort: port.port, containerPort: port.port, transport: port.transport)
        ))
    }
    for text in try String.fetchAll(
      db, sql: "SELECT before_record FROM operations WHERE before_record IS NOT NULL")
    {
      // One that cannot be read holds nothing: it cannot be restored either.
      guard let before = try? StoredJSON.decodeRecord(text) else { continue }
      for claim in Self.claims(of: before.definition) where !claims.contains(claim) { claims.append(claim) }
    }
    return claims.filter { $0.service != service }
  }

  /// Returns what a definition claims.
  static func claims(of definition: ServiceDefinition) -> [PortClaim] {
    definition.components.flatMap { component in
      (component.ports + component.forwardedRoutes.map(\.claim)).map {
        PortClaim(service: definition.name, component: component.name, mapping: $0)
      }
    }
  }

  /// Throws `conflict` where `definition` wants a port that is held already, or one port twice.
  static func check(_ definition: ServiceDefinition, against others: [PortClaim]) throws(EngineError) {
    var held = Dictionary(grouping: others) { $0.mapping.hostPort }
    var problems: [(wanted: PortClaim, holder: PortClaim)] = []
    for wanted in claims(of: definition) {
      let port = wanted.mapping.hostPort
      if let holder = held[port]?.first(where: { $0.mapping.collides(with: wanted.mapping) }) {
        problems.append((wanted, holder))
      }
      held[port, default: []].append(wanted)
    }
    guard let (wanted, holder) = problems.first else { return }
    let lines = problems.map {
      "\(describe($0.wanted)) is wanted by \(place($0.wanted)) and held by \(place($0.holder))"
        + " as \($0.holder.mapping)"
    }
    let remedy =
      holder.service == definition.name
      ? "give one of the two components another host port"
      : "choose another host port for \(place(wanted)), or change or undeploy \(holder.service) first"
    throw EngineError(
      .conflict, "cannot deploy \(definition.name): \(lines[0])", hint: remedy, service: definition.name,
      component: wanted.component, details: lines.count > 1 ? lines : [])
  }

  /// Returns the ports that routes have got.
  static func routePorts(_ db: Database) throws -> [RoutePort] {
    try db.rows("SELECT * FROM route_ports ORDER BY port").map { row in
      let service = try row.decode(String.self, forColumn: "service")
      return RoutePort(
        port: try row.decode(Int.self, forColumn: "port"), service: service,
        component: try row.decode(String.self, forColumn: "component"),
        route: try row.decode(String.self, forColumn: "route"),
        transport: try row.word(PortMapping.TransportProtocol.self, "transport", of: service))
    }
  }

  static func mapping(_ row: Row) throws -> PortMapping {
    PortMapping(
      hostIP: try row.decode(String?.self, forColumn: "host_ip"),
      hostPort: try row.decode(Int.self, forColumn: "host_port"),
      containerPort: try row.decode(Int.self, forColumn: "container_port"),
      transport: try row.word(
        PortMapping.TransportProtocol.self, "transport",
        of: row.decode(String.self, forColumn: "service")))
  }

  private static func place(_ claim: PortClaim) -> String { "\(claim.service)/\(claim.component)" }

  private static func describe(_ claim: PortClaim) -> String {
    let address = claim.mapping.hostIP.map { $0.contains(":") ? "[\($0)]:" : "\($0):" } ?? ""
    return "host port \(address)\(claim.mapping.hostPort)/\(claim.mapping.transport.rawValue)"
  }
}
