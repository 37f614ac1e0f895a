internal import Foundation
internal import Synchronization

/// Ports of this machine for tests that run side by side.
enum FreePorts {
  // Below the range that the kernel hands out by itself, and begun at another place in each process.
  private static let first = 20_000
  private static let count = 10_000
  private static let position = Mutex(Int.random(in: 0..<count))

  /// A port that nobody listens on now; none is given out twice before all were.
  static func next() throws -> Int {
    for _ in 0..<count {
      let port = position.withLock { position in
        position = (position + 1) % count
        return first + position
      }
      if isFree(port, SOCK_STREAM), isFree(port, SOCK_DGRAM) { return port }
    }
    throw PodmanMissing(description: "no port of this machine is free")
  }

  private static func isFree(_ port: Int, _ kind: __socket_type) -> Bool {
    let descriptor = socket(AF_INET, Int32(kind.rawValue), 0)
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
