internal import Foundation
internal import GRDB

/// The registry's file: where it is, what is in it before it is trusted, and who may read it.
struct RegistryFile: Sendable {
  /// The absolute path, without symbolic links, so that two spellings find one lock.
  let path: String

  private var doing: String { "open the registry \(path)" }

  /// Finds the file at `path`; a missing parent directory is created for this user alone.
  init(_ path: String) throws(EngineError) {
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw EngineError(.invalidArgument, "'\(path)' is no path of a registry")
    }
    let absolute = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    if let resolved = Self.resolve(absolute) {
      self.path = resolved
    } else {
      let parent = (absolute as NSString).deletingLastPathComponent
      try Self.createDirectory(parent)
      guard let resolved = Self.resolve(parent) else {
        throw RegistryFailure.posix(errno, doing: "open the registry \(path)", path: parent)
      }
      let name = (absolute as NSString).lastPathComponent
      self.path = (resolved == "/" ? "" : resolved) + "/" + name
    }
    try refuseWhatIsNoFile()
    let directory = (self.path as NSString).deletingLastPathComponent
    guard faccessat(AT_FDCWD, directory, W_OK | X_OK, AT_EACCESS) == 0 else {
      throw RegistryFailure.posix(errno, doing: doing, path: directory)
    }
  }

  /// Makes sure that a registry which this program understands is there; creates it where nothing is.
  ///
  /// What is there and is refused stays as it is. The caller holds the registry's lock.
  func prepare() throws {
    let log = size(path + "-wal") ?? 0
    guard let size = size(path), size > 0 else {
      guard log == 0 else {
        throw EngineError(
          .dataLoss, "cannot \(doing): the file is gone or empty, and its write-ahead log is still there",
          hint: "restore a copy made with `mcp-agent snapshot`; to begin anew, remove \(path)-wal")
      }
      return try create()
    }
    let header = try RegistryHeader(path, doing: doing)
    try header.check(path: path, doing: doing)
    guard log == 0 || header.isWriteAheadLogged else {
      throw EngineError(
        .failedPrecondition, "cannot \(doing): the write-ahead log beside it belongs to another file",
        hint: "where \(path) was restored from a copy, remove \(path)-wal and \(path)-shm")
    }
    guard faccessat(AT_FDCWD, path, R_OK | W_OK, AT_EACCESS) == 0 else {
      throw RegistryFailure.posix(errno, doing: doing, path: path)
    }
    // A rollback journal is left only by a switch of the journal mode that was cut short. It has to be
    // rolled back before anything can be read.
    if (self.size(path + "-journal") ?? 0) == 0 { try inspect() }
    try tighten()
  }

  /// The file at the path now; `nil` where there is none.
  var identity: FileFacts.Identity? {
    FileFacts(path: path)?.identity
  }

  /// Before anything is put beside it: a device, a socket or a link to a place that is not there now is
  /// never to be replaced.
  private func refuseWhatIsNoFile() throws(EngineError) {
    guard FileFacts(path: path, followingLinks: false) != nil else { return }
    guard let facts = FileFacts(path: path) else {
      throw EngineError(
        .failedPrecondition, "cannot \(doing): it is a symbolic link that leads nowhere",
        hint: "see whether the file system it leads to is mounted; to begin anew, remove the link")
    }
    guard facts.kind == .regular else {
      throw EngineError(
        .failedPrecondition, "cannot \(doing): it is not a regular file",
        hint: "set [database] path to a file of mcp-agent's own")
    }
  }

  /// Reads the file without being able to change it, and throws where it must not be used.
  private func inspect() throws {
    var configuration = RegistryConnection.configuration
    configuration.readonly = true
    let probe = try DatabaseQueue(path: path, configuration: configuration)
    defer { try? probe.close() }
    try probe.read { db in
      try RegistryHeader.check(db, path: path, doing: doing)
      let problems = try String.fetchAll(db, sql: "PRAGMA quick_check(10)")
      guard problems == ["ok"] else {
        throw EngineError(
          .dataLoss, "cannot \(doing): it is damaged", cause: problems.first,
          hint: RegistryFailure.restoreHint, details: problems)
      }
    }
  }

  /// Creates a registry beside the path and moves it there complete, so that there never is half a one.
  private func create() throws {
    let fresh = path + ".new"
    let leftovers = ["", "-journal", "-wal", "-shm"].map { fresh + $0 }
    leftovers.forEach { unlink($0) }
    do {
      let descriptor = Foundation.open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { throw RegistryFailure.posix(errno, doing: doing, path: fresh) }
      Foundation.close(descriptor)
      let queue = try DatabaseQueue(path: fresh, configuration: RegistryConnection.configuration)
      try Migrations.migrator.migrate(queue)
      try queue.close()
      try FileSync.sync(fresh, doing: doing)
      guard rename(fresh, path) == 0 else { throw RegistryFailure.posix(errno, doing: doing, path: path) }
      try FileSync.sync((path as NSString).deletingLastPathComponent, doing: doing)
    } catch {
      leftovers.forEach { unlink($0) }
      throw error
    }
  }

  /// Takes every right from everyone but the owner; SQLite gives new companions the file's rights.
  private func tighten() throws(EngineError) {
    for file in [path, path + "-wal", path + "-shm"] {
      guard let facts = FileFacts(path: file), facts.permissions & 0o077 != 0 else { continue }
      guard chmod(file, facts.permissions & 0o700) == 0 else {
        throw RegistryFailure.posix(errno, doing: doing, path: file)
      }
    }
  }

  private func size(_ file: String) -> Int64? {
    FileFacts(path: file)?.size
  }

  private static func resolve(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static func createDirectory(_ path: String) throws(EngineError) {
    guard !path.isEmpty, mkdir(path, 0o700) != 0, errno != EEXIST else { return }
    guard errno == ENOENT, path != "/" else {
      throw RegistryFailure.posix(errno, doing: "create the registry's directory \(path)", path: path)
    }
    try createDirectory((path as NSString).deletingLastPathComponent)
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
      throw RegistryFailure.posix(errno, doing: "create the registry's directory \(path)", path: path)
    }
  }
}

/// Makes what was written to a file or a directory outlast a loss of power.
enum FileSync {
  static func sync(_ path: String, doing: String) throws(EngineError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw RegistryFailure.posix(errno, doing: doing, path: path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw RegistryFailure.posix(errno, doing: doing, path: path) }
  }
}
