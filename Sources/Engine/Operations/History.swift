public import Foundation

extension Orchestrator {
  /// Returns a service's revisions, newest first, each with what it changed against the one before that was deployed.
  public func history(_ service: String) async throws -> [RevisionSummary] {
    let record = try await self.service(service)
    let revisions = try await context.registry.revisions(of: service)
    return revisions.enumerated().map { index, revision in
      let earlier = revisions[(index + 1)...].first { $0.outcome == .deployed }
      return RevisionSummary(
        revision: revision.revision, createdAt: revision.createdAt, actor: revision.actor,
        outcome: revision.outcome, current: revision.revision == record.revision,
        changes: earlier.map { DefinitionDiff.changes(from: $0.definition, to: revision.definition) } ?? [])
    }
  }
}

/// A definition that a service had.
public struct RevisionSummary: Hashable, Sendable, Codable {
  /// Its number, counted from 1.
  public var revision: Int64
  /// When its operation began.
  public var createdAt: Date
  /// Who deployed it.
  public var actor: Actor
  /// How it went.
  public var outcome: RevisionRecord.Outcome
  /// Whether it is the one that is deployed.
  public var current: Bool
  /// What it changed against the last one before it that was deployed; empty for the first.
  public var changes: [FieldChange]

  /// Creates a summary.
  public init(
    revision: Int64, createdAt: Date, actor: Actor, outcome: RevisionRecord.Outcome, current: Bool,
    changes: [FieldChange]
  ) {
    self.revision = revision
    self.createdAt = createdAt
    self.actor = actor
    self.outcome = outcome
    self.current = current
    self.changes = changes
  }
}
