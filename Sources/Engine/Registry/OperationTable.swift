internal import Foundation
internal import GRDB

/// The journal: operations that have begun, with their steps.
enum OperationTable {
  /// What the journal knows of an operation without reading any JSON.
  struct Head {
    let id: Int64
    let primitive: String
    let service: String
    let change: DesiredChange.Kind
    let before: String?
    let beforeRemoving: Bool
  }

  /// Writes down that an operation begins, and returns its number.
  static func insert(
    _ db: Database, _ operation: NewOperation, change: DesiredChange.Kind, before: ServiceRecord?,
    beforeRemoving: Bool, at: Date
  ) throws -> Int64 {
    try db.run(
      """
      INSERT INTO operations (primitive, service, component, actor_kind, actor_name, role, peer,
        started_at_ms, change, before_record, before_removing)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        operation.primitive, operation.service, operation.component,
        operation.caller.actor.kind.rawValue, StoredText.stored(operation.caller.actor.name),
        operation.caller.role.rawValue, StoredText.stored(operation.caller.peer),
        StoredTime.milliseconds(at), change.rawValue, try before.map { try StoredJSON.encode($0) },
        beforeRemoving,
      ])
    return db.lastInsertedRowID
  }

  /// Returns the head of an operation; throws `notFound` where the journal has none of that number.
  static func head(_ db: Database, _ id: Int64, doing: String) throws -> Head {
    let sql = "SELECT * FROM operations WHERE id = ?"
    guard let row = try db.rows(sql, [id]).first else {
      throw EngineError(
        .notFound, "cannot \(doing): the journal has no unfinished operation \(id)",
        hint: "it was finished already, see the events")
    }
    let service = try row.decode(String.self, forColumn: "service")
    return Head(
      id: id, primitive: try row.decode(String.self, forColumn: "primitive"), service: service,
      change: try row.word(DesiredChange.Kind.self, "change", of: "\(service) operation \(id)"),
      before: try row.decode(String?.self, forColumn: "before_record"),
      beforeRemoving: try row.decode(Bool.self, forColumn: "before_removing"))
  }

  /// Throws `conflict` where an operation on `service` is unfinished.
  static func checkNone(_ db: Database, on service: String, doing: String) throws {
    guard
      let row = try db.rows("SELECT * FROM operations WHERE service = ?", [service]).first
    else { return }
    let primitive = try row.decode(String.self, forColumn: "primitive")
    let actor = try row.actor("actor", of: service)
    throw EngineError(
      .conflict,
      "cannot \(doing): operation \(row["id"] as Int64? ?? 0) on it (\(primitive) by \(actor)) is"
        + " not finished",
      hint: "wait until it ends: `mcp status \(service)` shows it", service: service)
  }

  /// Deletes an operation and its steps.
  static func delete(_ db: Database, _ id: Int64) throws {
    try db.run("DELETE FROM operations WHERE id = ?", [id])
  }

  /// Returns every operation, oldest first.
  static func all(_ db: Database) throws -> [Result<OperationRecord, Undecodable>] {
    let steps = Dictionary(
      grouping: try db.rows("SELECT * FROM operation_steps ORDER BY sequence")
    ) { $0["operation"] as Int64? ?? 0 }
    return try db.rows("SELECT * FROM operations ORDER BY id").map { row in
      let id = try row.decode(Int64.self, forColumn: "id")
      let service = try row.decode(String.self, forColumn: "service")
      let name = "\(service) operation \(id)"
      do {
        let current = try ServiceTable.one(db, service)
        return .success(
          try decode(row, id: id, service: service, name: name, current: current, steps: steps[id] ?? []))
      } catch {
        return .failure(error as? Undecodable ?? Undecodable(name, error))
      }
    }
  }

  private static func decode(
    _ row: Row, id: Int64, service: String, name: String, current: ServiceTable.Stored?, steps: [Row]
  ) throws -> OperationRecord {
    let change = try row.word(DesiredChange.Kind.self, "change", of: name)
    let removing = change == .remove
    return OperationRecord(
      id: id, primitive: try row.decode(String.self, forColumn: "primitive"), service: service,
      component: try row.decode(String?.self, forColumn: "component"),
      caller: Caller(
        actor: try row.actor("actor", of: name), role: try row.word(Role.self, "role", of: name),
        peer: try row.decode(String.self, forColumn: "peer")),
      startedAt: StoredTime.date(try row.decode(Int64.self, forColumn: "started_at_ms")), change: change,
      before: try row.decode(String?.self, forColumn: "before_record").map(StoredJSON.decodeRecord),
      after: removing ? nil : try current?.record.get(), removing: removing,
      steps: try steps.map { try StepTable.decode($0, of: name) })
  }
}
