/// Boot sequences: which stages have ended, in which boot of the machine.
enum V6 {
  /// Only those of the machine's last boot are kept.
  static let sql = """
    CREATE TABLE boot_stages (
      boot_id  TEXT NOT NULL,
      stage    TEXT NOT NULL,
      state    TEXT NOT NULL,
      ended_at_ms INTEGER NOT NULL,
      PRIMARY KEY (boot_id, stage)
    ) STRICT, WITHOUT ROWID;
    """
}
