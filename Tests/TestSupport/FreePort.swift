internal import Foundation
internal import Synchronization

/// Ports of this machine for tests that run side by side.
public enum FreePort {
  // Below the range that the kernel hands out by itself, and begun at another place in each process.
  private static let first = 20_000
  private static let count = 10_000
  private static let position = Mutex(Int.random(in: 0..<count))

  /// A TCP and UDP port that nobody listens on now; none is given out twice before all were.
  public static func next() throws -> Int {
    for _ in 0..<count {
      let port = position.withLock { position in
        position = (position + 1) % count
        return first + position
      }
      if isFree(port, SOCK_STREAM), isFree(port, SOCK_DGRAM) { return port }
    }
    throw PodmanMissing(description: "no port of this machine is free")
  }

  /// Whether somebody accepts TCP connections on a port of the loopback address.
  public static func accepts(_ port: Int) -> Bool {
    let descriptor = PortHolder.connect(to: port)
    guard descriptor >= 0 else { return false }
    close(descriptor)
    return true
  }

  private static func isFree(_ port: Int, _ kind: __socket_type) -> Bool {
    let descriptor = socket(AF_INET, Int32(kind.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(UInt16(port).bigEndian)
    return withUnsafePointer(to: address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }
}

/// A port of this machine that this process listens on.
public struct PortHolder: Sendable {
  /// The TCP port, on the loopback address.
  public let port: Int
  private let descriptor: Int32

  /// Listens on a port; 0 is one of the kernel's choice.
  public init(_ wanted: Int = 0) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var reuses: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &reuses, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(UInt16(wanted).bigEndian)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let descriptor = descriptor
    let isListening = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && listen(descriptor, 8) == 0
          && getsockname(descriptor, $0, &length) == 0
      }
    }
    port = Int(UInt16(bigEndian: address.sin_port))
    guard isListening else {
      close()
      throw PodmanMissing(description: "cannot listen on a port")
    }
  }

  /// The next connection; negative once it has stopped listening.
  func accept() -> Int32 { Foundation.accept(descriptor, nil, nil) }

  /// Connects to a port of the loopback address; negative where nobody listens.
  static func connect(to port: Int) -> Int32 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return -1 }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(UInt16(port).bigEndian)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let isConnected = withUnsafePointer(to: address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Foundation.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    if isConnected { return descriptor }
    Foundation.close(descriptor)
    return -1
  }

  /// Stops listening.
  public func close() {
    shutdown(descriptor, Int32(SHUT_RDWR))
    Foundation.close(descriptor)
  }
}
