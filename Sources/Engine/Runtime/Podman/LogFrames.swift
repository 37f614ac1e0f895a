internal import Foundation
internal import NIOCore

/// Takes podman's frames out of a stream of bytes: one byte for the stream, three of zero, four for the length.
struct LogFrames {
  struct Frame: Hashable {
    var stream: LogLine.Stream
    var bytes: [UInt8]
  }

  private var buffer = ByteBuffer()

  mutating func append(_ bytes: ByteBuffer) { buffer.writeImmutableBuffer(bytes) }

  /// Takes the next complete frame.
  ///
  /// Throws `operationFailed` where the bytes are no frames.
  mutating func next() throws -> Frame? {
    guard let length = buffer.getInteger(at: buffer.readerIndex + 4, as: UInt32.self),
      let kind = buffer.getInteger(at: buffer.readerIndex, as: UInt8.self)
    else { return nil }
    guard kind <= 2, length < 64 << 20 else {
      throw EngineError(.operationFailed, "podman's output is not framed as expected")
    }
    guard buffer.readableBytes >= 8 + Int(length) else { return nil }
    buffer.moveReaderIndex(forwardBy: 8)
    let bytes = buffer.readBytes(length: Int(length)) ?? []
    buffer.discardReadBytes()
    return Frame(stream: kind == 2 ? .stderr : .stdout, bytes: bytes)
  }
}

/// Makes lines of log frames.
///
/// Each frame carries one line, or a part of one where it does not end with a line end; the next frame of the same
/// stream continues it. Each begins with its time. Lines of more than 64 KiB are cut into pieces, and bytes that are
/// no UTF-8 become U+FFFD.
struct LogAssembler {
  static let longestLine = 64 << 10

  private struct Pending {
    var time: Date?
    var bytes: [UInt8] = []
  }

  private var replay: LogReplay
  private var pending: [LogLine.Stream: Pending] = [:]

  /// Begins with a log of which the first lines may be left out.
  init(isTail: Bool = false) { replay = LogReplay(isTail: isTail) }

  /// The time from which on a further stream of the same log has to begin; `nil` where nothing was seen.
  var resumption: Date? { replay.start }

  /// Expects frames again from ``resumption`` on, and leaves out those that were seen.
  mutating func resume() { replay.restart() }

  /// Takes a frame and returns the lines that are complete with it.
  mutating func take(_ frame: LogFrames.Frame) -> [LogLine] {
    let (time, content) = Self.split(frame.bytes)
    if let time, !replay.isNew(time, frame) { return [] }

    var text = pending.removeValue(forKey: frame.stream) ?? Pending(time: time)
    let isComplete = content.last == 10
    text.bytes += isComplete ? content.dropLast() : content[...]

    var lines: [LogLine] = []
    while text.bytes.count > Self.longestLine {
      lines.append(line(text.time, frame.stream, text.bytes.prefix(Self.longestLine)))
      text.bytes.removeFirst(Self.longestLine)
    }
    if isComplete {
      if text.bytes.last == 13 { text.bytes.removeLast() }
      lines.append(line(text.time, frame.stream, text.bytes[...]))
    } else {
      pending[frame.stream] = text
    }
    return lines
  }

  /// Returns what was written without a line end; nothing more comes.
  mutating func finish() -> [LogLine] {
    let rest = pending.sorted { $0.key.rawValue < $1.key.rawValue }
    pending = [:]
    return rest.filter { !$0.value.bytes.isEmpty }.map { line($0.value.time, $0.key, $0.value.bytes[...]) }
  }

  private func line(_ time: Date?, _ stream: LogLine.Stream, _ bytes: ArraySlice<UInt8>) -> LogLine {
    LogLine(time: time, stream: stream, text: String(decoding: bytes, as: UTF8.self))
  }

  /// Separates the time from the content.
  private static func split(_ bytes: [UInt8]) -> (Date?, [UInt8]) {
    guard let space = bytes.prefix(40).firstIndex(of: 32),
      let time = PodmanTime.parse(String(decoding: bytes[..<space], as: UTF8.self))
    else { return (nil, bytes) }
    return (time, Array(bytes[(space + 1)...]))
  }
}
