/// Tokens: what the node has issued, and what became of it.
enum V9 {
  /// The texts are not here: whoever reads the registry cannot use them.
  static let sql = """
    CREATE TABLE tokens (
      id            TEXT NOT NULL PRIMARY KEY,
      name          TEXT NOT NULL,
      role          TEXT NOT NULL CHECK (role IN ('viewer', 'operator', 'admin')),
      created_at_ms INTEGER NOT NULL,
      created_by    TEXT NOT NULL,
      expires_at_ms INTEGER NOT NULL,
      revoked_at_ms INTEGER
    ) STRICT, WITHOUT ROWID;
    """
}
