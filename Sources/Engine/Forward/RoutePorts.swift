/// How a component meets the ports that its object has got for its routes.
enum RoutePorts {
  /// The address on which objects listen for the forwarder.
  static let host = "127.0.0.1"

  /// The component as it is created: told of its ports by variables, with a mapping of each.
  static func component(_ component: Component, with ports: [String: Int]) -> Component {
    var result = component
    for route in component.routes {
      guard let port = ports[route.name] else { continue }
      result.environment.append(
        EnvironmentVariable(name: route.variable, value: .literal(String(route.target ?? port))))
      guard component.network != "host" else { continue }
      result.ports.append(
        PortMapping(
          hostIP: host, hostPort: port, containerPort: route.target ?? port, transport: route.transport))
    }
    return result
  }

  /// The component as somebody would run it who has no forwarder: it listens on the port that the outside knows.
  static func withoutForwarder(_ component: Component) -> Component {
    var result = component
    for route in component.forwardedRoutes {
      let inside = route.target ?? route.port
      result.environment.append(
        EnvironmentVariable(name: route.variable, value: .literal(String(inside))))
      guard component.network != "host" else { continue }
      result.ports.append(
        PortMapping(
          hostIP: route.address, hostPort: route.port, containerPort: inside, transport: route.transport))
    }
    return result
  }
}
