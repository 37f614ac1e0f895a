/// Secrets: which version of each counts; their values are in files beside the registry.
enum V5 {
  /// A secret may be set before its service is deployed, and stays when that goes.
  static let sql = """
    CREATE TABLE secrets (
      service   TEXT NOT NULL,
      name      TEXT NOT NULL,
      version   TEXT NOT NULL,
      set_at_ms INTEGER NOT NULL,
      actor     TEXT NOT NULL,
      PRIMARY KEY (service, name)
    ) STRICT, WITHOUT ROWID;
    """
}
