internal import GRPCCore

/// Who is at the other end of a connection.
enum Peer: Hashable, Sendable {
  /// A process of this machine, as the kernel says.
  case local(PeerCredentials)
  /// Somebody over TLS; who it is, each call's token says.
  case remote(address: String, port: Int)

  /// What connections are counted by.
  enum Origin: Hashable, Sendable {
    /// A user of this machine.
    case user(UInt32)
    /// An IP address.
    case address(String)
  }

  /// What its connections are counted by.
  var origin: Origin {
    switch self {
    case .local(let credentials): .user(credentials.uid)
    case .remote(let address, _): .address(address)
    }
  }

  /// The peer in the form of ``Caller/peer``.
  var description: String {
    switch self {
    case .local(let credentials): credentials.description
    case .remote(let address, let port): "tls:\(address.contains(":") ? "[\(address)]" : address):\(port)"
    }
  }
}

extension Peer {
  /// What the names of the headers begin with that carry a peer from its connection to its calls.
  static let headerPrefix = "mcp-peer-"

  /// The headers that carry it.
  var headers: [(name: String, value: String)] {
    let fields: [(String, String)] =
      switch self {
      case .local(let credentials):
        [("uid", "\(credentials.uid)"), ("gid", "\(credentials.gid)"), ("pid", "\(credentials.pid)")]
      case .remote(let address, let port): [("address", address), ("port", "\(port)")]
      }
    return fields.map { (Self.headerPrefix + $0.0, $0.1) }
  }

  /// Reads it from a call's headers; `nil` unless each is there exactly once.
  init?(_ metadata: Metadata) {
    func value<Value: LosslessStringConvertible>(_ name: String) -> Value? {
      var values = metadata[stringValues: Self.headerPrefix + name].makeIterator()
      guard let text = values.next(), values.next() == nil else { return nil }
      return Value(text)
    }
    if let uid: UInt32 = value("uid"), let gid: UInt32 = value("gid"), let pid: Int32 = value("pid") {
      self = .local(PeerCredentials(uid: uid, gid: gid, pid: pid))
    } else if let address: String = value("address"), let port: Int = value("port") {
      self = .remote(address: address, port: port)
    } else {
      return nil
    }
  }
}
