package import NIOCore
package import NIOHTTP2

/// Hands the messages that come in on a call to gRPC as its transport needs it: each in one piece.
///
/// The transport joins the pieces of a message in a block that it makes twice as long each time, and copies, until all of them
/// fit; here is one block of the right length. And nothing of what was received stays in use, so that HTTP/2's decoder need
/// not move to a new block with every read.
///
/// What it does not understand goes through as it is: the transport says what is wrong with it.
package final class MessageIntake: ChannelInboundHandler {
  package typealias InboundIn = HTTP2Frame.FramePayload
  package typealias InboundOut = HTTP2Frame.FramePayload

  /// The bytes before a message: whether it is compressed, and its length
  /// (https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md).
  private static let prefix = 5
  /// What has to have come of a message before it gets its block: its length alone is only a claim.
  private static let earnest = 8 << 10

  private let longest: Int
  /// The beginning of a message, in a block that has room for all of it, or in a small one.
  private var begun: ByteBuffer?
  private var missing = 0
  private var isPassing = false

  /// Creates a handler, which stands first on a call's stream; a message of more than `longest` bytes is not joined.
  package init(longest: Int) { self.longest = longest }

  package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard case .data(let frame) = unwrapInboundIn(data), case .byteBuffer(let bytes) = frame.data, !isPassing
    else {
      passOn(context)
      return context.fireChannelRead(data)
    }
    take(bytes, isLast: frame.endStream, context)
  }

  package func channelInactive(context: ChannelHandlerContext) {
    passOn(context)
    context.fireChannelInactive()
  }

  private func take(_ bytes: ByteBuffer, isLast: Bool, _ context: ChannelHandlerContext) {
    var bytes = bytes
    if var message = begun {
      begun = nil
      let count = min(missing, bytes.readableBytes)
      if count > message.writableBytes { message.reserveCapacity(minimumWritableBytes: missing) }
      if var part = bytes.readSlice(length: count) { message.writeBuffer(&part) }
      missing -= count
      guard missing == 0 else {
        begun = message
        if isLast { passOn(context, isLast: true) }
        return
      }
      send(message, isLast: isLast && bytes.readableBytes == 0, context)
      if bytes.readableBytes == 0 { return }
    }
    let whole = messages(in: bytes)
    guard !isPassing, !isLast, whole.count < bytes.readableBytes else {
      return send(bytes, isLast: isLast, context)
    }
    if whole.count > 0, let messages = bytes.readSlice(length: whole.count) {
      send(messages, isLast: false, context)
    }
    let room = bytes.readableBytes < Self.earnest ? min(whole.next, Self.earnest) : whole.next
    var message = context.channel.allocator.buffer(capacity: room)
    missing = whole.next - bytes.readableBytes
    message.writeBuffer(&bytes)
    begun = message
  }

  /// How many bytes at the beginning are whole messages, and how long the one after them is.
  private func messages(in bytes: ByteBuffer) -> (count: Int, next: Int) {
    var count = 0
    while count < bytes.readableBytes {
      guard let length = bytes.getInteger(at: bytes.readerIndex + count + 1, as: UInt32.self),
        length <= longest
      else {
        isPassing = true
        break
      }
      let next = Self.prefix + Int(length)
      guard count + next <= bytes.readableBytes else { return (count, next) }
      count += next
    }
    return (count, 0)
  }

  /// Nothing more comes of a message, or something else.
  private func passOn(_ context: ChannelHandlerContext, isLast: Bool = false) {
    guard let message = begun else { return }
    begun = nil
    send(message, isLast: isLast, context)
  }

  private func send(_ bytes: ByteBuffer, isLast: Bool, _ context: ChannelHandlerContext) {
    context.fireChannelRead(wrapInboundOut(.data(.init(data: .byteBuffer(bytes), endStream: isLast))))
  }
}
