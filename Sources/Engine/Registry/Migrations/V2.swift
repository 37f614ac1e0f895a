/// What scripts need: the versions that were last loaded, and the values that they keep.
///
/// It has landed: a change of it goes into a new migration.
enum V2 {
  /// The tables, with times in milliseconds since 1970.
  static let sql = """
    CREATE TABLE scripts (
      name         TEXT PRIMARY KEY NOT NULL CHECK (name <> ''),
      text         TEXT NOT NULL,
      loaded_at_ms INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE script_values (
      script        TEXT NOT NULL CHECK (script <> ''),
      key           TEXT NOT NULL CHECK (key <> ''),
      value         TEXT NOT NULL CHECK (json_valid(value)),
      updated_at_ms INTEGER NOT NULL,
      PRIMARY KEY (script, key)
    ) STRICT, WITHOUT ROWID;
    """
}
