internal import Foundation
internal import GRDB

extension Registry {
  /// The stages that have ended in that boot of the machine, and how.
  func bootStages(of bootID: String) async throws -> [String: BootProgress.StageState] {
    try await read("read the stages of the boot sequence") { db in
      var stages: [String: BootProgress.StageState] = [:]
      for row in try db.rows("SELECT stage, state FROM boot_stages WHERE boot_id = ?", [bootID]) {
        let state = BootProgress.StageState(rawValue: try row.decode(String.self, forColumn: "state"))
        if let state, state.isOver { stages[try row.decode(String.self, forColumn: "stage")] = state }
      }
      return stages
    }
  }

  /// Remembers that a stage has ended; what ended in earlier boots of the machine is forgotten.
  func keepBootStage(_ stage: String, _ state: BootProgress.StageState, of bootID: String) async throws {
    let now = now()
    try await write("remember a stage of the boot sequence") { db in
      try db.run("DELETE FROM boot_stages WHERE boot_id <> ?", [bootID])
      try db.run(
        """
        INSERT INTO boot_stages (boot_id, stage, state, ended_at_ms) VALUES (?, ?, ?, ?)
        ON CONFLICT (boot_id, stage) DO UPDATE SET state = excluded.state, ended_at_ms = excluded.ended_at_ms
        """, [bootID, stage, state.rawValue, StoredTime.milliseconds(now)])
    }
  }

  /// Forgets all stages.
  func forgetBootStages() async throws {
    try await write("forget the stages of the boot sequence") { db in try db.run("DELETE FROM boot_stages") }
  }
}
