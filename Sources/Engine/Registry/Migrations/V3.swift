/// What is kept of versions that failed and are gone.
///
/// Not tied to the services: a new one that failed is removed again.
enum V3 {
  /// The table, with times in milliseconds since 1970 and the lines as JSON.
  static let sql = """
    CREATE TABLE failures (
      service      TEXT NOT NULL CHECK (service <> ''),
      component    TEXT NOT NULL CHECK (component <> ''),
      revision     INTEGER NOT NULL,
      reason       TEXT NOT NULL,
      lines        TEXT NOT NULL CHECK (json_valid(lines)),
      failed_at_ms INTEGER NOT NULL,
      PRIMARY KEY (service, component)
    ) STRICT, WITHOUT ROWID;
    """
}
