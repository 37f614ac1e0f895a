/// Where an agent listens.
public enum AgentAddress: Hashable, Sendable {
  /// A unix socket on this machine.
  case unix(path: String)
  /// A TCP port, with TLS.
  case tcp(host: String, port: Int)
}
