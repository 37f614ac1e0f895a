/// Adopted runtime objects: those of somebody else that an operator gave to a service.
enum V8 {
  /// They carry no label of the agent's, so what ties them to the registry is here.
  static let sql = """
    CREATE TABLE adopted (
      runtime_id TEXT NOT NULL PRIMARY KEY,
      runtime    TEXT NOT NULL,
      service    TEXT NOT NULL,
      component  TEXT NOT NULL,
      revision   INTEGER NOT NULL,
      spec_hash  TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    """
}
