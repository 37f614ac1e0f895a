/// A port of the host that leads to a port of a component.
public struct PortMapping: Hashable, Sendable, Codable {
  /// The transport protocol.
  public enum TransportProtocol: String, Hashable, Sendable, Codable, CaseIterable {
    /// TCP.
    case tcp
    /// UDP.
    case udp
  }

  /// The host address it listens on; `nil` is every address.
  public var hostIP: String?
  /// The port on the host, 1 to 65535.
  public var hostPort: Int
  /// The port in the component, 1 to 65535.
  public var containerPort: Int
  /// The transport protocol.
  public var transport: TransportProtocol

  /// Creates a mapping.
  public init(
    hostIP: String? = nil, hostPort: Int, containerPort: Int, transport: TransportProtocol = .tcp
  ) {
    self.hostIP = hostIP
    self.hostPort = hostPort
    self.containerPort = containerPort
    self.transport = transport
  }

  /// Whether both claim the same port of the host: same protocol, same number, overlapping addresses.
  public func collides(with other: PortMapping) -> Bool {
    guard hostPort == other.hostPort, transport == other.transport else { return false }
    func isAny(_ address: String?) -> Bool { address == nil || address == "0.0.0.0" || address == "::" }
    return isAny(hostIP) || isAny(other.hostIP) || hostIP == other.hostIP
  }
}

extension PortMapping: CustomStringConvertible {
  /// The spelling of the definition format: `[host-ip:]host-port:port[/udp]`, IPv6 addresses in brackets.
  public var description: String {
    var text = ""
    if let hostIP { text += hostIP.contains(":") ? "[\(hostIP)]:" : "\(hostIP):" }
    text += "\(hostPort):\(containerPort)"
    return transport == .udp ? text + "/udp" : text
  }
}

/// A host directory or file mounted into a component.
public struct VolumeMount: Hashable, Sendable, Codable {
  /// The absolute path on the host.
  public var source: String
  /// The absolute path in the component.
  public var target: String
  /// Whether the component may only read it.
  public var readOnly: Bool

  /// Creates a mount.
  public init(source: String, target: String, readOnly: Bool = false) {
    self.source = source
    self.target = target
    self.readOnly = readOnly
  }
}

extension VolumeMount: CustomStringConvertible {
  /// The spelling of the definition format: `source:target[:ro]`.
  public var description: String { "\(source):\(target)" + (readOnly ? ":ro" : "") }
}
