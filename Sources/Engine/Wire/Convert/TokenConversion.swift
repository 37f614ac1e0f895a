internal import Foundation
internal import SwiftProtobuf

extension Mcp_V1_TokenInfo {
  /// Creates the message of a token.
  package init(_ token: TokenInfo) {
    self.init()
    id = token.id
    name = token.name
    role = token.role.rawValue
    createdAt = Google_Protobuf_Timestamp(token.createdAt)
    createdBy = Mcp_V1_Actor(token.createdBy)
    expiresAt = Google_Protobuf_Timestamp(token.expiresAt)
    if let time = token.revokedAt { revokedAt = Google_Protobuf_Timestamp(time) }
  }
}

extension TokenInfo {
  /// Creates a token from its message; throws for a role that is not known.
  package init(wire: Mcp_V1_TokenInfo) throws {
    self.init(
      id: wire.id, name: wire.name, role: try Role(wire: wire.role, at: .root["role"]),
      createdAt: Date(wire: wire.createdAt), createdBy: Actor(wire: wire.createdBy),
      expiresAt: Date(wire: wire.expiresAt), revokedAt: wire.hasRevokedAt ? Date(wire: wire.revokedAt) : nil)
  }
}

extension Mcp_V1_CreateTokenRequest {
  /// Creates the message of a request.
  package init(_ request: TokenRequest) {
    self.init()
    name = request.name
    role = request.role.rawValue
    ttlMs = request.lifetime.milliseconds
  }
}

extension TokenRequest {
  /// Creates a request from its message.
  package init(wire: Mcp_V1_CreateTokenRequest) throws {
    self.init(
      name: wire.name, role: try Role(wire: wire.role, at: .root["role"]),
      lifetime: .milliseconds(wire.ttlMs))
  }
}

extension Role {
  fileprivate init(wire: String, at path: FieldPath) throws {
    guard let role = Role(rawValue: wire) else {
      throw path.invalid("must be viewer, operator or admin, not \(Text.quoted(wire))")
    }
    self = role
  }
}
