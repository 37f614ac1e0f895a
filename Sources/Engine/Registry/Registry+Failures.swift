public import Foundation
internal import GRDB

/// What is kept of a version of a component that failed.
public struct FailureRecord: Hashable, Sendable {
  /// The service.
  public var service: String
  /// The component.
  public var component: String
  /// The revision that failed.
  public var revision: Int64
  /// Why.
  public var reason: String
  /// The last lines of its output.
  public var lines: [LogLine]
  /// When.
  public var time: Date

  /// Creates a record.
  public init(
    service: String, component: String, revision: Int64, reason: String, lines: [LogLine], time: Date
  ) {
    self.service = service
    self.component = component
    self.revision = revision
    self.reason = reason
    self.lines = lines
    self.time = time
  }
}

extension Registry {
  /// How many components' failures are kept.
  static let maximumFailures = 500

  /// Keeps what there is of a version that failed, in the place of the component's last.
  public func keepFailure(_ failure: FailureRecord) async throws {
    try await write("keep the failure of \(failure.service)/\(failure.component)", .relaxed) { db in
      try db.run(
        """
        INSERT INTO failures (service, component, revision, reason, lines, failed_at_ms) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (service, component) DO UPDATE SET revision = excluded.revision, reason = excluded.reason,
          lines = excluded.lines, failed_at_ms = excluded.failed_at_ms
        """,
        [
          failure.service, failure.component, failure.revision, StoredText.stored(failure.reason),
          try StoredJSON.encode(failure.lines), StoredTime.milliseconds(failure.time),
        ])
      try db.run(
        """
        DELETE FROM failures WHERE (service, component) IN
          (SELECT service, component FROM failures ORDER BY failed_at_ms DESC LIMIT -1 OFFSET ?)
        """, [Self.maximumFailures])
    }
  }

  /// Returns what is kept of a service's versions that failed, ordered by component.
  public func failures(of service: String) async throws -> [FailureRecord] {
    try await read("read the failures of \(service)") { db in
      try db.rows("SELECT * FROM failures WHERE service = ? ORDER BY component", [service]).map { row in
        FailureRecord(
          service: service, component: try row.decode(String.self, forColumn: "component"),
          revision: try row.decode(Int64.self, forColumn: "revision"),
          reason: try row.decode(String.self, forColumn: "reason"),
          lines: try StoredJSON.decode([LogLine].self, from: row.decode(String.self, forColumn: "lines")),
          time: StoredTime.date(try row.decode(Int64.self, forColumn: "failed_at_ms")))
      }
    }
  }
}
