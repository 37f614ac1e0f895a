import Engine
internal import Foundation
internal import SwiftProtobuf
import Synchronization

/// Connections to an agent's socket whose calls, frames and messages are damaged at random.
///
/// The same seed makes the same bytes.
public final class CallFuzzer: Sendable {
  private let path: String
  private let source: Mutex<Source>

  /// Creates a fuzzer of the agent at the socket `path`.
  ///
  /// With `changing` there are calls among its own that change things when they are not damaged.
  public init(path: String, seed: UInt64, changing: Bool) throws {
    self.path = path
    source = Mutex(
      Source(
        messages: try Self.reading() + (changing ? Self.changing() : []), random: SeededGenerator(seed: seed))
    )
  }

  /// Makes `count` connections, one after another, and gives each of them up once it has sent what it sends.
  ///
  /// Some wait a moment for an answer. Throws where the agent does not accept connections any more.
  public func strike(_ count: Int) throws {
    for _ in 0..<count {
      let descriptor = try RawSocket.connect(path)
      defer { close(descriptor) }
      let (bytes, waits) = source.withLock { ($0.connection(), $0.random.chance(8)) }
      _ = bytes.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL)) }
      guard waits else { continue }
      var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      _ = poll(&waiting, 1, 20)
    }
  }

  private static func reading() throws -> [(method: String, bytes: [UInt8])] {
    var push = Mcp_V1_PushRequest()
    push.open.service = "web"
    push.open.path = "x"
    push.open.name = "x"
    push.open.source.size = 5
    push.open.totalBytes = 5
    push.open.totalFiles = 1
    var parts = Mcp_V1_PushRequest()
    parts.parts = [.with { $0.data = Data("12345".utf8) }]
    var events = Mcp_V1_EventsRequest()
    events.service = "web"
    var exec = Mcp_V1_ExecRequest()
    exec.open.target.service = "web"
    exec.open.command = ["sh", "-c", "true"]
    var pull = Mcp_V1_PullRequest()
    pull.service = "web"
    var revoked = Mcp_V1_RevokeTokenRequest()
    revoked.token = "laptop"
    return [
      ("Push", try push.serializedBytes()), ("Push", try parts.serializedBytes()),
      ("Events", try events.serializedBytes()), ("Exec", try exec.serializedBytes()),
      ("Pull", try pull.serializedBytes()), ("RevokeToken", try revoked.serializedBytes()),
      ("List", try Mcp_V1_ListRequest().serializedBytes()),
    ]
  }

  private static func changing() throws -> [(method: String, bytes: [UInt8])] {
    var deploy = Mcp_V1_DeployRequest()
    deploy.definition = Mcp_V1_Service(
      ServiceDefinition(name: "web", components: [Component(name: "api", image: "example.org/api:1")]))
    var secret = Mcp_V1_SetSecretRequest()
    secret.service = "web"
    secret.name = "key"
    secret.value = Data("value".utf8)
    var token = Mcp_V1_CreateTokenRequest()
    token.name = "laptop"
    token.role = "viewer"
    token.ttlMs = 60_000
    return [
      ("Deploy", try deploy.serializedBytes()), ("SetSecret", try secret.serializedBytes()),
      ("CreateToken", try token.serializedBytes()), ("Sync", try Mcp_V1_SyncRequest().serializedBytes()),
    ]
  }

  /// What makes the bytes.
  private struct Source {
    let messages: [(method: String, bytes: [UInt8])]
    var random: SeededGenerator

    mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
      var bytes = bytes
      for _ in 0..<random.number(0...5) {
        switch random.number(0...3) {
        case 0 where !bytes.isEmpty:
          bytes[random.number(0...(bytes.count - 1))] = UInt8(random.number(0...255))
        case 1 where !bytes.isEmpty: bytes.remove(at: random.number(0...(bytes.count - 1)))
        case 2: bytes.insert(UInt8(random.number(0...255)), at: random.number(0...bytes.count))
        default: bytes += (0..<random.number(0...40)).map { _ in UInt8(random.number(0...255)) }
        }
      }
      return bytes
    }

    /// A connection's worth of bytes.
    mutating func connection() -> [UInt8] {
      var bytes = HTTP2Bytes.preface + HTTP2Bytes.frame(4, [])
      for number in 0..<random.number(1...6) {
        let stream = UInt32(2 * number + 1)
        let (method, good) = random.pick(messages)
        var header = HTTP2Bytes.call.map { name, value in
          name == ":path" ? (name, "/mcp.v1.ControlPlane/\(method)") : (name, value)
        }
        if random.chance(6) { header.append(("mcp-peer-uid", "0")) }
        if random.chance(6) { header.append(("authorization", "Bearer \(random.next())")) }
        if random.chance(6) { header.append(("grpc-timeout", "\(random.number(0...99))m")) }
        if random.chance(8) { header.remove(at: random.number(0...(header.count - 1))) }
        bytes += HTTP2Bytes.frame(1, flags: 4, stream: stream, HTTP2Bytes.header(header))
        for _ in 0..<random.number(1...3) {
          let message = random.chance(3) ? good : damaged(good)
          let length = random.chance(10) ? random.number(0...100_000) : message.count
          let prefix = withUnsafeBytes(of: UInt32(length).bigEndian) { Array($0) }
          bytes += HTTP2Bytes.frame(0, stream: stream, [random.chance(12) ? 1 : 0] + prefix + message)
        }
        if random.chance(2) { bytes += HTTP2Bytes.frame(0, flags: 1, stream: stream, []) }
        if random.chance(4) { bytes += HTTP2Bytes.frame(3, stream: stream, [0, 0, 0, 8]) }
        if random.chance(4) {
          bytes += HTTP2Bytes.frame(
            UInt8(random.number(0...12)), flags: UInt8(random.number(0...255)),
            stream: UInt32(random.number(0...9)),
            (0..<random.number(0...30)).map { _ in UInt8(random.number(0...255)) })
        }
      }
      return random.chance(3) ? Array(bytes.prefix(24)) + damaged(Array(bytes.dropFirst(24))) : bytes
    }
  }
}
