internal import Foundation
internal import GRDB

extension Registry {
  /// How many values one script may keep.
  static let maximumScriptValues = 1000

  /// The text of a script that was last loaded; `nil` where there is none.
  func scriptText(_ name: String) async throws -> String? {
    try await read("read the script \(name)") { db in
      try db.rows("SELECT text FROM scripts WHERE name = ?", [name]).first?
        .decode(String.self, forColumn: "text")
    }
  }

  /// Keeps the text of a script that was loaded; `nil` forgets it.
  func keepScriptText(_ text: String?, of name: String) async throws {
    let now = now()
    try await write("keep the script \(name)") { db in
      guard let text else { return try db.run("DELETE FROM scripts WHERE name = ?", [name]) }
      try db.run(
        """
        INSERT INTO scripts (name, text, loaded_at_ms) VALUES (?, ?, ?)
        ON CONFLICT (name) DO UPDATE SET text = excluded.text, loaded_at_ms = excluded.loaded_at_ms
        """, [name, text, StoredTime.milliseconds(now)])
    }
  }

  /// The JSON text of a value that a script keeps; `nil` where there is none.
  func scriptValue(_ key: String, of script: String) async throws -> String? {
    try await read("read a value of \(script)") { db in
      try db.rows("SELECT value FROM script_values WHERE script = ? AND key = ?", [script, key]).first?
        .decode(String.self, forColumn: "value")
    }
  }

  /// Keeps a value of a script as JSON text; `nil` removes it.
  ///
  /// Throws `resourceExhausted` where the script keeps too many.
  func setScriptValue(_ json: String?, for key: String, of script: String) async throws {
    let now = now()
    try await write("keep a value of \(script)") { db in
      guard let json else {
        return try db.run("DELETE FROM script_values WHERE script = ? AND key = ?", [script, key])
      }
      try db.run(
        """
        INSERT INTO script_values (script, key, value, updated_at_ms) VALUES (?, ?, ?, ?)
        ON CONFLICT (script, key) DO UPDATE SET value = excluded.value,
          updated_at_ms = excluded.updated_at_ms
        """, [script, key, json, StoredTime.milliseconds(now)])
      let count = try Int.fetchOne(
        db, sql: "SELECT count(*) FROM script_values WHERE script = ?", arguments: [script])
      guard count ?? 0 <= Self.maximumScriptValues else {
        throw EngineError(
          .resourceExhausted, "\(script) keeps \(Self.maximumScriptValues) values, which is the most",
          hint: "delete some with mcp.store.delete")
      }
    }
  }
}
