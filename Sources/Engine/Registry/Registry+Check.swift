internal import Foundation
internal import GRDB

extension Registry {
  /// Reads the whole registry and throws `dataLoss` with all that is wrong where it is not sound: damaged
  /// pages, rows that refer to nothing, rows that cannot be read, tables that contradict a definition.
  ///
  /// Changes nothing. Blocks the thread.
  public func check() throws(EngineError) {
    var problems: [String] = []
    do {
      // Not `read`, which GRDB does not survive on a closed connection.
      try queue.inTransaction(.deferred) { db in
        problems = try Self.problems(db)
        return .commit
      }
    } catch {
      throw failure(error, "check the registry \(path)")
    }
    guard problems.isEmpty else {
      throw EngineError(
        .dataLoss, "the registry \(path) is damaged", cause: problems.first,
        hint: RegistryFailure.restoreHint, details: problems)
    }
  }

  private static func problems(_ db: Database) throws -> [String] {
    let damage = try String.fetchAll(db, sql: "PRAGMA quick_check").filter { $0 != "ok" }
    guard damage.isEmpty else { return damage }
    return try danglingRows(db) + quarantined(db).map { "\($0.name): \($0.reason)" } + contradictions(db)
  }

  private static func danglingRows(_ db: Database) throws -> [String] {
    try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").map { row in
      "a row of \(row["table"] as String? ?? "?") refers to nothing in \(row["parent"] as String? ?? "?")"
    }
  }

  private static func contradictions(_ db: Database) throws -> [String] {
    try ServiceTable.all(db).flatMap { stored -> [String] in
      guard case .success(let record) = stored.record else { return [] }
      let tables = try ComponentTable.read(db, stored.name)
      return zip(record.definition.components, tables).compactMap { defined, table in
        ComponentTable.columns(of: defined) == table
          ? nil : "\(stored.name)/\(defined.name): its tables and its definition differ"
      }
    }
  }
}
