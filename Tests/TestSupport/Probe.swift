internal import Foundation

/// Asks HTTP servers of this machine, over a connection of its own each time.
public enum Probe {
  /// What went wrong.
  public struct Failure: Error, CustomStringConvertible {
    /// In words.
    public let description: String
  }

  /// Returns the body of the page at `/`, without the line's end; throws where the answer is not complete.
  public static func get(_ port: Int, limit: Duration = .seconds(40)) async throws -> String {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread { continuation.resume(with: Result { try ask(port, limit) }) }
    }
  }

  private static func ask(_ port: Int, _ limit: Duration) throws -> String {
    let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw failure("socket") }
    defer { close(descriptor) }
    var time = timeval(tv_sec: Int(limit.components.seconds), tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(UInt16(port).bigEndian)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let connected = withUnsafePointer(to: address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0 else { throw failure("connect") }
    let request = Array("GET / HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n".utf8)
    guard send(descriptor, request, request.count, CInt(MSG_NOSIGNAL)) == request.count else {
      throw failure("send")
    }
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count >= 0 else { throw failure("receive after \(answer.count) bytes") }
      if count == 0 { break }
      answer += buffer[..<count]
    }
    let text = String(decoding: answer, as: UTF8.self)
    guard text.hasPrefix("HTTP/1."), let head = text.range(of: "\r\n\r\n") else {
      throw Failure(description: "an answer of \(answer.count) bytes")
    }
    guard text.dropFirst(9).hasPrefix("200") else { throw Failure(description: String(text.prefix(20))) }
    return text[head.upperBound...].trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private static func failure(_ what: String) -> Failure {
    Failure(description: "\(what): \(String(cString: strerror(errno)))")
  }
}
