internal import Foundation
package import GRPCCore
internal import GRPCNIOTransportHTTP2
internal import GRPCProtobuf
internal import SwiftProtobuf
internal import Synchronization

/// Writes messages with pieces of files; a long piece goes into a block that was used before, and is copied once.
///
/// Otherwise each is written into a block of its own, which has to be filled with zeros first.
package final class FilePartsSerializer<Message: FilePartsMessage>: GRPCCore.MessageSerializer {
  /// About as many as are on their way at a time.
  private static var blockCount: Int { 8 }

  /// Blocks that were sent, and where the next one is.
  ///
  /// One that is still in use is copied as it is written to.
  private let blocks = Mutex<(blocks: [GRPCNIOTransportBytes], next: Int)>(([], 0))

  /// Creates a serializer, whose blocks all of its calls share.
  package init() {}

  package func serialize<Bytes: GRPCContiguousBytes>(_ message: Message) throws -> Bytes {
    guard Bytes.self == GRPCNIOTransportBytes.self, !message.hasMore, message.parts.count == 1,
      case .data(let data) = message.parts[0].part, message.parts[0].unknownFields.data.isEmpty,
      data.count >= FilePartsWire.longPiece, let bytes = written(data) as? Bytes
    else { return try ProtobufSerializer<Message>().serialize(message) }
    return bytes
  }

  private func written(_ data: Data) -> GRPCNIOTransportBytes {
    let head = FilePartsWire.head(of: data.count)
    return blocks.withLock { state in
      let index = state.next
      state.next = (index + 1) % Self.blockCount
      let count = head.count + data.count
      if index == state.blocks.count {
        state.blocks.append(GRPCNIOTransportBytes(repeating: 0, count: count))
      } else if state.blocks[index].count != count {
        state.blocks[index] = GRPCNIOTransportBytes(repeating: 0, count: count)
      }
      state.blocks[index].withUnsafeMutableBytes { block in
        block.copyBytes(from: head)
        data.withUnsafeBytes { block[head.count...].copyBytes(from: $0) }
      }
      return state.blocks[index]
    }
  }
}

/// How a message with a single piece of a file's data and nothing else is written.
///
/// It is the key of `parts`, a length, the key of `data`, a length, and the data; both keys are 0x12, field 2 with a length
/// (https://protobuf.dev/programming-guides/encoding/).
enum FilePartsWire {
  /// From here on it is cheaper to leave the bytes where they are than to have protobuf write and read them.
  static let longPiece = 64 << 10
  private static let key: UInt8 = 0x12

  /// What stands before so many bytes of data.
  static func head(of count: Int) -> [UInt8] {
    let part = [key] + varint(count)
    return [key] + varint(part.count + count) + part
  }

  /// Where the data is; `nil` for any other message.
  static func piece(in bytes: UnsafeRawBufferPointer) -> Range<Int>? {
    var rest = bytes[...]
    for _ in 0..<2 {
      guard rest.popFirst() == key, let length = length(&rest), length == rest.count else { return nil }
    }
    return rest.startIndex..<rest.endIndex
  }

  /// A length of at most four bytes, which are more than a message may have.
  private static func length(_ bytes: inout Slice<UnsafeRawBufferPointer>) -> Int? {
    var length = 0
    for shift in stride(from: 0, to: 28, by: 7) {
      guard let byte = bytes.popFirst() else { return nil }
      length |= Int(byte & 0x7F) << shift
      guard byte & 0x80 != 0 else { return length }
    }
    return nil
  }

  private static func varint(_ value: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = value
    while rest > 0x7F {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }
}
