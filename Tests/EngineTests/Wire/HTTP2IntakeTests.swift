import Engine
import NIOCore
import NIOEmbedded
import Testing

@Suite struct HTTP2IntakeTests {
  @Test func `what comes in goes on in order, in pieces that are never long`() throws {
    let channel = EmbeddedChannel(handler: HTTP2Intake())
    defer { _ = try? channel.finish() }
    var sent: [UInt8] = []
    for length in [1, HTTP2Intake.size, HTTP2Intake.size + 1, 0, 3 * HTTP2Intake.size + 17, 9] {
      let bytes = (0..<length).map { _ in UInt8.random(in: 0...255) }
      sent += bytes
      // What was read already, and room behind, are not part of it.
      var buffer = ByteBuffer(bytes: [0xFF] + bytes + [0xFF])
      buffer.moveReaderIndex(forwardBy: 1)
      buffer.moveWriterIndex(to: buffer.writerIndex - 1)
      try channel.writeInbound(buffer)
    }
    var received: [UInt8] = []
    while let piece = try channel.readInbound(as: ByteBuffer.self) {
      #expect(1...HTTP2Intake.size ~= piece.readableBytes)
      #expect(piece.capacity <= HTTP2Intake.size, "the piece holds a longer block")
      received += piece.readableBytesView
    }
    #expect(received == sent)
  }

  /// Notes what comes, and ends its connection with the first read.
  private final class Ender: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    var events: [String] = []
    let closes: Bool

    init(closes: Bool = true) { self.closes = closes }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      events.append("read")
      if closes { context.close(promise: nil) }
    }

    func channelInactive(context: ChannelHandlerContext) { events.append("inactive") }

    func channelReadComplete(context: ChannelHandlerContext) { events.append("complete") }
  }

  @Test func `each piece of a long read is the end of a reading`() throws {
    let noter = Ender(closes: false)
    let channel = EmbeddedChannel()
    try channel.pipeline.syncOperations.addHandlers(HTTP2Intake(), noter)
    channel.connect(to: try SocketAddress(unixDomainSocketPath: "/"), promise: nil)
    try channel.writeInbound(ByteBuffer(repeating: 7, count: 2 * HTTP2Intake.size + 1))
    #expect(noter.events == ["read", "complete", "read", "complete", "read", "complete"])
    _ = try? channel.finish()
  }

  @Test func `a connection that ends within a read is told that reading has ended`() throws {
    let ender = Ender()
    let channel = EmbeddedChannel()
    try channel.pipeline.syncOperations.addHandlers(HTTP2Intake(), ender)
    channel.connect(to: try SocketAddress(unixDomainSocketPath: "/"), promise: nil)
    try channel.writeInbound(ByteBuffer(bytes: [1]))
    #expect(ender.events.prefix(3) == ["read", "inactive", "complete"])
    _ = try? channel.finish()
  }
}
