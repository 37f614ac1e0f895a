package import SwiftProtobuf

/// A message that carries pieces of files in its field 2.
package protocol FilePartsMessage: SwiftProtobuf.Message, Sendable {
  /// The pieces.
  var parts: [Mcp_V1_FilePart] { get set }
  /// Whether it carries something else as well.
  var hasMore: Bool { get }
}

extension Mcp_V1_PushRequest: FilePartsMessage {
  package var hasMore: Bool { hasOpen || !unknownFields.data.isEmpty }
}

extension Mcp_V1_PullResponse: FilePartsMessage {
  package var hasMore: Bool { hasOpening || !unknownFields.data.isEmpty }
}
