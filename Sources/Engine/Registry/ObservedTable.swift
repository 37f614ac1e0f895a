internal import Foundation
internal import GRDB

/// The table of what was last seen.
enum ObservedTable {
  /// Stores rows in the place of earlier ones of the same components; components that are not known are
  /// left out.
  static func save(_ db: Database, _ rows: [ObservedRecord]) throws {
    for row in rows {
      let (state, exitCode) = columns(row.state)
      try db.run(
        """
        INSERT INTO observed_state (service, component, state, exit_code, since_ms, restarts, runtime_id,
          spec_hash, image, image_id, pid, observed_at_ms)
        SELECT service, name, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM components
        WHERE service = ? AND name = ?
        ON CONFLICT (service, component) DO UPDATE SET state = excluded.state,
          exit_code = excluded.exit_code, since_ms = excluded.since_ms, restarts = excluded.restarts,
          runtime_id = excluded.runtime_id, spec_hash = excluded.spec_hash, image = excluded.image,
          image_id = excluded.image_id, pid = excluded.pid, observed_at_ms = excluded.observed_at_ms
        """,
        [
          state, exitCode, row.since.map(StoredTime.milliseconds), row.restarts, row.runtimeID, row.specHash,
          row.image, row.imageID, row.pid, StoredTime.milliseconds(row.observedAt), row.service,
          row.component,
        ])
    }
  }

  /// Returns every row, ordered by service and component.
  static func all(_ db: Database) throws -> [ObservedRecord] {
    try db.rows("SELECT * FROM observed_state ORDER BY service, component").map { row in
      ObservedRecord(
        service: try row.decode(String.self, forColumn: "service"),
        component: try row.decode(String.self, forColumn: "component"), state: try state(row),
        since: try row.decode(Int64?.self, forColumn: "since_ms").map(StoredTime.date),
        restarts: try row.decode(Int.self, forColumn: "restarts"),
        runtimeID: try row.decode(String?.self, forColumn: "runtime_id"),
        specHash: try row.decode(String?.self, forColumn: "spec_hash"),
        image: try row.decode(String?.self, forColumn: "image"),
        imageID: try row.decode(String?.self, forColumn: "image_id"),
        pid: try row.decode(Int?.self, forColumn: "pid"),
        observedAt: StoredTime.date(try row.decode(Int64.self, forColumn: "observed_at_ms")))
    }
  }

  /// Deletes the rows of a service, or of one component of it.
  static func delete(_ db: Database, service: String, component: String?) throws {
    try db.run(
      "DELETE FROM observed_state WHERE service = ?1 AND (?2 IS NULL OR component = ?2)",
      [service, component])
  }

  private static func columns(_ state: ObservedState) -> (state: String, exitCode: Int?) {
    if case .exited(let code) = state { return ("exited", code) }
    return (state.description, nil)
  }

  private static func state(_ row: Row) throws -> ObservedState {
    if let code = try row.decode(Int?.self, forColumn: "exit_code") { return .exited(code: code) }
    return ObservedState(try row.decode(String.self, forColumn: "state"))
  }
}
