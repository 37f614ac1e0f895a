internal import GRDB

/// How the registry's connection to SQLite is set up.
enum RegistryConnection {
  /// The most memory for pages, in KiB.
  private static let cache = 1024
  /// What is kept of the write-ahead log's file once it was written back, in bytes.
  private static let logSize = 4 << 20

  /// One connection: it needs the least memory, and the agent keeps what it reads often in its own.
  static var configuration: Configuration {
    var configuration = Configuration()
    configuration.label = "registry"
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(5)
    configuration.prepareDatabase { db in
      try db.execute(
        sql: """
          PRAGMA synchronous = FULL;
          PRAGMA cache_size = -\(cache);
          PRAGMA journal_size_limit = \(logSize);
          PRAGMA temp_store = MEMORY;
          """)
    }
    return configuration
  }

  /// Opens the registry at `path`, which has been looked at, and brings it to the present schema.
  static func open(_ path: String) throws -> DatabaseQueue {
    let doing = "open the registry \(path)"
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    do {
      try queue.inDatabase { db in
        try RegistryHeader.check(db, path: path, doing: doing)
        let mode = try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL")
        guard mode == "wal" else {
          throw EngineError(
            .failedPrecondition, "cannot \(doing): its file system cannot hold a write-ahead log",
            hint: "set [database] path to a local file system")
        }
      }
      try Migrations.migrator.migrate(queue)
      return queue
    } catch {
      try? queue.close()
      throw error
    }
  }
}
