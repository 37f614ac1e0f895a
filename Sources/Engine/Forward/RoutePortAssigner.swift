internal import Glibc

/// Gives objects the ports on which they listen for their routes.
///
/// The registry knows which route has which port; a port that was given stays with its route, and two of them take turns
/// where versions replace each other.
struct RoutePortAssigner: Sendable {
  private static let attempts = 200

  let registry: Registry
  let range: ClosedRange<Int>

  /// Returns a port for each route of `component`, none of which is in `taken` or in use by another program.
  ///
  /// Throws `failedPrecondition` where the range is used up.
  func assign(_ component: Component, of service: String, taken: Set<Int>) async throws -> [String: Int] {
    guard !component.routes.isEmpty else { return [:] }
    let held = try await registry.routePorts(of: component.name, in: service)
    var ports: [String: Int] = [:]
    for route in component.routes {
      let kept = held.first {
        $0.route == route.name && $0.transport == route.transport && !taken.contains($0.port)
          && Self.isFree($0.port, route.transport)
      }
      if let kept {
        ports[route.name] = kept.port
      } else {
        ports[route.name] = try await find(route, of: component.name, in: service)
      }
    }
    return ports
  }

  private func find(_ route: Route, of component: String, in service: String) async throws -> Int {
    // Any of the range: two agents on one machine seldom want the same.
    for _ in 0..<Self.attempts {
      let port = Int.random(in: range)
      guard Self.isFree(port, route.transport) else { continue }
      let wanted = RoutePort(
        port: port, service: service, component: component, route: route.name, transport: route.transport)
      if try await registry.take(wanted) { return port }
    }
    throw EngineError(
      .failedPrecondition, "there is no free port for a route of \(service)/\(component)",
      hint:
        "`[routes] ports` in the agent's configuration is \(range.lowerBound)-\(range.upperBound); widen it",
      service: service, component: component)
  }

  /// Whether nobody listens on that port of the loopback address.
  private static func isFree(_ port: Int, _ transport: PortMapping.TransportProtocol) -> Bool {
    let kind = transport == .tcp ? SOCK_STREAM.rawValue : SOCK_DGRAM.rawValue
    let descriptor = socket(AF_INET, Int32(kind) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var yes: Int32 = 1
    if transport == .tcp {
      setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(UInt16(port).bigEndian)
    address.sin_addr.s_addr = inet_addr(RoutePorts.host)
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }
}
