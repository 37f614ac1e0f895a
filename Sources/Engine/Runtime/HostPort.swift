internal import Glibc

/// A port of this machine that a component wants to listen on.
struct HostPort: Hashable, Sendable, CustomStringConvertible {
  /// Why a port cannot be listened on.
  enum Problem: Hashable, Sendable {
    /// Somebody else does.
    case taken
    /// The kernel refuses, with this error number: a privileged port, an address that is not this machine's.
    case refused(Int32)
  }

  /// The address; `nil` is every one.
  var address: String?
  var number: UInt16
  var isUDP: Bool

  init(address: String?, number: UInt16, isUDP: Bool) {
    self.address = address.flatMap { $0.isEmpty ? nil : $0 }
    self.number = number
    self.isUDP = isUDP
  }

  init(_ mapping: PortMapping) {
    self.init(
      address: mapping.hostIP, number: UInt16(clamping: mapping.hostPort), isUDP: mapping.transport == .udp)
  }

  var description: String {
    (address.map { $0.contains(":") ? "[\($0)]:" : "\($0):" } ?? "") + "\(number)" + (isUDP ? "/udp" : "")
  }

  /// Asks the kernel, by listening for a moment.
  ///
  /// That is exact, where podman's words differ from one network back end to the next. An address that is none is left
  /// to podman.
  func problem() -> Problem? {
    guard number > 0 else { return nil }
    let text = address ?? "0.0.0.0"
    if text.contains(":") {
      var value = sockaddr_in6()
      value.sin6_family = sa_family_t(AF_INET6)
      value.sin6_port = number.bigEndian
      guard inet_pton(AF_INET6, text, &value.sin6_addr) == 1 else { return nil }
      return tryToBind(AF_INET6, value)
    }
    var value = sockaddr_in()
    value.sin_family = sa_family_t(AF_INET)
    value.sin_port = number.bigEndian
    guard inet_pton(AF_INET, text, &value.sin_addr) == 1 else { return nil }
    return tryToBind(AF_INET, value)
  }

  private func tryToBind<Address>(_ family: Int32, _ value: Address) -> Problem? {
    let kind = Int32((isUDP ? SOCK_DGRAM : SOCK_STREAM).rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    let descriptor = socket(family, kind, 0)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    if !isUDP {
      // Connections that linger after a close do not count: podman's listener sets this too.
      var one: Int32 = 1
      setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &one, socklen_t(MemoryLayout<Int32>.size))
    }
    let error: Int32 = withUnsafePointer(to: value) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<Address>.size)) < 0 ? errno : 0
      }
    }
    switch error {
    case 0: return nil
    case EADDRINUSE: return .taken
    default: return .refused(error)
    }
  }
}
