public import Foundation
internal import GRDB

/// What the registry knows of a secret: everything but its value.
public struct SecretRecord: Hashable, Sendable {
  /// The service that may use it.
  public var service: String
  /// Its name.
  public var name: String
  /// The version of its value that counts.
  var version: String
  /// When that was set.
  public var setAt: Date
  /// By whom.
  public var actor: Actor
}

extension Registry {
  /// How many secrets a service may have.
  static let maximumSecrets = 256

  /// Returns the secrets of a service, or of all for `nil`, ordered by service and name.
  func secrets(of service: String?) async throws -> [SecretRecord] {
    try await read("read the secrets") { db in
      let rows = try db.rows("SELECT * FROM secrets ORDER BY service, name")
      return try rows.map { row in
        SecretRecord(
          service: try row.decode(String.self, forColumn: "service"),
          name: try row.decode(String.self, forColumn: "name"),
          version: try row.decode(String.self, forColumn: "version"),
          setAt: StoredTime.date(try row.decode(Int64.self, forColumn: "set_at_ms")),
          actor: Actor(try row.decode(String.self, forColumn: "actor")))
      }.filter { service == nil || $0.service == service }
    }
  }

  /// Makes a version of a secret the one that counts, with the event that says so; returns the event as stored.
  ///
  /// Throws `resourceExhausted` where the service has too many.
  func setSecret(_ secret: SecretRecord, event: Event) async throws -> [Event] {
    try await write("set a secret of \(secret.service)") { db in
      try db.run(
        """
        INSERT INTO secrets (service, name, version, set_at_ms, actor) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (service, name) DO UPDATE SET version = excluded.version, set_at_ms = excluded.set_at_ms,
          actor = excluded.actor
        """,
        [
          secret.service, secret.name, secret.version, StoredTime.milliseconds(secret.setAt),
          StoredText.stored("\(secret.actor)"),
        ])
      let count = try Int.fetchOne(
        db, sql: "SELECT count(*) FROM secrets WHERE service = ?", arguments: [secret.service])
      guard count ?? 0 <= Self.maximumSecrets else {
        throw EngineError(
          .resourceExhausted,
          "\(secret.service) has \(Self.maximumSecrets) secrets, which is the most",
          hint: "`mcp secret remove` removes what is not needed", service: secret.service)
      }
      return try EventTable.append(db, [event])
    }
  }

  /// Forgets a secret, with the event that says so; returns the event as stored.
  func removeSecret(_ name: String, of service: String, event: Event) async throws -> [Event] {
    try await write("remove a secret of \(service)") { db in
      try db.run("DELETE FROM secrets WHERE service = ? AND name = ?", [service, name])
      return try EventTable.append(db, [event])
    }
  }
}
