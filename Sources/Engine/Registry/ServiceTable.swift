internal import Foundation
internal import GRDB

/// The tables of services and what they consist of.
enum ServiceTable {
  /// A service as it is stored.
  struct Stored {
    let name: String
    let removing: Bool
    let record: Result<ServiceRecord, Undecodable>
  }

  private static let query = """
    SELECT services.name AS name, services.revision AS revision, removing, updated_at_ms,
      updated_by_kind, updated_by_name, definition
    FROM services
    LEFT JOIN revisions ON revisions.service = services.name AND revisions.revision = services.revision
    """
  private static let componentQuery = "SELECT service, name, desired, spec_hash, revision FROM components"

  /// Returns every service, ordered by name.
  static func all(_ db: Database) throws -> [Stored] {
    let components = Dictionary(grouping: try db.rows(componentQuery + " ORDER BY position")) {
      $0["service"] as String? ?? ""
    }
    return try db.rows(query + " ORDER BY services.name").map { row in
      let name = try row.decode(String.self, forColumn: "name")
      return try stored(row, name: name, components: components[name] ?? [])
    }
  }

  /// Returns the service of that name; `nil` where there is none.
  static func one(_ db: Database, _ name: String) throws -> Stored? {
    guard let row = try db.rows(query + " WHERE services.name = ?", [name]).first else {
      return nil
    }
    let components = try db.rows(componentQuery + " WHERE service = ? ORDER BY position", [name])
    return try stored(row, name: name, components: components)
  }

  /// Makes the tables say what `record` says; its revision must be stored, or be so before the commit.
  static func write(_ db: Database, _ record: ServiceRecord, removing: Bool) throws {
    let definition = record.definition
    try db.run(
      """
      INSERT INTO services (name, node, active, revision, updated_at_ms, updated_by_kind, updated_by_name,
        removing)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (name) DO UPDATE SET node = excluded.node, active = excluded.active,
        revision = excluded.revision, updated_at_ms = excluded.updated_at_ms,
        updated_by_kind = excluded.updated_by_kind, updated_by_name = excluded.updated_by_name,
        removing = excluded.removing
      """,
      [
        definition.name, definition.node, definition.active, record.revision,
        StoredTime.milliseconds(record.updatedAt), record.updatedBy.kind.rawValue,
        StoredText.stored(record.updatedBy.name), removing,
      ])
    try ComponentTable.write(db, record)
  }

  /// Marks the service as being removed, or as no longer being so.
  static func setRemoving(_ db: Database, _ name: String, _ removing: Bool) throws {
    try db.run("UPDATE services SET removing = ? WHERE name = ?", [removing, name])
  }

  /// Forgets the service with everything that depends on it.
  static func delete(_ db: Database, _ name: String) throws {
    try db.run("DELETE FROM services WHERE name = ?", [name])
  }

  private static func stored(_ row: Row, name: String, components: [Row]) throws -> Stored {
    let record: Result<ServiceRecord, Undecodable>
    do {
      record = .success(try decode(row, name: name, components: components))
    } catch let error as Undecodable {
      record = .failure(error)
    } catch {
      record = .failure(Undecodable(name, error))
    }
    return Stored(name: name, removing: try row.decode(Bool.self, forColumn: "removing"), record: record)
  }

  private static func decode(_ row: Row, name: String, components: [Row]) throws -> ServiceRecord {
    guard let text = try row.decode(String?.self, forColumn: "definition") else {
      throw Undecodable(name, reason: "its current revision is missing")
    }
    let record = ServiceRecord(
      definition: try StoredJSON.decodeDefinition(text),
      revision: try row.decode(Int64.self, forColumn: "revision"),
      updatedAt: StoredTime.date(try row.decode(Int64.self, forColumn: "updated_at_ms")),
      updatedBy: try row.actor("updated_by", of: name),
      components: try components.map { row in
        ComponentRecord(
          name: try row.decode(String.self, forColumn: "name"),
          desired: try row.word(DesiredState.self, "desired", of: name),
          specHash: try row.decode(String.self, forColumn: "spec_hash"),
          revision: try row.decode(Int64.self, forColumn: "revision"))
      })
    guard record.definition.name == name else {
      throw Undecodable(name, reason: "its definition is that of '\(record.definition.name)'")
    }
    guard record.definition.components.map(\.name) == record.components.map(\.name) else {
      throw Undecodable(name, reason: "its definition and its components differ")
    }
    return record
  }
}

extension Row {
  /// Returns the word in `column` as a value of a closed set.
  func word<Word: RawRepresentable<String>>(
    _ type: Word.Type, _ column: String, of name: String
  ) throws -> Word {
    let text = try decode(String.self, forColumn: column)
    guard let word = Word(rawValue: text) else {
      throw Undecodable(name, reason: "its \(column) is '\(text)'")
    }
    return word
  }

  /// Returns the actor in the columns `<prefix>_kind` and `<prefix>_name`.
  func actor(_ prefix: String, of name: String) throws -> Actor {
    Actor(
      kind: try word(Actor.Kind.self, prefix + "_kind", of: name),
      name: try decode(String.self, forColumn: prefix + "_name"))
  }
}
