internal import GRDB

/// A runtime object that was adopted.
struct Adoption: Hashable, Sendable {
  /// The runtime's id.
  var runtimeID: String
  /// What runs it.
  var runtime: RuntimeKind
  /// The service.
  var service: String
  /// The component.
  var component: String
  /// The revision with which it was adopted.
  var revision: Int64
  /// The hash of what a definition says of it.
  var specHash: String
}

extension Registry {
  /// The objects that were adopted and belong to what is deployed; others are forgotten.
  func adoptions() async throws -> [Adoption] {
    try await write("read what was adopted", .relaxed) { db in
      try db.run(
        """
        DELETE FROM adopted WHERE NOT EXISTS
          (SELECT 1 FROM components WHERE components.service = adopted.service AND components.name = adopted.component)
        """)
      return try db.rows("SELECT * FROM adopted ORDER BY runtime_id").map { row in
        Adoption(
          runtimeID: try row.decode(String.self, forColumn: "runtime_id"),
          runtime: RuntimeKind(rawValue: try row.decode(String.self, forColumn: "runtime")) ?? .container,
          service: try row.decode(String.self, forColumn: "service"),
          component: try row.decode(String.self, forColumn: "component"),
          revision: try row.decode(Int64.self, forColumn: "revision"),
          specHash: try row.decode(String.self, forColumn: "spec_hash"))
      }
    }
  }

  /// Remembers that objects are ours.
  func adopt(_ adoptions: [Adoption]) async throws {
    try await write("remember what was adopted") { db in
      for adoption in adoptions {
        try db.run(
          """
          INSERT INTO adopted (runtime_id, runtime, service, component, revision, spec_hash) VALUES (?, ?, ?, ?, ?, ?)
          ON CONFLICT (runtime_id) DO UPDATE SET service = excluded.service, component = excluded.component,
            revision = excluded.revision, spec_hash = excluded.spec_hash
          """,
          [
            adoption.runtimeID, adoption.runtime.rawValue, adoption.service, adoption.component,
            adoption.revision,
            adoption.specHash,
          ])
      }
    }
  }

  /// Forgets objects that are gone, or not ours after all.
  func forgetAdoptions(_ ids: Set<String>) async throws {
    guard !ids.isEmpty else { return }
    try await write("forget what was adopted") { db in
      for id in ids { try db.run("DELETE FROM adopted WHERE runtime_id = ?", [id]) }
    }
  }
}
