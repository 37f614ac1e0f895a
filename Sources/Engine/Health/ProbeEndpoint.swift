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
  /// Where the agent reaches a TCP port of this component; `nil` where it is not published.
  func probeEndpoint(of port: Int) -> ProbeEndpoint? {
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
