internal import NIOCore

/// Cuts a stream of bytes into lines.
struct LineSplitter {
  /// What runtimes send in one line is small; more than this is not JSON of their making.
  private static let longestLine = 8 << 20

  private var buffer = ByteBuffer()

  /// Adds bytes as they come.
  ///
  /// Throws `operationFailed` for a line without end.
  mutating func append(_ bytes: ByteBuffer) throws {
    buffer.writeImmutableBuffer(bytes)
    guard buffer.readableBytes <= Self.longestLine else {
      throw EngineError(.operationFailed, "a runtime sends a line without end")
    }
  }

  /// Takes the next complete line, without its end.
  mutating func next() -> [UInt8]? {
    guard let end = buffer.readableBytesView.firstIndex(of: 10) else { return nil }
    let line = buffer.readBytes(length: end - buffer.readerIndex)
    buffer.moveReaderIndex(forwardBy: 1)
    buffer.discardReadBytes()
    return line
  }

  /// Takes what is left after the last line end.
  mutating func rest() -> [UInt8]? {
    guard buffer.readableBytes > 0 else { return nil }
    return buffer.readBytes(length: buffer.readableBytes)
  }
}
