extension PortMapping {
  /// Stands for a mapping that could not be read; it is valid in no definition.
  static let unreadable = PortMapping(hostPort: 0, containerPort: 0)

  /// Reads `[host-ip:]host-port:port[/proto]`.
  init(parsing text: String) throws(ValueError) {
    let parts = Text.split(text, "/", max: 2)
    var transport = TransportProtocol.tcp
    if parts.count > 1 {
      guard let known = TransportProtocol(rawValue: parts[1]) else {
        throw ValueError("the protocol must be `tcp` or `udp`, not \(Text.quoted(parts[1]))")
      }
      transport = known
    }
    let (hostIP, ports) = try Self.splitAddress(parts[0], whole: text)
    guard ports.count == 2 else { throw Self.malformed(text) }
    guard let hostPort = NetworkText.port(ports[0]), let containerPort = NetworkText.port(ports[1]) else {
      let wrong = NetworkText.port(ports[0]) == nil ? ports[0] : ports[1]
      throw ValueError("ports are numbers from 1 to 65535, not \(Text.quoted(wrong))")
    }
    self.init(hostIP: hostIP, hostPort: hostPort, containerPort: containerPort, transport: transport)
  }

  private static func splitAddress(
    _ text: String, whole: String
  ) throws(ValueError) -> (hostIP: String?, ports: [String]) {
    if Text.hasPrefix(text, "[") {
      let parts = Text.split(String(decoding: text.utf8.dropFirst(), as: UTF8.self), "]")
      guard parts.count == 2, Text.hasPrefix(parts[1], ":") else { throw malformed(whole) }
      guard let address = NetworkText.canonicalIP(parts[0]), parts[0].contains(":") else {
        throw ValueError("\(Text.quoted(parts[0])) is not an IPv6 address")
      }
      return (address, Array(Text.split(parts[1], ":").dropFirst()))
    }
    let parts = Text.split(text, ":")
    if parts.count > 3 { throw ValueError("an IPv6 address must be in brackets, such as `[::1]:8080:80`") }
    guard parts.count == 3 else { return (nil, parts) }
    guard let address = NetworkText.canonicalIP(parts[0]) else {
      throw ValueError("\(Text.quoted(parts[0])) is not an IP address of the host")
    }
    return (address, Array(parts.dropFirst()))
  }

  private static func malformed(_ text: String) -> ValueError {
    ValueError("must be `[host-ip:]host-port:port[/proto]`, not \(Text.quoted(text))")
  }

  /// What is wrong with this mapping.
  var problem: String? {
    guard NetworkText.ports.contains(hostPort), NetworkText.ports.contains(containerPort) else {
      return "ports are numbers from 1 to 65535"
    }
    guard let hostIP else { return nil }
    guard let canonical = NetworkText.canonicalIP(hostIP) else {
      return "\(Text.quoted(hostIP)) is not an IP address of the host"
    }
    return canonical == hostIP ? nil : "the host address must be written \(Text.quoted(canonical))"
  }
}
