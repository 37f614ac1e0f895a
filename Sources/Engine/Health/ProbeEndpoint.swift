/// Where the agent reaches a port of a component.
struct ProbeEndpoint: Hashable, Sendable, CustomStringConvertible {
  /// A numeric address of this machine.
  var host: String
  /// The port there.
  var port: Int

  /// The spelling of URLs.
  var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

extension Component {
  /// What its objects are looked at by: its health check, or whether its first TCP route accepts connections.
  public var effectiveHealth: HealthCheck? {
    if let health { return health }
    // The ports of a VM accept connections before it runs.
    guard runtime == .container else { return nil }
    return routes.first { $0.transport == .tcp }.map { HealthCheck(kind: .tcp, port: $0.port) }
  }

  /// Where the agent reaches a TCP port of this component; `nil` where it is not published.
  ///
  /// A route is named by its port or its target; `assigned` are the ports that its object has got for its routes, by
  /// their names.
  func probeEndpoint(of port: Int, assigned: [String: Int]? = nil) -> ProbeEndpoint? {
    if let route = routes.first(where: { $0.transport == .tcp && ($0.port == port || $0.target == port) }) {
      return ProbeEndpoint(host: RoutePorts.host, port: assigned?[route.name] ?? route.port)
    }
    if network == "host" { return ProbeEndpoint(host: "127.0.0.1", port: port) }
    guard let mapping = ports.first(where: { $0.transport == .tcp && $0.containerPort == port }) else {
      return nil
    }
    let host =
      switch mapping.hostIP {
      case nil, "0.0.0.0"?: "127.0.0.1"
      case "::"?: "::1"
      case let address?: address
      }
    return ProbeEndpoint(host: host, port: mapping.hostPort)
  }
}
