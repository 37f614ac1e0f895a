internal import GRPCCore

/// Who is at the other end of a unix socket, as the kernel says.
struct PeerCredentials: Hashable, Sendable {
  /// The process's user when it connected.
  var uid: UInt32
  /// The process's group when it connected.
  var gid: UInt32
  /// The process; it may be gone, or be in another PID namespace and show as 0.
  var pid: Int32

  /// The peer in the form of ``Caller/peer``.
  var description: String { "unix:uid=\(uid),pid=\(pid)" }
}

extension PeerCredentials {
  /// What the names of the headers begin with that carry credentials from a connection to its calls.
  static let headerPrefix = "mcp-peer-"

  /// The headers that carry them.
  var headers: [(name: String, value: String)] {
    [
      (Self.headerPrefix + "uid", String(uid)), (Self.headerPrefix + "gid", String(gid)),
      (Self.headerPrefix + "pid", String(pid)),
    ]
  }

  /// Reads them from a call's headers; `nil` unless each is there exactly once.
  init?(_ metadata: Metadata) {
    func value<Number: LosslessStringConvertible>(_ name: String) -> Number? {
      var values = metadata[stringValues: Self.headerPrefix + name].makeIterator()
      guard let text = values.next(), values.next() == nil else { return nil }
      return Number(text)
    }
    guard let uid: UInt32 = value("uid"), let gid: UInt32 = value("gid"), let pid: Int32 = value("pid")
    else { return nil }
    self.init(uid: uid, gid: gid, pid: pid)
  }
}
