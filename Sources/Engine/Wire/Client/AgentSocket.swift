internal import Foundation
internal import Glibc
internal import NIOCore
internal import NIOPosix

/// Connects to an agent's unix socket and says plainly why that does not work.
enum AgentSocket {
  /// The most bytes the path of a unix socket has.
  static let maximumPathLength = 107

  /// Returns the descriptor of a connected, non-blocking socket, which is the caller's to close.
  ///
  /// A unix socket connects at once or not at all. Only where the agent is behind with accepting is it tried
  /// again, until `deadline`. Throws `unavailable` where nobody listens, `permissionDenied` where this user
  /// may not connect, `invalidArgument` where the path cannot be one.
  static func connect(to path: String, deadline: ContinuousClock.Instant) async throws -> CInt {
    while true {
      let (descriptor, code) = try attempt(path)
      if code == 0 { return descriptor }
      guard code == EAGAIN || code == EINTR, ContinuousClock.now < deadline else {
        throw error(code, path: path)
      }
      try await Task.sleep(for: .milliseconds(20))
    }
  }

  private static func attempt(_ path: String) throws -> (descriptor: CInt, code: CInt) {
    guard !path.isEmpty, path.utf8.count <= maximumPathLength, !path.utf8.contains(0) else {
      throw EngineError(
        .invalidArgument, "'\(path)' cannot be the path of a unix socket",
        hint: "it has from 1 to \(maximumPathLength) bytes")
    }
    let type = CInt(SOCK_STREAM.rawValue) | CInt(SOCK_NONBLOCK.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
    let descriptor = socket(AF_UNIX, type, 0)
    guard descriptor >= 0 else { return (-1, errno) }
    let connected = withAddress(of: path) { Glibc.connect(descriptor, $0, $1) }
    guard connected != 0 else { return (descriptor, 0) }
    let code = errno
    close(descriptor)
    return (-1, code)
  }

  /// Calls `body` with the socket address of `path`, which must fit.
  private static func withAddress<Result>(
    of path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) -> Result {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
  }

  private static func error(_ code: CInt, path: String) -> EngineError {
    let what = "connecting to the agent at \(path)"
    let running = "is mcp-agent running? see `systemctl status mcp-agent` on a system with systemd"
    let reason = String(cString: strerror(code))
    switch code {
    case ENOENT, ENOTDIR:
      return EngineError(.unavailable, "\(what) failed: there is no such socket", hint: running)
    case ECONNREFUSED:
      return EngineError(
        .unavailable, "\(what) failed: nobody listens there", hint: running)
    case EACCES, EPERM:
      return EngineError(
        .permissionDenied, "\(what) failed: this user may not use the socket", cause: reason,
        hint: "use it as root, as the agent's user, or as a member of the group that it is configured with")
    case EAGAIN:
      return EngineError(
        .unavailable, "\(what) failed: the agent does not accept connections",
        hint: "it may hang, or be overloaded: \(running)")
    case EMFILE, ENFILE, ENOMEM, ENOBUFS:
      return EngineError(.resourceExhausted, "\(what) failed", cause: reason)
    case EPROTOTYPE, ENOTSOCK:
      return EngineError(.unavailable, "\(what) failed: this is no agent's socket", cause: reason)
    default:
      return EngineError(.unavailable, "\(what) failed", cause: reason, hint: running)
    }
  }
}
