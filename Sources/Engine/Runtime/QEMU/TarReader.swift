internal import Foundation
internal import NIOCore

/// Takes the first regular file out of a tar archive as its bytes come; see tar(5), the formats ustar, pax and GNU.
struct TarReader {
  private static let block = 512

  private enum State {
    case header
    /// Bytes of an entry that is not wanted, with its padding.
    case skipping(Int64)
    case file(rest: Int64)
    case done
  }

  private var state = State.header
  private var buffer = ByteBuffer()

  /// Whether the file has come in full.
  var isDone: Bool { if case .done = state { true } else { false } }

  /// Takes bytes of the archive; `write` gets those of the file.
  mutating func take(_ bytes: ByteBuffer, write: (ByteBufferView) throws -> Void) throws {
    buffer.writeImmutableBuffer(bytes)
    while true {
      switch state {
      case .done: return
      case .header:
        guard let header = buffer.readBytes(length: Self.block) else { return }
        try begin(header)
      case .skipping(let rest):
        let count = Int(min(rest, Int64(buffer.readableBytes)))
        buffer.moveReaderIndex(forwardBy: count)
        state = rest == Int64(count) ? .header : .skipping(rest - Int64(count))
        if count == 0, rest > 0 { return }
      case .file(let rest):
        guard rest > 0 else {
          state = .done
          continue
        }
        let count = Int(min(rest, Int64(buffer.readableBytes)))
        guard count > 0, let part = buffer.readSlice(length: count) else { return }
        try write(part.readableBytesView)
        state = .file(rest: rest - Int64(count))
      }
      buffer.discardReadBytes()
    }
  }

  private mutating func begin(_ header: [UInt8]) throws {
    let size = try Self.number(header[124..<136])
    switch header[156] {
    case UInt8(ascii: "0"), 0: state = header.allSatisfy { $0 == 0 } ? .header : .file(rest: size)
    default:
      let padded = (size + Int64(Self.block) - 1) / Int64(Self.block) * Int64(Self.block)
      state = padded > 0 ? .skipping(padded) : .header
    }
  }

  /// Octal digits, or with the first bit set a binary number.
  private static func number(_ field: ArraySlice<UInt8>) throws -> Int64 {
    if field.first.map({ $0 & 0x80 != 0 }) == true {
      return field.dropFirst().suffix(7).reduce(0) { $0 << 8 | Int64($1) }
    }
    let text = String(decoding: field, as: UTF8.self).trimmingCharacters(
      in: CharacterSet(charactersIn: " \0"))
    guard let value = Int64(text.isEmpty ? "0" : text, radix: 8), value >= 0 else {
      throw EngineError(.dataLoss, "an archive that podman sends is damaged")
    }
    return value
  }
}
