import Engine
import Foundation
import TestSupport
import Testing

@testable import Agent

@Suite struct HostileClientTests {
  /// Sends bytes on a connection of their own and reads until the server hangs up or is silent.
  private static func send(_ bytes: [UInt8], to path: String) throws -> [UInt8] {
    let descriptor = try RawSocket.connect(path)
    defer { close(descriptor) }
    var limit = timeval(tv_sec: 0, tv_usec: 150_000)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Foundation.send(descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
      }
      guard count > 0 else { break }
      sent += count
    }
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      guard count > 0 else { return answer }
      answer += buffer[..<count]
    }
  }

  @Test func `no bytes take the server down`() async throws {
    let headers = HTTP2Bytes.header(HTTP2Bytes.call)
    let opening = HTTP2Bytes.preface + HTTP2Bytes.frame(4, [])
    let cases: [[UInt8]] = [
      [], [0], HTTP2Bytes.preface, Array("GET / HTTP/1.1\r\nHost: x\r\n\r\n".utf8),
      [UInt8](repeating: 0xff, count: 100_000),
      // A frame that is longer than allowed, a settings frame on a stream, a window that overflows.
      opening + [0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 1],
      opening + HTTP2Bytes.frame(4, stream: 1, []),
      opening + HTTP2Bytes.frame(8, [0x7f, 0xff, 0xff, 0xff])
        + HTTP2Bytes.frame(8, [0x7f, 0xff, 0xff, 0xff]),
      // Headers that are no headers; a continuation of nothing; data for a stream that is not open.
      opening + HTTP2Bytes.frame(1, flags: 5, stream: 1, [0xff, 0xff, 0xff, 0xff, 0xff]),
      opening + HTTP2Bytes.frame(9, flags: 4, stream: 1, headers),
      opening + HTTP2Bytes.frame(0, flags: 1, stream: 1, [0, 0, 0, 0, 0]),
      // A call without a path, one to nowhere, one that is no gRPC, one with upper-case names.
      opening + HTTP2Bytes.frame(1, flags: 5, stream: 1, HTTP2Bytes.header([(":method", "POST")])),
      opening
        + HTTP2Bytes.frame(
          1, flags: 5, stream: 1,
          HTTP2Bytes.header(HTTP2Bytes.call.map { $0.0 == ":path" ? (":path", "/x.Y/Z") : $0 })),
      opening
        + HTTP2Bytes.frame(
          1, flags: 5, stream: 1, HTTP2Bytes.header(HTTP2Bytes.call.filter { $0.0 != "content-type" })),
      opening
        + HTTP2Bytes.frame(1, flags: 5, stream: 1, headers + HTTP2Bytes.header([("Mcp-Peer-Uid", "0")])),
      // A message that is no message, one that is announced and does not come, one that is too long.
      opening + HTTP2Bytes.frame(1, flags: 4, stream: 1, headers)
        + HTTP2Bytes.frame(0, flags: 1, stream: 1, [0, 0, 0, 0, 3, 0xff, 0xff, 0xff]),
      opening + HTTP2Bytes.frame(1, flags: 4, stream: 1, headers)
        + HTTP2Bytes.frame(0, flags: 1, stream: 1, [0, 0, 0, 0, 9]),
      opening + HTTP2Bytes.frame(1, flags: 4, stream: 1, headers)
        + HTTP2Bytes.frame(0, flags: 1, stream: 1, [0, 0xff, 0xff, 0xff, 0xff]),
      opening + HTTP2Bytes.frame(1, flags: 4, stream: 1, headers)
        + HTTP2Bytes.frame(3, stream: 1, [0, 0, 0, 8]),
      // The same call over and over, reset at once each time.
      opening
        + (0..<500).flatMap { number in
          let stream = UInt32(2 * number + 1)
          return HTTP2Bytes.frame(1, flags: 4, stream: stream, headers)
            + HTTP2Bytes.frame(3, stream: stream, [0, 0, 0, 8])
        },
    ]
    let fake = FakeControlPlane()
    try await TestAgent.with(fake) { agent in
      for bytes in cases { _ = try Self.send(bytes, to: agent.path) }
      let name = try await RemoteControlPlane.withConnection(to: agent.address) { try await $0.node().name }
      #expect(name == "fake")
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `random damage to a good call does not take the server down`(seed: UInt64) async throws {
    let good =
      HTTP2Bytes.preface + HTTP2Bytes.frame(4, [])
      + HTTP2Bytes.frame(1, flags: 4, stream: 1, HTTP2Bytes.header(HTTP2Bytes.call))
      + HTTP2Bytes.frame(0, flags: 1, stream: 1, [0, 0, 0, 0, 0])
    try await TestAgent.with(FakeControlPlane()) { agent in
      var damage = Damage(state: seed)
      for _ in 0..<60 {
        var bytes = good
        for _ in 0...damage.next(below: 6) {
          bytes[24 + damage.next(below: bytes.count - 24)] = UInt8(damage.next(below: 256))
        }
        let descriptor = try RawSocket.connect(agent.path)
        _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        close(descriptor)
      }
      let name = try await RemoteControlPlane.withConnection(to: agent.address) { try await $0.node().name }
      #expect(name == "fake")
    }
  }

  /// Numbers that are the same in every run with one seed.
  private struct Damage {
    var state: UInt64

    mutating func next(below bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
  }

  @Test func `a user has so many connections and no more, and gets them back`() async throws {
    var limits = RPCLimits()
    limits.connectionsPerPeer = 3
    let fake = FakeControlPlane()
    try await TestAgent.with(fake, limits: limits) { agent in
      let held = try (0..<3).map { _ in try RawSocket.connect(agent.path) }
      try await eventually("they are counted") { agent.server.connections.count(.user(geteuid())) == 3 }
      let error = await #expect(throws: EngineError.self) {
        try await RemoteControlPlane.withConnection(to: agent.address) { try await $0.list() }
      }
      #expect(error?.code == .unavailable)
      held.forEach { close($0) }
      try await eventually("they are forgotten") { agent.server.connections.count(.user(geteuid())) == 0 }
      try await RemoteControlPlane.withConnection(to: agent.address) { _ = try await $0.list() }
    }
    #expect(fake.calls == [.list])
  }

  @Test func `a thousand connections one after another leave nothing behind`() async throws {
    try await TestAgent.with(FakeControlPlane()) { agent in
      for _ in 0..<1_000 { close(try RawSocket.connect(agent.path)) }
      try await eventually("they are forgotten") { agent.server.connections.count(.user(geteuid())) == 0 }
      try await RemoteControlPlane.withConnection(to: agent.address) { _ = try await $0.list() }
    }
  }
}
