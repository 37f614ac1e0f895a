internal import Foundation
internal import SwiftProtobuf

extension Mcp_V1_SecretInfo {
  /// Creates the message of a secret.
  package init(_ secret: SecretInfo) {
    self.init()
    service = secret.service
    name = secret.name
    setAt = Google_Protobuf_Timestamp(secret.setAt)
    actor = Mcp_V1_Actor(secret.actor)
    usedBy = secret.usedBy
    outdated = secret.outdated
  }
}

extension SecretInfo {
  /// Creates a secret from its message.
  package init(wire: Mcp_V1_SecretInfo) {
    self.init(
      service: wire.service, name: wire.name, setAt: Date(wire: wire.setAt), actor: Actor(wire: wire.actor),
      usedBy: wire.usedBy, outdated: wire.outdated)
  }
}
