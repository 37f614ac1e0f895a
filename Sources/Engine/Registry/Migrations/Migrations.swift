internal import GRDB

/// The history of the schema: append-only, one file a version.
enum Migrations {
  /// Marks a file as a registry, in the header that `file` and SQLite know: `mcpr`.
  static let applicationID: Int32 = 0x6D63_7072

  /// The SQL of every version, the first at index 0.
  static let all: [String] = [V1.sql, V2.sql, V3.sql, V4.sql, V5.sql, V6.sql, V7.sql, V8.sql, V9.sql]

  /// The schema that this program writes.
  static var version: Int { all.count }

  /// What brings any older registry to ``version``.
  ///
  /// Each migration is one transaction that also writes the version into the file's header.
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    for (index, sql) in all.enumerated() {
      let version = index + 1
      migrator.registerMigration("v\(version)") { db in
        try db.execute(sql: sql)
        try db.execute(sql: "PRAGMA application_id = \(applicationID)")
        try db.execute(sql: "PRAGMA user_version = \(version)")
      }
    }
    return migrator
  }
}
