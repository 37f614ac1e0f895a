/// Alerts: what is wrong, who has to be told of it yet, and what nobody wants to hear of.
enum V7 {
  /// `told` is the severity with which an alert was told, and NULL where it was not.
  ///
  /// An alert and what has to be sent about it are written together with the event that they come from: neither is lost,
  /// and none is sent for one event twice.
  static let sql = """
    CREATE TABLE alerts (
      id          INTEGER PRIMARY KEY AUTOINCREMENT,
      key         TEXT NOT NULL,
      severity    TEXT NOT NULL,
      summary     TEXT NOT NULL,
      service     TEXT,
      component   TEXT,
      since_ms    INTEGER NOT NULL,
      last_ms     INTEGER NOT NULL,
      count       INTEGER NOT NULL,
      resolved_ms INTEGER,
      told        TEXT
    ) STRICT;
    CREATE UNIQUE INDEX alerts_active ON alerts (key) WHERE resolved_ms IS NULL;
    CREATE INDEX alerts_resolved ON alerts (resolved_ms) WHERE resolved_ms IS NOT NULL;
    CREATE TABLE alert_notices (
      id          INTEGER PRIMARY KEY AUTOINCREMENT,
      alert       INTEGER NOT NULL REFERENCES alerts (id) ON DELETE CASCADE,
      sink        TEXT NOT NULL,
      state       TEXT NOT NULL,
      severity    TEXT NOT NULL,
      summary     TEXT NOT NULL,
      created_ms  INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX alert_notices_of_sink ON alert_notices (sink, id);
    CREATE TABLE alert_silences (
      id          INTEGER PRIMARY KEY AUTOINCREMENT,
      match       TEXT NOT NULL,
      until_ms    INTEGER NOT NULL,
      reason      TEXT NOT NULL,
      actor       TEXT NOT NULL,
      created_ms  INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE alert_cursor (
      one      INTEGER PRIMARY KEY CHECK (one = 1),
      event_id INTEGER NOT NULL
    ) STRICT;
    """
}
