internal import Foundation
internal import NIOCore
internal import NIOPosix

/// A connection that begins as an HTTP request and goes on as bytes in both directions.
///
/// Bytes are only read when they are asked for, so that a slow reader slows down the writer instead of filling memory.
final class HijackedConnection: Sendable {
  private let channel: any Channel
  private let handler: NIOLoopBound<HijackHandler>

  private init(channel: any Channel, handler: NIOLoopBound<HijackHandler>) {
    self.channel = channel
    self.handler = handler
  }

  /// Connects, sends the request and returns when podman has agreed.
  ///
  /// Throws ``PodmanTransport/ConnectionFailure`` where there is no connection, podman's refusal as
  /// ``PodmanFailure``, and `timeout` after `limit`.
  static func open(
    socket: String, target: String, body: Data, limit: Duration, purpose: String
  ) async throws -> HijackedConnection {
    let failure = EngineError(
      .timeout, "cannot \(purpose): podman has not answered for \(limit.components.seconds) s",
      hint: "look whether `podman ps` works as the agent's user")
    return try await RuntimeDeadline.run(within: limit, otherwise: { failure }) {
      let connection: HijackedConnection
      do {
        connection = try await connect(socket: socket)
      } catch {
        throw PodmanTransport.classify(error)
      }
      do {
        try await connection.handshake(target: target, body: body)
        return connection
      } catch {
        connection.close()
        throw PodmanTransport.classify(error)
      }
    }
  }

  /// The next bytes from podman; `nil` at the end.
  func read() async throws -> ByteBuffer? {
    let handler = handler
    return try await withTaskCancellationHandler {
      try await channel.eventLoop.flatSubmit { handler.value.read() }.get()
    } onCancel: {
      close()
    }
  }

  /// Sends bytes and returns when the kernel has taken them.
  func write(_ bytes: [UInt8]) async throws {
    try await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get()
  }

  /// Says that nothing more will be sent; reading goes on.
  func endOutput() async throws {
    try await channel.close(mode: .output).get()
  }

  /// Closes the connection, whatever is still under way.
  func close() { channel.close(mode: .all, promise: nil) }

  private static func connect(socket: String) async throws -> HijackedConnection {
    try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelOption(.autoRead, value: false)
      .channelOption(.allowRemoteHalfClosure, value: true)
      .connect(unixDomainSocketPath: socket)
      .flatMap { channel in
        channel.eventLoop.submit {
          let handler = HijackHandler(eventLoop: channel.eventLoop)
          try channel.pipeline.syncOperations.addHandler(handler)
          return HijackedConnection(
            channel: channel, handler: NIOLoopBound(handler, eventLoop: channel.eventLoop))
        }
      }.get()
  }

  private func handshake(target: String, body: Data) async throws {
    let head =
      "POST \(target) HTTP/1.1\r\nHost: podman\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n"
      + "Content-Type: application/json\r\nContent-Length: \(body.count)\r\n\r\n"
    try await write(Array(head.utf8) + body)
    var received = ByteBuffer()
    while true {
      guard let part = try await read() else {
        throw PodmanTransport.ConnectionFailure(neverSent: false, words: "podman closed the connection")
      }
      received.writeImmutableBuffer(part)
      guard let head = try ResponseHead.take(from: &received) else { continue }
      if head.status == 101 || head.status == 200 {
        let handler = handler
        let rest = received
        return try await channel.eventLoop.submit { handler.value.putBack(rest) }.get()
      }
      while received.readableBytes < head.contentLength, let part = try await read() {
        received.writeImmutableBuffer(part)
      }
      throw PodmanFailure(status: head.status, body: Data(received.readableBytesView))
    }
  }
}

/// The beginning of an HTTP answer, as far as a hijacked connection needs it.
struct ResponseHead: Equatable {
  private static let longest = 64 << 10

  var status: Int
  var contentLength: Int

  /// Takes the head when all of it is there; what follows stays.
  ///
  /// Throws where it is none.
  static func take(from buffer: inout ByteBuffer) throws -> ResponseHead? {
    let text = String(decoding: buffer.readableBytesView.prefix(longest), as: UTF8.self)
    guard let end = text.range(of: "\r\n\r\n") else {
      guard buffer.readableBytes < longest else { throw malformed }
      return nil
    }
    let lines = text[..<end.lowerBound].components(separatedBy: "\r\n")
    let words = lines[0].split(separator: " ", maxSplits: 2)
    guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]) else { throw malformed }
    var contentLength = 0
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      if parts.count == 2, parts[0].lowercased() == "content-length" {
        contentLength = Int(parts[1].trimmingCharacters(in: .whitespaces)) ?? 0
      }
    }
    // Counted in bytes: the head is ASCII, but a broken one may not be.
    buffer.moveReaderIndex(forwardBy: text[..<end.upperBound].utf8.count)
    return ResponseHead(status: status, contentLength: min(max(0, contentLength), 1 << 20))
  }

  private static var malformed: EngineError {
    EngineError(.operationFailed, "podman's answer to an exec request is no HTTP")
  }
}

/// Keeps what arrived until it is asked for.
///
/// Lives on its channel's event loop.
private final class HijackHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let eventLoop: any EventLoop
  private var context: ChannelHandlerContext?
  private var buffer = ByteBuffer()
  private var waiting: EventLoopPromise<ByteBuffer?>?
  private var end: Result<Void, any Error>?

  init(eventLoop: any EventLoop) { self.eventLoop = eventLoop }

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func handlerRemoved(context: ChannelHandlerContext) {
    finish(.success(()))
    self.context = nil
  }

  /// What has arrived comes first, also after the connection has ended: podman closes it right behind the last bytes.
  func read() -> EventLoopFuture<ByteBuffer?> {
    let promise = eventLoop.makePromise(of: ByteBuffer?.self)
    if buffer.readableBytes > 0 {
      promise.succeed(takeBuffer())
    } else if let end {
      promise.completeWith(end.map { nil })
    } else {
      waiting?.succeed(nil)
      waiting = promise
      context?.read()
    }
    return promise.futureResult
  }

  func putBack(_ bytes: ByteBuffer) {
    var joined = bytes
    joined.writeImmutableBuffer(buffer)
    buffer = joined
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    buffer.writeImmutableBuffer(unwrapInboundIn(data))
    deliver()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case ChannelEvent.inputClosed = event { finish(.success(())) }
    context.fireUserInboundEventTriggered(event)
  }

  func channelInactive(context: ChannelHandlerContext) { finish(.success(())) }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    finish(.failure(error))
    context.close(promise: nil)
  }

  private func deliver() {
    guard let promise = waiting, buffer.readableBytes > 0 else { return }
    waiting = nil
    promise.succeed(takeBuffer())
  }

  private func finish(_ result: Result<Void, any Error>) {
    if end == nil { end = result }
    guard let promise = waiting else { return }
    waiting = nil
    if buffer.readableBytes > 0 {
      promise.succeed(takeBuffer())
    } else {
      promise.completeWith(result.map { nil })
    }
  }

  private func takeBuffer() -> ByteBuffer {
    defer { buffer = ByteBuffer() }
    return buffer
  }
}
