internal import Foundation

/// Unix sockets as the system has them, for tests that play a peer by hand.
public enum RawSocket {
  /// Returns a stream socket bound to `path`, which does not listen yet.
  public static func bind(_ path: String) throws -> CInt {
    try open(path, Glibc.bind)
  }

  /// Returns a stream socket connected to `path`.
  public static func connect(_ path: String) throws -> CInt {
    try open(path, Glibc.connect)
  }

  /// Returns whether somebody accepts connections on `path`.
  public static func accepts(_ path: String) -> Bool {
    guard let descriptor = try? connect(path) else { return false }
    close(descriptor)
    return true
  }

  private static func open(
    _ path: String, _ attach: (CInt, UnsafePointer<sockaddr>, socklen_t) -> CInt
  ) throws -> CInt {
    let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix(107)) }
    let attached = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        attach(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard attached == 0 else {
      let code = errno
      close(descriptor)
      throw POSIXError(POSIXErrorCode(rawValue: code) ?? .EIO)
    }
    return descriptor
  }
}
