internal import Foundation
internal import GRDB

/// The table of events.
enum EventTable {
  /// Appends events and returns them as they will be read back.
  static func append(_ db: Database, _ events: [Event]) throws -> [Event] {
    try events.map { event in
      var stored = event
      stored.time = StoredTime.stored(event.time)
      stored.actor.name = StoredText.stored(event.actor.name)
      stored.service = StoredText.stored(event.service)
      stored.component = StoredText.stored(event.component)
      stored.kind = StoredText.stored(event.kind)
      stored.message = StoredText.stored(event.message)
      try db.run(
        """
        INSERT INTO events (time_ms, actor_kind, actor_name, service, component, kind, message, details)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [
          StoredTime.milliseconds(stored.time), stored.actor.kind.rawValue, stored.actor.name,
          stored.service, stored.component, stored.kind, stored.message,
          try StoredJSON.encode(stored.details),
        ])
      stored.id = db.lastInsertedRowID
      return stored
    }
  }

  /// Returns what `query` asks for, oldest first.
  static func select(_ db: Database, _ query: EventQuery) throws -> [Event] {
    var conditions: [String] = []
    var arguments = StatementArguments()
    if let service = query.service {
      conditions.append("service = ?")
      arguments += [service]
    }
    if let actor = query.actor {
      let wanted = Actor(actor)
      if "\(wanted)" == actor {
        conditions.append("actor_kind = ? AND actor_name = ?")
        arguments += [wanted.kind.rawValue, wanted.name]
      } else {
        conditions.append("actor_name = ?")
        arguments += [actor]
      }
    }
    if let since = query.since {
      conditions.append("time_ms >= ?")
      arguments += [StoredTime.milliseconds(since)]
    }
    if let id = query.afterID {
      conditions.append("id > ?")
      arguments += [id]
    }
    arguments += [query.limit.map { max($0, 0) } ?? -1]
    let filter = conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
    let sql = "SELECT * FROM events \(filter) ORDER BY id DESC LIMIT ?"
    return try db.rows(sql, arguments).map(decode).reversed()
  }

  /// Deletes events from before `time`, and of the rest all but the newest `count`; returns how many.
  static func prune(_ db: Database, olderThan time: Date, keeping count: Int) throws -> Int {
    try db.run(
      """
      DELETE FROM events
      WHERE time_ms < ? OR id <= (SELECT id FROM events ORDER BY id DESC LIMIT 1 OFFSET ?)
      """, [StoredTime.milliseconds(time), max(count, 0)])
    return db.changesCount
  }

  private static func decode(_ row: Row) throws -> Event {
    let id = try row.decode(Int64.self, forColumn: "id")
    let details = try row.decode(String.self, forColumn: "details")
    return Event(
      id: id, time: StoredTime.date(try row.decode(Int64.self, forColumn: "time_ms")),
      actor: try row.actor("actor", of: "event \(id)"),
      service: try row.decode(String?.self, forColumn: "service"),
      component: try row.decode(String?.self, forColumn: "component"),
      kind: try row.decode(String.self, forColumn: "kind"),
      message: try row.decode(String.self, forColumn: "message"),
      // Facts that cannot be read are still shown: history is never left out.
      details: (try? StoredJSON.decode([String: String].self, from: details)) ?? ["undecodable": details])
  }
}
