internal import Foundation
internal import NIOCore
internal import NIOPosix

/// One conversation with QEMU on its control socket (QMP, see QEMU's `qmp-spec.rst`).
///
/// QEMU talks to one client at a time, so a conversation is short: another one waits in the socket's queue until then.
struct QMPSession: ~Copyable {
  private var lines = LineSplitter()
  private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
  private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>

  /// What QEMU says about how its guest is (`query-status`).
  struct Status: Decodable, Sendable {
    var running: Bool
    var status: String
  }

  /// Runs `body` with a connection on which commands can be given.
  ///
  /// Throws `unavailable` where nobody listens, `timeout` where QEMU does not answer in time.
  static func with<Value: Sendable>(
    _ socket: String, within limit: Duration,
    _ body: @escaping @Sendable (inout QMPSession) async throws -> Value
  ) async throws -> Value {
    try await RuntimeDeadline.run(
      within: limit,
      otherwise: {
        EngineError(
          .timeout, "QEMU does not answer on its control socket",
          hint: "is it stopped, or is \(socket) in use?")
      }
    ) {
      let channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>
      do {
        channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
          .connect(unixDomainSocketPath: socket) { channel in
            channel.eventLoop.makeCompletedFuture {
              try NIOAsyncChannel(wrappingChannelSynchronously: channel)
            }
          }
      } catch {
        throw EngineError(
          .unavailable, "QEMU's control socket \(socket) cannot be reached", cause: "\(error)")
      }
      return try await channel.executeThenClose { inbound, outbound in
        var session = QMPSession(inbound: inbound.makeAsyncIterator(), outbound: outbound)
        // The greeting.
        _ = try await session.line()
        _ = try await session.command("qmp_capabilities", as: Nothing.self)
        return try await body(&session)
      }
    }
  }

  private init(
    inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator,
    outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
  ) {
    self.inbound = inbound
    self.outbound = outbound
  }

  /// `query-status`.
  mutating func status() async throws -> Status { try await command("query-status", as: Status.self) }

  /// `query-uuid`.
  mutating func uuid() async throws -> String {
    struct Answer: Decodable {
      var uuid: String
      enum CodingKeys: String, CodingKey { case uuid = "UUID" }
    }
    return try await command("query-uuid", as: Answer.self).uuid
  }

  /// `system_powerdown`: presses the guest's power button.
  mutating func powerdown() async throws { _ = try await command("system_powerdown", as: Nothing.self) }

  /// `quit`: ends QEMU.
  mutating func quit() async throws { _ = try await command("quit", as: Nothing.self) }

  private struct Nothing: Decodable {}

  private struct Answer<Value: Decodable>: Decodable {
    struct Refusal: Decodable { var desc: String }
    var event: String?
    var error: Refusal?
    var `return`: Value?
  }

  private mutating func command<Value: Decodable>(_ name: String, as type: Value.Type) async throws -> Value {
    try await outbound.write(ByteBuffer(string: "{\"execute\":\"\(name)\"}\n"))
    while true {
      let answer = try JSONDecoder().decode(Answer<Value>.self, from: Data(try await line()))
      if let refusal = answer.error {
        throw EngineError(.operationFailed, "QEMU refuses \(name)", cause: refusal.desc)
      }
      if let value = answer.return { return value }
      // Events come in between.
      guard answer.event != nil else {
        throw EngineError(.operationFailed, "QEMU answers \(name) with nothing")
      }
    }
  }

  private mutating func line() async throws -> [UInt8] {
    while true {
      if let line = lines.next() { return line }
      guard let bytes = try await inbound.next() else {
        throw EngineError(.unavailable, "QEMU closed its control socket")
      }
      try lines.append(bytes)
    }
  }
}
