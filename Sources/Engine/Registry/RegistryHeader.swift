internal import Foundation
internal import GRDB

/// The first hundred bytes of an SQLite file, read without SQLite so that nothing beside it comes to be.
struct RegistryHeader {
  private let bytes: [UInt8]

  /// Reads the header of the file at `path`.
  ///
  /// Only for a file that SQLite has not opened in this process: closing another descriptor of it would
  /// give up SQLite's own locks.
  init(_ path: String, doing: String) throws(EngineError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw RegistryFailure.posix(errno, doing: doing, path: path) }
    defer { close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: 100)
    let count = pread(descriptor, &buffer, buffer.count, 0)
    bytes = Array(buffer.prefix(max(count, 0)))
  }

  /// Whether the file's changes go through a write-ahead log.
  var isWriteAheadLogged: Bool { bytes.count == 100 && bytes[18] == 2 }

  /// Throws where the file is no registry, or one of a newer version.
  func check(path: String, doing: String) throws(EngineError) {
    guard bytes.count == 100, bytes.starts(with: Array("SQLite format 3\0".utf8)) else {
      throw EngineError(
        .dataLoss, "cannot \(doing): it is not an SQLite database, or its beginning is damaged",
        hint: RegistryFailure.restoreHint)
    }
    try Self.check(application: word(68), version: Int(word(60)), doing: doing)
  }

  /// Throws where the database, its write-ahead log included, is no registry or one of a newer version.
  static func check(_ db: Database, path: String, doing: String) throws {
    let application = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    try check(application: application, version: version, doing: doing)
    let migrator = Migrations.migrator
    let unknown = try migrator.appliedIdentifiers(db).subtracting(migrator.migrations)
    guard unknown.isEmpty else {
      throw newer("migration \(unknown.sorted().joined(separator: ", "))", doing: doing)
    }
  }

  private static func check(application: Int32, version: Int, doing: String) throws(EngineError) {
    guard application == Migrations.applicationID else {
      throw EngineError(
        .failedPrecondition, "cannot \(doing): it is the database of another program",
        hint: "set [database] path to a file of mcp-agent's own")
    }
    guard version <= Migrations.version else { throw newer("schema \(version)", doing: doing) }
  }

  private static func newer(_ what: String, doing: String) -> EngineError {
    EngineError(
      .failedPrecondition,
      "cannot \(doing): a newer version of mcp-agent wrote it (\(what); this one knows up to schema"
        + " \(Migrations.version))",
      hint: "run the newer version, or restore a copy that this one made with `mcp-agent snapshot`")
  }

  private func word(_ offset: Int) -> Int32 {
    Int32(bitPattern: bytes[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) })
  }
}
