import Engine
import NIOCore
import NIOEmbedded
import Testing

@Suite struct ReadSlicerTests {
  @Test func `what comes in goes on in order, in pieces that are never long`() throws {
    let channel = EmbeddedChannel(handler: ReadSlicer())
    defer { _ = try? channel.finish() }
    var sent: [UInt8] = []
    for length in [1, ReadSlicer.size, ReadSlicer.size + 1, 0, 3 * ReadSlicer.size + 17, 9] {
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
      #expect(1...ReadSlicer.size ~= piece.readableBytes)
      #expect(piece.capacity <= ReadSlicer.size, "the piece holds a longer block")
      received += piece.readableBytesView
    }
    #expect(received == sent)
  }
}
