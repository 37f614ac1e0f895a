internal import GRDB

/// A port on the loopback address that a component's object listens on for one of its routes.
struct RoutePort: Hashable, Sendable {
  /// The port.
  var port: Int
  /// The service.
  var service: String
  /// The component.
  var component: String
  /// The route's name.
  var route: String
  /// The transport protocol.
  var transport: PortMapping.TransportProtocol
}

extension Registry {
  /// The ports that a component's routes have got so far, in order; some may not be in use.
  func routePorts(of component: String, in service: String) async throws -> [RoutePort] {
    try await read("read the ports of routes") { db in
      try PortTable.routePorts(db).filter { $0.service == service && $0.component == component }
    }
  }

  /// Gives a port to a route; returns whether it was to be had: no other route has it, and no service claims it.
  func take(_ port: RoutePort) async throws -> Bool {
    try await write("give a port to a route of \(port.service)/\(port.component)") { db in
      let claimed = try PortTable.claims(db).contains { $0.mapping.hostPort == port.port }
      guard !claimed else { return false }
      try db.run(
        "INSERT INTO route_ports (port, service, component, route, transport) VALUES (?, ?, ?, ?, ?)",
        [port.port, port.service, port.component, port.route, port.transport.rawValue])
      return true
    }
  }
}
