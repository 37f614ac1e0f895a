internal import GRDB

/// The table of definitions that services had.
enum RevisionTable {
  /// How many revisions a service keeps beside its current one.
  static let kept: Int64 = 100

  /// Returns the highest number that was given out; 0 where none was.
  static func last(_ db: Database, of service: String) throws -> Int64 {
    try Int64.fetchOne(
      db, sql: "SELECT max(revision) FROM revisions WHERE service = ?", arguments: [service]) ?? 0
  }

  /// Stores the definition of a record as a new revision whose operation is under way.
  static func insert(_ db: Database, _ record: ServiceRecord) throws {
    let definition = try StoredJSON.encode(record.definition)
    guard !definition.contains("\\u0000") else {
      throw EngineError(
        .invalidArgument, "cannot deploy \(record.definition.name): its definition has a NUL character",
        service: record.definition.name)
    }
    try db.run(
      """
      INSERT INTO revisions (service, revision, definition, actor_kind, actor_name, created_at_ms, outcome)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """,
      [
        record.definition.name, record.revision, definition, record.updatedBy.kind.rawValue,
        StoredText.stored(record.updatedBy.name), StoredTime.milliseconds(record.updatedAt),
        RevisionRecord.Outcome.pending.rawValue,
      ])
  }

  /// Writes down how a revision went.
  static func settle(
    _ db: Database, _ service: String, _ revision: Int64, _ outcome: RevisionRecord.Outcome
  ) throws {
    try db.run(
      "UPDATE revisions SET outcome = ? WHERE service = ? AND revision = ?",
      [outcome.rawValue, service, revision])
  }

  /// Deletes the oldest revisions; never the current one, and never the last, whose number must stay used.
  static func prune(_ db: Database, _ service: String) throws {
    try db.run(
      """
      DELETE FROM revisions
      WHERE service = :service
        AND revision <= (SELECT max(revision) FROM revisions WHERE service = :service) - :kept
        AND revision <> (SELECT revision FROM services WHERE name = :service)
      """, ["service": service, "kept": kept])
  }

  /// Returns a service's revisions, or all, newest first.
  static func all(
    _ db: Database, of service: String? = nil
  ) throws -> [Result<RevisionRecord, Undecodable>] {
    let sql = "SELECT * FROM revisions"
    let rows =
      if let service {
        try db.rows(sql + " WHERE service = ? ORDER BY revision DESC", [service])
      } else {
        try db.rows(sql + " ORDER BY service, revision DESC")
      }
    return try rows.map { row in
      let service = try row.decode(String.self, forColumn: "service")
      let revision = try row.decode(Int64.self, forColumn: "revision")
      let name = "\(service) revision \(revision)"
      do {
        return .success(
          RevisionRecord(
            service: service, revision: revision,
            definition: try StoredJSON.decodeDefinition(row.decode(String.self, forColumn: "definition")),
            actor: try row.actor("actor", of: name),
            createdAt: StoredTime.date(try row.decode(Int64.self, forColumn: "created_at_ms")),
            outcome: try row.word(RevisionRecord.Outcome.self, "outcome", of: name)))
      } catch {
        return .failure(error as? Undecodable ?? Undecodable(name, error))
      }
    }
  }
}
