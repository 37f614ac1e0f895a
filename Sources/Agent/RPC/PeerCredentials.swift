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
