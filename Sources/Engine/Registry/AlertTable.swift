internal import Foundation
internal import GRDB

/// The tables of alerts and of what has to be sent about them.
enum AlertTable {
  /// The alerts that are active, oldest first.
  static func active(_ db: Database) throws -> [Alert] {
    try db.rows("SELECT * FROM alerts WHERE resolved_ms IS NULL ORDER BY id").map(decode)
  }

  /// The newest alerts that are over, newest first.
  static func resolved(_ db: Database, limit: Int) throws -> [Alert] {
    try db.rows(
      "SELECT * FROM alerts WHERE resolved_ms IS NOT NULL ORDER BY resolved_ms DESC, id DESC LIMIT ?", [limit]
    )
    .map(decode)
  }

  /// Raises an alert, or raises the active one of that key again; returns whether it is a new one.
  static func raise(_ db: Database, _ alert: Alert) throws -> Bool {
    let isNew = try db.rows(
      "SELECT 1 FROM alerts WHERE key = ? AND resolved_ms IS NULL", [alert.key]
    ).isEmpty
    let time = StoredTime.milliseconds(alert.lastSeen)
    try db.run(
      """
      INSERT INTO alerts (key, severity, summary, service, component, since_ms, last_ms, count)
      VALUES (?, ?, ?, ?, ?, ?, ?, 1)
      ON CONFLICT (key) WHERE resolved_ms IS NULL DO UPDATE SET
        severity = excluded.severity, summary = excluded.summary, last_ms = excluded.last_ms, count = count + 1
      """,
      [
        alert.key, alert.severity.rawValue, StoredText.stored(alert.summary),
        StoredText.stored(alert.service),
        StoredText.stored(alert.component), time, time,
      ])
    return isNew
  }

  /// Says that alerts are over; returns those that somebody was told of.
  static func resolve(_ db: Database, _ alerts: [Alert], at time: Date) throws -> [Alert] {
    var told: [Alert] = []
    for alert in alerts {
      let row = try db.rows("SELECT told FROM alerts WHERE id = ?", [alert.id]).first
      if try row?.decode(String?.self, forColumn: "told") != nil { told.append(alert) }
      try db.run("UPDATE alerts SET resolved_ms = ? WHERE id = ?", [StoredTime.milliseconds(time), alert.id])
    }
    return told
  }

  /// The active alerts that nobody was told of as urgent as they are.
  static func untold(_ db: Database) throws -> [Alert] {
    try db.rows("SELECT * FROM alerts WHERE resolved_ms IS NULL ORDER BY id").filter { row in
      let told = try row.decode(String?.self, forColumn: "told").flatMap(Alert.Severity.init(rawValue:))
      let now = Alert.Severity(rawValue: try row.decode(String.self, forColumn: "severity"))
      return told.map { $0 < now ?? .warning } ?? true
    }.map(decode)
  }

  /// Remembers that an alert was told as urgent as it is.
  static func markTold(_ db: Database, _ alert: Alert) throws {
    try db.run("UPDATE alerts SET told = ? WHERE id = ?", [alert.severity.rawValue, alert.id])
  }

  /// Puts something that has to be sent at the end of a sink's queue.
  static func enqueue(
    _ db: Database, _ alert: Alert, _ state: AlertNotice.State, for sink: String, at time: Date
  ) throws {
    try db.run(
      "INSERT INTO alert_notices (alert, sink, state, severity, summary, created_ms) VALUES (?, ?, ?, ?, ?, ?)",
      [
        alert.id, sink, state.rawValue, alert.severity.rawValue, StoredText.stored(alert.summary),
        StoredTime.milliseconds(time),
      ])
  }

  /// What has to be sent to a sink, oldest first.
  static func notices(_ db: Database, of sink: String, limit: Int) throws -> [AlertNotice] {
    let sql = """
      SELECT alerts.*, alert_notices.id AS notice, alert_notices.state AS notice_state,
        alert_notices.severity AS notice_severity, alert_notices.summary AS notice_summary,
        alert_notices.created_ms AS notice_created
      FROM alert_notices JOIN alerts ON alerts.id = alert_notices.alert
      WHERE sink = ? ORDER BY alert_notices.id LIMIT ?
      """
    return try db.rows(sql, [sink, limit]).map { row in
      var alert = try decode(row)
      alert.severity =
        Alert.Severity(rawValue: try row.decode(String.self, forColumn: "notice_severity")) ?? alert.severity
      alert.summary = try row.decode(String.self, forColumn: "notice_summary")
      return AlertNotice(
        id: try row.decode(Int64.self, forColumn: "notice"),
        state: AlertNotice.State(rawValue: try row.decode(String.self, forColumn: "notice_state")) ?? .firing,
        alert: alert, createdAt: StoredTime.date(try row.decode(Int64.self, forColumn: "notice_created")))
    }
  }

  static func silences(_ db: Database, at time: Date) throws -> [Silence] {
    try db.rows(
      "SELECT * FROM alert_silences WHERE until_ms > ? ORDER BY id", [StoredTime.milliseconds(time)]
    ).map {
      row in
      Silence(
        id: try row.decode(Int64.self, forColumn: "id"),
        match: try row.decode(String.self, forColumn: "match"),
        until: StoredTime.date(try row.decode(Int64.self, forColumn: "until_ms")),
        reason: try row.decode(String.self, forColumn: "reason"),
        actor: Actor(try row.decode(String.self, forColumn: "actor")),
        createdAt: StoredTime.date(try row.decode(Int64.self, forColumn: "created_ms")))
    }
  }

  private static func decode(_ row: Row) throws -> Alert {
    Alert(
      id: try row.decode(Int64.self, forColumn: "id"), key: try row.decode(String.self, forColumn: "key"),
      severity: Alert.Severity(rawValue: try row.decode(String.self, forColumn: "severity")) ?? .warning,
      summary: try row.decode(String.self, forColumn: "summary"),
      service: try row.decode(String?.self, forColumn: "service"),
      component: try row.decode(String?.self, forColumn: "component"),
      since: StoredTime.date(try row.decode(Int64.self, forColumn: "since_ms")),
      lastSeen: StoredTime.date(try row.decode(Int64.self, forColumn: "last_ms")),
      count: Int(try row.decode(Int64.self, forColumn: "count")),
      resolvedAt: try row.decode(Int64?.self, forColumn: "resolved_ms").map(StoredTime.date))
  }
}
