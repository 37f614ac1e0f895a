internal import Foundation
internal import GRDB

/// Who is told of alerts, as far as the registry has to know.
struct AlertRecipient: Hashable, Sendable {
  /// The sink's name.
  var sink: String
  /// It is told of alerts that are at least so urgent.
  var minimum: Alert.Severity
}

extension Registry {
  /// How many alerts that are over are kept.
  static let keptAlerts = 1000
  /// How much a sink's queue holds; what is older is dropped.
  static let maximumNotices = 1000

  /// The event up to which alerts follow the history; `nil` where they never have.
  func alertCursor() async throws -> Int64? {
    try await read("read the alerts") { db in
      try db.rows("SELECT event_id FROM alert_cursor").first?.decode(Int64.self, forColumn: "event_id")
    }
  }

  /// Takes over what an event changes, and queues what has to be sent.
  ///
  /// Returns whether there is anything to send, and the events by which new alerts are told to hooks, stored already.
  func applyAlerts(
    _ changes: [AlertRules.Change], of event: Event, to recipients: [AlertRecipient], at time: Date
  ) async throws -> (isDue: Bool, told: [Event]) {
    try await write("keep alerts") { db in
      var over: [Alert] = []
      var told: [Event] = []
      for change in changes {
        switch change {
        case .raise(let key, let severity, let summary):
          let alert = Alert(
            id: 0, key: key, severity: severity, summary: summary, service: event.service,
            component: event.component, since: event.time, lastSeen: event.time)
          if try AlertTable.raise(db, alert), event.kind != EventKind.alert {
            told.append(AlertRules.event(of: alert, at: time))
          }
        case .resolve(let key): over += try AlertTable.active(db).filter { $0.key == key }
        case .resolveAll(let prefix): over += try AlertTable.active(db).filter { $0.key.hasPrefix(prefix) }
        case .resolveSubject(let service, let component):
          over += try AlertTable.active(db).filter {
            $0.service == service && (component == nil || $0.component == component)
          }
        }
      }
      let ended = try AlertTable.resolve(db, over, at: event.time)
      for alert in ended {
        for recipient in recipients where alert.severity >= recipient.minimum {
          try AlertTable.enqueue(db, alert, .resolved, for: recipient.sink, at: time)
        }
      }
      let raised = try Self.queueUntold(db, recipients, at: time)
      try db.run(
        "INSERT INTO alert_cursor (one, event_id) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET event_id = excluded.event_id",
        [event.id])
      try Self.pruneAlerts(db, recipients)
      return (raised || !ended.isEmpty, try EventTable.append(db, told))
    }
  }

  /// Queues what was silenced and is not any more; says whether there is anything.
  func releaseAlerts(to recipients: [AlertRecipient], at time: Date) async throws -> Bool {
    let isNeeded = try await read("read the alerts") { db in try !AlertTable.untold(db).isEmpty }
    guard isNeeded else { return false }
    return try await write("keep alerts") { db in try Self.queueUntold(db, recipients, at: time) }
  }

  /// Active alerts, then with `resolved` the newest of those that are over.
  func alerts(resolved: Int, at time: Date) async throws -> [Alert] {
    try await read("read the alerts") { db in
      let silences = try AlertTable.silences(db, at: time)
      let active = try AlertTable.active(db).map { alert in
        var alert = alert
        alert.silencedUntil = silences.filter { $0.covers(alert) }.map(\.until).max()
        return alert
      }
      return active + (resolved > 0 ? try AlertTable.resolved(db, limit: resolved) : [])
    }
  }

  /// The silences that have not ended.
  func silences(at time: Date) async throws -> [Silence] {
    try await read("read the silences") { db in try AlertTable.silences(db, at: time) }
  }

  /// Keeps a silence; returns it with its number.
  func addSilence(_ silence: Silence, event: Event) async throws -> (Silence, [Event]) {
    try await write("silence alerts") { db in
      try db.run(
        "DELETE FROM alert_silences WHERE until_ms <= ?", [StoredTime.milliseconds(silence.createdAt)])
      try db.run(
        "INSERT INTO alert_silences (match, until_ms, reason, actor, created_ms) VALUES (?, ?, ?, ?, ?)",
        [
          StoredText.stored(silence.match), StoredTime.milliseconds(silence.until),
          StoredText.stored(silence.reason),
          StoredText.stored("\(silence.actor)"), StoredTime.milliseconds(silence.createdAt),
        ])
      var kept = silence
      kept.id = db.lastInsertedRowID
      return (kept, try EventTable.append(db, [event]))
    }
  }

  /// Ends a silence; returns the event as it was stored, `nil` where there is no such silence.
  func removeSilence(_ id: Int64, event: Event) async throws -> [Event]? {
    try await write("end a silence") { db in
      try db.run("DELETE FROM alert_silences WHERE id = ?", [id])
      guard db.changesCount > 0 else { return nil }
      return try EventTable.append(db, [event])
    }
  }

  // MARK: - The queue

  /// What has to be sent to a sink, oldest first.
  func alertNotices(of sink: String, limit: Int) async throws -> [AlertNotice] {
    try await read("read what has to be sent") { db in try AlertTable.notices(db, of: sink, limit: limit) }
  }

  /// Forgets what was sent.
  func removeAlertNotices(_ ids: [Int64]) async throws {
    try await write("forget what was sent") { db in
      for id in ids { try db.run("DELETE FROM alert_notices WHERE id = ?", [id]) }
    }
  }

  private static func queueUntold(_ db: Database, _ recipients: [AlertRecipient], at time: Date) throws
    -> Bool
  {
    let silences = try AlertTable.silences(db, at: time)
    var isAnything = false
    for alert in try AlertTable.untold(db) where !silences.contains(where: { $0.covers(alert) }) {
      try AlertTable.markTold(db, alert)
      for recipient in recipients where alert.severity >= recipient.minimum {
        try AlertTable.enqueue(db, alert, .firing, for: recipient.sink, at: time)
        isAnything = true
      }
    }
    return isAnything
  }

  private static func pruneAlerts(_ db: Database, _ recipients: [AlertRecipient]) throws {
    try db.run(
      """
      DELETE FROM alerts WHERE resolved_ms IS NOT NULL AND id NOT IN (SELECT alert FROM alert_notices)
        AND id NOT IN (SELECT id FROM alerts WHERE resolved_ms IS NOT NULL ORDER BY resolved_ms DESC, id DESC LIMIT ?)
      """, [keptAlerts])
    let names = Set(recipients.map(\.sink))
    for row in try db.rows("SELECT DISTINCT sink FROM alert_notices") {
      let sink = try row.decode(String.self, forColumn: "sink")
      // A sink that is not configured any more gets nothing any more.
      guard names.contains(sink) else {
        try db.run("DELETE FROM alert_notices WHERE sink = ?", [sink])
        continue
      }
      try db.run(
        """
        DELETE FROM alert_notices WHERE sink = ?
          AND id <= (SELECT id FROM alert_notices WHERE sink = ? ORDER BY id DESC LIMIT 1 OFFSET ?)
        """, [sink, sink, maximumNotices])
    }
  }
}
