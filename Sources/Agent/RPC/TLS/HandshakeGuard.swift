internal import Logging
internal import NIOCore
internal import NIOSSL
internal import NIOTLS

/// Stands before TLS: whoever speaks something else is told so in its own language, as far as that can be known.
final class PlaintextGuard: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let logger: Logger
  private let peer: String
  private var isRefused = false

  init(peer: String, logger: Logger) {
    self.peer = peer
    self.logger = logger
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isRefused else { return }
    let buffer = unwrapInboundIn(data)
    // The content type of a TLS handshake record, RFC 8446, 5.1.
    guard let first = buffer.getInteger(at: buffer.readerIndex, as: UInt8.self), first != 0x16 else {
      context.fireChannelRead(data)
      context.pipeline.syncOperations.removeHandler(self, promise: nil)
      return
    }
    isRefused = true
    logger.warning("connection refused: it does not speak TLS", metadata: ["peer": "\(peer)"])
    let answer = context.channel.allocator.buffer(bytes: Self.answer(to: first))
    let channel = context.channel
    context.writeAndFlush(wrapOutboundOut(answer)).whenComplete { _ in channel.close(promise: nil) }
  }

  private static let reason = "this port speaks TLS 1.3 only"

  /// An HTTP/2 client begins with `PRI * HTTP/2.0`; an older one with its method, whose first letter is not P or is POST's.
  private static func answer(to first: UInt8) -> [UInt8] {
    guard first == UInt8(ascii: "P") else {
      let body = reason + "\n"
      return Array(
        """
        HTTP/1.1 400 Bad Request\r
        Content-Type: text/plain\r
        Content-Length: \(body.utf8.count)\r
        Connection: close\r
        \r
        \(body)
        """.utf8)
    }
    // An empty SETTINGS frame and GOAWAY with INADEQUATE_SECURITY, RFC 9113, 6.5 and 6.8.
    let text = Array(reason.utf8)
    return [0, 0, 0, 4, 0, 0, 0, 0, 0] + [0, 0, UInt8(8 + text.count), 7, 0, 0, 0, 0, 0]
      + [0, 0, 0, 0, 0, 0, 0, 0x0C] + text
  }
}

/// Stands behind TLS: ends connections whose handshake fails or takes too long, and says why in the log.
final class HandshakeWatch: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let logger: Logger
  private let peer: String
  private let limit: TimeAmount
  private var isDone = false
  private var timer: Scheduled<Void>?

  init(peer: String, limit: Duration, logger: Logger) {
    self.peer = peer
    self.limit = TimeAmount(limit)
    self.logger = logger
  }

  func handlerAdded(context: ChannelHandlerContext) {
    let bound = NIOLoopBound((handler: self, channel: context.channel), eventLoop: context.eventLoop)
    timer = context.eventLoop.scheduleTask(in: limit) {
      guard !bound.value.handler.isDone else { return }
      bound.value.handler.logger.warning(
        "connection ended: its TLS handshake took too long", metadata: ["peer": "\(bound.value.handler.peer)"]
      )
      bound.value.channel.close(promise: nil)
    }
  }

  func handlerRemoved(context: ChannelHandlerContext) { timer?.cancel() }

  func channelInactive(context: ChannelHandlerContext) {
    timer?.cancel()
    context.fireChannelInactive()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if let event = event as? TLSUserEvent, case .handshakeCompleted = event {
      isDone = true
      timer?.cancel()
    }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard !isDone else { return context.fireErrorCaught(error) }
    logger.warning(
      "connection refused: its TLS handshake failed", metadata: ["peer": "\(peer)", "reason": "\(error)"])
    context.close(promise: nil)
  }
}
