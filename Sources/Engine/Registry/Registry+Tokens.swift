internal import Foundation
internal import GRDB

extension Registry {
  /// How many tokens a node keeps, used up ones among them.
  static let maximumTokens = 1000

  /// Returns the tokens that were issued, the newest first.
  func tokens() async throws -> [TokenInfo] {
    try await read("read the tokens") { db in
      try db.rows("SELECT * FROM tokens ORDER BY created_at_ms DESC, id").map(Self.token)
    }
  }

  /// Returns the token of a number.
  func token(_ id: String) async throws -> TokenInfo? {
    try await read("read a token") { db in
      try db.rows("SELECT * FROM tokens WHERE id = ?", [id]).map(Self.token).first
    }
  }

  /// Keeps a new token, with the event that says so; returns the event as stored.
  ///
  /// What ended more than 90 days ago is forgotten. Throws `resourceExhausted` where there are too many.
  func addToken(_ token: TokenInfo, event: Event) async throws -> [Event] {
    let limit = StoredTime.milliseconds(token.createdAt.addingTimeInterval(-90 * 86_400))
    return try await write("keep a token") { db in
      try db.run("DELETE FROM tokens WHERE expires_at_ms < ? OR revoked_at_ms < ?", [limit, limit])
      let count = try Int.fetchOne(db, sql: "SELECT count(*) FROM tokens")
      guard count ?? 0 < Self.maximumTokens else {
        throw EngineError(
          .resourceExhausted, "this node has issued \(Self.maximumTokens) tokens, which is the most",
          hint: "tokens are forgotten 90 days after their end: give new ones a shorter life")
      }
      try db.run(
        """
        INSERT INTO tokens (id, name, role, created_at_ms, created_by, expires_at_ms)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
        [
          token.id, token.name, token.role.rawValue, StoredTime.milliseconds(token.createdAt),
          StoredText.stored("\(token.createdBy)"), StoredTime.milliseconds(token.expiresAt),
        ])
      return try EventTable.append(db, [event])
    }
  }

  /// Makes a token worthless, with the event that says so; returns the event as stored.
  func revokeToken(_ id: String, at time: Date, event: Event) async throws -> [Event] {
    try await write("revoke a token") { db in
      try db.run(
        "UPDATE tokens SET revoked_at_ms = ? WHERE id = ? AND revoked_at_ms IS NULL",
        [StoredTime.milliseconds(time), id])
      return try EventTable.append(db, [event])
    }
  }

  private static func token(_ row: Row) throws -> TokenInfo {
    let id = try row.decode(String.self, forColumn: "id")
    guard let role = Role(rawValue: try row.decode(String.self, forColumn: "role")) else {
      throw EngineError(.dataLoss, "the role of the token \(id) is not known")
    }
    return TokenInfo(
      id: id, name: try row.decode(String.self, forColumn: "name"), role: role,
      createdAt: StoredTime.date(try row.decode(Int64.self, forColumn: "created_at_ms")),
      createdBy: Actor(try row.decode(String.self, forColumn: "created_by")),
      expiresAt: StoredTime.date(try row.decode(Int64.self, forColumn: "expires_at_ms")),
      revokedAt: try row.decode(Int64?.self, forColumn: "revoked_at_ms").map(StoredTime.date))
  }
}
