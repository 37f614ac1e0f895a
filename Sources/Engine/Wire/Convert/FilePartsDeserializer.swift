internal import Foundation
package import GRPCCore
internal import GRPCNIOTransportHTTP2
internal import GRPCProtobuf
internal import SwiftProtobuf

/// Reads messages with pieces of files; a long piece stays where it was received, and is not copied out of it.
package struct FilePartsDeserializer<Message: FilePartsMessage>: GRPCCore.MessageDeserializer {
  /// Creates a deserializer.
  package init() {}

  package func deserialize<Bytes: GRPCContiguousBytes>(_ serialized: Bytes) throws -> Message {
    guard let bytes = serialized as? GRPCNIOTransportBytes,
      let range = bytes.withUnsafeBytes(FilePartsWire.piece),
      range.count >= FilePartsWire.longPiece
    else { return try ProtobufDeserializer<Message>().deserialize(serialized) }
    var message = Message()
    message.parts = [.with { $0.data = ReceivedBytes(bytes).data(range) }]
    return message
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
