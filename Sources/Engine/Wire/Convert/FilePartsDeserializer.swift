internal import Foundation
package import GRPCCore
internal import GRPCNIOTransportHTTP2
internal import GRPCProtobuf
package import SwiftProtobuf

/// A message that carries pieces of files in its field 2.
package protocol FilePartsMessage: SwiftProtobuf.Message, Sendable {
  /// The pieces.
  var parts: [Mcp_V1_FilePart] { get set }
}

extension Mcp_V1_PushRequest: FilePartsMessage {}
extension Mcp_V1_PullResponse: FilePartsMessage {}

/// Reads messages with pieces of files; a long piece stays where it was received, and is not copied out of it.
package struct FilePartsDeserializer<Message: FilePartsMessage>: GRPCCore.MessageDeserializer {
  /// From here on it is cheaper to keep the received bytes than to copy them.
  private static var longPiece: Int { 64 << 10 }

  /// Creates a deserializer.
  package init() {}

  package func deserialize<Bytes: GRPCContiguousBytes>(_ serialized: Bytes) throws -> Message {
    guard let bytes = serialized as? GRPCNIOTransportBytes, let range = bytes.withUnsafeBytes(Self.onlyPiece),
      range.count >= Self.longPiece
    else { return try ProtobufDeserializer<Message>().deserialize(serialized) }
    var message = Message()
    message.parts = [.with { $0.data = ReceivedBytes(bytes).data(range) }]
    return message
  }

  /// Where the data is, if the message is a single piece of a file's data and nothing else.
  ///
  /// It is then the key of `parts`, a length, the key of `data`, a length, and the data; both keys are 0x12, field 2 with a
  /// length (https://protobuf.dev/programming-guides/encoding/).
  private static func onlyPiece(in bytes: UnsafeRawBufferPointer) -> Range<Int>? {
    var rest = bytes[...]
    for _ in 0..<2 {
      guard rest.popFirst() == 0x12, let length = length(&rest), length == rest.count else { return nil }
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
}

/// Received bytes that stay where they are for as long as somebody reads them.
private final class ReceivedBytes: Sendable {
  private let bytes: GRPCNIOTransportBytes

  init(_ bytes: GRPCNIOTransportBytes) { self.bytes = bytes }

  /// The bytes of `range` without a copy.
  ///
  /// The transport's bytes are a block on the heap, which does not move and which nobody writes to any more.
  func data(_ range: Range<Int>) -> Data {
    bytes.withUnsafeBytes { buffer in
      guard let start = buffer.baseAddress else { return Data() }
      return Data(
        bytesNoCopy: UnsafeMutableRawPointer(mutating: start + range.lowerBound), count: range.count,
        deallocator: .custom { _, _ in withExtendedLifetime(self) {} })
    }
  }
}
