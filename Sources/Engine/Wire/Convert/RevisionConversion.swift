internal import Foundation
internal import SwiftProtobuf

extension Mcp_V1_RollbackRequest {
  /// Creates the message of a request.
  package init(_ request: RollbackRequest) {
    self.init()
    service = request.service
    if let revision = request.revision { self.revision = revision }
    planOnly = request.planOnly
  }
}

extension RollbackRequest {
  /// Creates a request from its message; throws `invalidArgument` naming the field.
  package init(wire: Mcp_V1_RollbackRequest) throws {
    let path = FieldPath.root
    if wire.hasRevision, wire.revision < 1 { throw path["revision"].invalid("must be at least 1") }
    self.init(
      service: try path["service"].name(wire.service), revision: wire.hasRevision ? wire.revision : nil,
      planOnly: wire.planOnly)
  }
}

extension Mcp_V1_FieldChange {
  /// Creates the message of a change.
  package init(_ change: FieldChange) {
    self.init()
    path = change.path
    if let before = change.before { self.before = before }
    if let after = change.after { self.after = after }
  }
}

extension FieldChange {
  /// Creates a change from its message.
  package init(wire: Mcp_V1_FieldChange) {
    self.init(
      path: wire.path, before: wire.hasBefore ? wire.before : nil, after: wire.hasAfter ? wire.after : nil)
  }
}

extension Mcp_V1_Revision {
  /// Creates the message of a revision.
  package init(_ revision: RevisionSummary) {
    self.init()
    self.revision = revision.revision
    createdAt = Google_Protobuf_Timestamp(revision.createdAt)
    actor = Mcp_V1_Actor(revision.actor)
    switch revision.outcome {
    case .pending: outcome = .pending
    case .deployed: outcome = .deployed
    case .failed: outcome = .failed
    case .incomplete: outcome = .incomplete
    }
    current = revision.current
    changes = revision.changes.map(Mcp_V1_FieldChange.init)
  }
}

extension RevisionSummary {
  /// Creates a revision from its message.
  package init(wire: Mcp_V1_Revision) {
    let outcome: RevisionRecord.Outcome =
      switch wire.outcome {
      case .deployed: .deployed
      case .failed: .failed
      case .incomplete: .incomplete
      case .pending, .unspecified, .UNRECOGNIZED: .pending
      }
    self.init(
      revision: wire.revision, createdAt: Date(wire: wire.createdAt), actor: Actor(wire: wire.actor),
      outcome: outcome, current: wire.current, changes: wire.changes.map(FieldChange.init(wire:)))
  }
}
