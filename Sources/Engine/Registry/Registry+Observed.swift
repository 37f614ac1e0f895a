internal import GRDB

extension Registry {
  /// Remembers what was seen of components, in the place of what was seen before.
  ///
  /// Rows of components that are not deployed are left out. The last ones may be lost in a loss of power.
  public func saveObserved(_ rows: [ObservedRecord]) async throws {
    guard !rows.isEmpty else { return }
    try await write("remember what was observed", .relaxed) { db in try ObservedTable.save(db, rows) }
  }

  /// Returns what was last seen of every component, ordered by service and component.
  public func observed() async throws -> [ObservedRecord] {
    try await read("read what was observed") { db in try ObservedTable.all(db) }
  }

  /// Forgets what was seen of a service, or of one component of it; its removal does so by itself.
  public func forgetObserved(service: String, component: String?) async throws {
    try await write("forget what was observed of \(service)", .relaxed) { db in
      try ObservedTable.delete(db, service: service, component: component)
    }
  }
}
