/// Where an agent listens.
public enum AgentAddress: Hashable, Sendable {
  /// A unix socket on this machine.
  case unix(path: String)
  /// A TCP port; the host is a name or an IP address, IPv6 without brackets.
  case tcp(host: String, port: Int)

  /// Reads `unix:///path`, `host:port` or `[ipv6]:port`.
  ///
  /// Throws `invalidArgument` where `text` is none of them.
  public init(parsing text: String) throws(EngineError) {
    do throws(ValueError) {
      try self.init(text)
    } catch {
      throw EngineError(
        .invalidArgument, "\(Text.quoted(text)) is not an address of an agent", cause: error.message)
    }
  }

  init(_ text: String) throws(ValueError) {
    let scheme = "unix://"
    guard Text.hasPrefix(text, scheme) else {
      self = try Self.tcp(text)
      return
    }
    self = .unix(
      path: try PathText.socket(String(decoding: text.utf8.dropFirst(scheme.utf8.count), as: UTF8.self)))
  }

  /// Reads `host:port` or `[ipv6]:port`.
  static func tcp(_ text: String) throws(ValueError) -> AgentAddress {
    let malformed = ValueError("must be `host:port` or `[ipv6]:port`, not \(Text.quoted(text))")
    guard let colon = text.utf8.lastIndex(of: UInt8(ascii: ":")) else { throw malformed }
    var host = String(decoding: text.utf8[..<colon], as: UTF8.self)
    guard let port = NetworkText.port(String(decoding: text.utf8[colon...].dropFirst(), as: UTF8.self)) else {
      throw ValueError("must end in a port from 1 to 65535, not \(Text.quoted(text))")
    }
    if Text.hasPrefix(host, "["), host.utf8.last == UInt8(ascii: "]") {
      let inside = String(decoding: host.utf8.dropFirst().dropLast(), as: UTF8.self)
      guard inside.contains(":"), let address = NetworkText.canonicalIP(inside) else { throw malformed }
      host = address
    } else if host.contains(":") {
      throw ValueError("an IPv6 address must be in brackets, such as `[::1]:9444`")
    } else if let problem = NetworkText.problem(hostName: host) {
      throw ValueError(problem)
    }
    return .tcp(host: host, port: port)
  }
}

extension AgentAddress: CustomStringConvertible {
  /// The spelling that ``init(parsing:)`` reads.
  public var description: String {
    switch self {
    case .unix(let path): "unix://\(path)"
    case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
  }
}
