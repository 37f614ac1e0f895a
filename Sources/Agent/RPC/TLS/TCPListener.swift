internal import Engine
internal import Glibc

/// A TCP port that this process listens on.
enum TCPListener {
  /// Listens on a host, which is a name or an IP address, and a port.
  ///
  /// An address that this machine does not have yet, such as that of a tunnel which comes up later, is no
  /// obstacle. Returns the descriptor, which is the caller's to close. Throws `conflict` where the port is taken,
  /// `invalidArgument` for a name that cannot be resolved, `permissionDenied` and `operationFailed` with the system's
  /// reason.
  static func bind(host: String, port: Int) throws(EngineError) -> CInt {
    let place = "\(AgentAddress.tcp(host: host, port: port))"
    var hints = addrinfo()
    hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
    hints.ai_flags = AI_PASSIVE
    var found: UnsafeMutablePointer<addrinfo>?
    let resolved = getaddrinfo(host, String(port), &hints, &found)
    guard resolved == 0, let first = found else {
      throw EngineError(
        .invalidArgument, "the agent cannot listen on \(place): the name is not known",
        cause: String(cString: gai_strerror(resolved)), hint: "give an IP address in [server] listen")
    }
    defer { freeaddrinfo(first) }
    let information = first.pointee
    let type = CInt(SOCK_STREAM.rawValue) | CInt(SOCK_NONBLOCK.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
    let descriptor = socket(information.ai_family, type, 0)
    guard descriptor >= 0 else { throw failure(place, errno) }
    var one: CInt = 1
    let size = socklen_t(MemoryLayout<CInt>.size)
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &one, size)
    if information.ai_family == AF_INET6 {
      setsockopt(descriptor, CInt(IPPROTO_IPV6), freeBindV6, &one, size)
    } else {
      setsockopt(descriptor, CInt(IPPROTO_IP), freeBindV4, &one, size)
    }
    guard Glibc.bind(descriptor, information.ai_addr, information.ai_addrlen) == 0,
      listen(descriptor, 256) == 0
    else {
      let code = errno
      close(descriptor)
      throw failure(place, code)
    }
    return descriptor
  }

  /// ip(7) and ipv6(7); not in the headers' Swift form everywhere.
  private static let freeBindV4: CInt = 15
  private static let freeBindV6: CInt = 78

  private static func failure(_ place: String, _ code: CInt) -> EngineError {
    let cause = String(cString: strerror(code))
    switch code {
    case EADDRINUSE:
      return EngineError(
        .conflict, "the agent cannot listen on \(place): the port is taken", cause: cause,
        hint: "`ss -ltnp` shows by whom; choose another port in [server] listen, or end that program")
    case EACCES, EPERM:
      return EngineError(
        .permissionDenied, "the agent cannot listen on \(place)", cause: cause,
        hint: "ports below 1024 are for root: choose a higher one")
    default:
      return EngineError(.operationFailed, "the agent cannot listen on \(place)", cause: cause)
    }
  }
}
