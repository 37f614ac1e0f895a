package import NIOCore

/// Hands what comes in on a connection to HTTP/2 as swift-nio-http2 needs it.
///
/// In pieces that are never long: its decoder copies what it is given behind what came before, and where that is still in use, it
/// moves to a new block first, all of it, as long as the longest piece ever was. One long piece made every short one after it as
/// expensive.
///
/// Each with an end of reading, so that it is used up before the next one comes. And with one, also where the connection ends within a read: it would keep the streams that were read from, and
/// with them the whole connection, for ever.
package final class HTTP2Intake: ChannelInboundHandler {
  package typealias InboundIn = ByteBuffer
  package typealias InboundOut = ByteBuffer

  /// The most bytes of a piece: with what may be left of a frame's header before it, a power of two.
  package static let size = (128 << 10) - 16

  /// Creates a handler, which stands directly before HTTP/2's.
  package init() {}

  package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var buffer = unwrapInboundIn(data)
    while buffer.readableBytes > Self.size, let piece = buffer.readSlice(length: Self.size) {
      context.fireChannelRead(wrapInboundOut(piece))
      context.fireChannelReadComplete()
    }
    if buffer.readableBytes > 0 { context.fireChannelRead(wrapInboundOut(buffer.slice())) }
    // What was read has ended the connection; the channel says nothing any more.
    if !context.channel.isActive { context.fireChannelReadComplete() }
  }
}
