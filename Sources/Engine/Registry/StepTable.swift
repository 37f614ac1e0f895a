internal import Foundation
internal import GRDB

/// The steps of unfinished operations.
enum StepTable {
  /// Writes down that a step is started; one that was started before is started again and keeps what is
  /// known of its runtime object.
  static func start(
    _ db: Database, operation: Int64, sequence: Int, step: PlannedStep, at: Date
  ) throws {
    try db.run(
      """
      INSERT INTO operation_steps (operation, sequence, component, action, message, state, started_at_ms)
      VALUES (?, ?, ?, ?, ?, 'started', ?)
      ON CONFLICT (operation, sequence) DO UPDATE SET component = excluded.component,
        action = excluded.action, message = excluded.message, state = 'started', error = NULL,
        started_at_ms = excluded.started_at_ms, finished_at_ms = NULL
      """,
      [
        operation, sequence, StoredText.stored(step.component), StoredText.stored(step.action),
        StoredText.stored(step.message), StoredTime.milliseconds(at),
      ])
  }

  /// Writes down how a step ended; returns whether there is such a step.
  static func finish(
    _ db: Database, operation: Int64, sequence: Int, outcome: StepOutcome, runtimeID: String?, at: Date
  ) throws -> Bool {
    let (state, error) = columns(outcome)
    try db.run(
      """
      UPDATE operation_steps SET state = ?, error = ?, runtime_id = coalesce(?, runtime_id),
        finished_at_ms = ?
      WHERE operation = ? AND sequence = ?
      """,
      [
        state, StoredText.stored(error), StoredText.stored(runtimeID), StoredTime.milliseconds(at),
        operation, sequence,
      ])
    return db.changesCount == 1
  }

  static func decode(_ row: Row, of name: String) throws -> StepRecord {
    let state = try row.decode(String.self, forColumn: "state")
    let outcome: StepOutcome?
    switch state {
    case "started": outcome = nil
    case "done": outcome = .done
    case "undone": outcome = .undone
    case "failed": outcome = .failed(try row.decode(String.self, forColumn: "error"))
    default: throw Undecodable(name, reason: "the state of a step is '\(state)'")
    }
    return StepRecord(
      sequence: try row.decode(Int.self, forColumn: "sequence"),
      step: PlannedStep(
        component: try row.decode(String.self, forColumn: "component"),
        action: try row.decode(String.self, forColumn: "action"),
        message: try row.decode(String.self, forColumn: "message")),
      outcome: outcome, runtimeID: try row.decode(String?.self, forColumn: "runtime_id"),
      startedAt: StoredTime.date(try row.decode(Int64.self, forColumn: "started_at_ms")),
      finishedAt: try row.decode(Int64?.self, forColumn: "finished_at_ms").map(StoredTime.date))
  }

  private static func columns(_ outcome: StepOutcome) -> (state: String, error: String?) {
    switch outcome {
    case .done: ("done", nil)
    case .undone: ("undone", nil)
    case .failed(let reason): ("failed", reason)
    }
  }
}
