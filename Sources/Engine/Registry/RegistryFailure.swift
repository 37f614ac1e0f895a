internal import Foundation
internal import GRDB

/// A row that is there and cannot be read.
struct Undecodable: Error {
  /// What it is, as ``Registry/quarantined()`` names it.
  let name: String
  /// Why it cannot be read.
  let reason: String

  init(_ name: String, _ error: any Error) {
    self.init(name, reason: String(describing: error))
  }

  init(_ name: String, reason: String) {
    self.name = name
    self.reason = reason
  }
}

/// The one place where failures of SQLite and of the file system become errors of the engine.
enum RegistryFailure {
  static let restoreHint =
    "the file was left as it is; put a copy made with `mcp-agent snapshot` in its place, its -wal and -shm"
    + " files removed, or repair it with `sqlite3 FILE .recover`"

  /// Returns `error`, which came up while `doing` something to the registry at `path`.
  static func map(_ error: any Error, doing: String, path: String) -> EngineError {
    switch error {
    case let error as EngineError: error
    case let error as DatabaseError: map(error, doing: doing, path: path)
    case let error as Undecodable: undecodable(error, doing: doing, path: path)
    case let error as RowDecodingError:
      EngineError(
        .dataLoss, "cannot \(doing): the registry \(path) holds a row that cannot be read",
        cause: String(describing: error), hint: restoreHint)
    default:
      EngineError(
        .internalError, "cannot \(doing): the registry \(path) failed", cause: String(describing: error))
    }
  }

  /// Returns the error for `errno` of a call on `path`.
  static func posix(_ code: Int32, doing: String, path: String) -> EngineError {
    let cause = String(cString: strerror(code))
    switch code {
    case ENOSPC, EDQUOT: return full(doing, path, cause)
    case EACCES, EPERM: return denied(doing, path, cause)
    case EROFS: return readOnlyFileSystem(doing, path, cause)
    case EMFILE, ENFILE, ENOMEM:
      return EngineError(.resourceExhausted, "cannot \(doing): a limit is reached", cause: cause)
    case ENOENT:
      return EngineError(.notFound, "cannot \(doing): \(path) does not exist", cause: cause)
    default:
      return EngineError(.failedPrecondition, "cannot \(doing): \(path) cannot be used", cause: cause)
    }
  }

  private static func map(_ error: DatabaseError, doing: String, path: String) -> EngineError {
    let cause = "\(error.message ?? "no message") (SQLite code \(error.extendedResultCode.rawValue))"
    switch error.resultCode {
    case .SQLITE_FULL: return full(doing, path, cause)
    case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
      return unwritable(doing, path, cause)
    case .SQLITE_IOERR: return diskFailed(doing, path, cause)
    case .SQLITE_CORRUPT, .SQLITE_NOTADB:
      return EngineError(
        .dataLoss, "cannot \(doing): the registry \(path) is damaged", cause: cause, hint: restoreHint)
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      return EngineError(
        .conflict, "cannot \(doing): another program has locked the registry \(path)", cause: cause,
        hint: "end the program that has it open: `fuser \(path)` names it")
    case .SQLITE_NOMEM, .SQLITE_TOOBIG:
      return EngineError(.resourceExhausted, "cannot \(doing): it is too large", cause: cause)
    case .SQLITE_CONSTRAINT where error.extendedResultCode == .SQLITE_CONSTRAINT_TRIGGER:
      return EngineError(.conflict, "cannot \(doing): a host port is claimed already", cause: cause)
    case .SQLITE_CONSTRAINT:
      return EngineError(
        .invalidArgument, "cannot \(doing): the registry's rules do not allow it", cause: cause)
    case .SQLITE_MISUSE: return closed(doing, path)
    default:
      return EngineError(.internalError, "cannot \(doing): the registry \(path) failed", cause: cause)
    }
  }

  static func closed(_ doing: String, _ path: String) -> EngineError {
    EngineError(.failedPrecondition, "cannot \(doing): the registry \(path) is closed")
  }

  private static func undecodable(_ error: Undecodable, doing: String, path: String) -> EngineError {
    EngineError(
      .dataLoss, "cannot \(doing): '\(error.name)' in the registry \(path) cannot be read",
      cause: error.reason,
      hint: "the row was left as it is; run the version of mcp-agent that wrote it, or restore a copy made"
        + " with `mcp-agent snapshot`")
  }

  private static func full(_ doing: String, _ path: String, _ cause: String) -> EngineError {
    EngineError(
      .resourceExhausted, "cannot \(doing): no space is left for \(path)", cause: cause,
      hint: "free space on the file system of \(directory(path)) and try again; nothing was half written")
  }

  private static func denied(_ doing: String, _ path: String, _ cause: String) -> EngineError {
    EngineError(
      .permissionDenied, "cannot \(doing): this user may not write \(path)", cause: cause,
      hint: "the file and its directory must belong to the agent's user and be writable for it")
  }

  private static func readOnlyFileSystem(_ doing: String, _ path: String, _ cause: String) -> EngineError {
    EngineError(
      .failedPrecondition, "cannot \(doing): \(path) is on a read-only file system", cause: cause,
      hint: "mount the file system writable, or set [database] path to another one")
  }

  /// SQLite only says that it cannot open or write; the file system knows why.
  private static func unwritable(_ doing: String, _ path: String, _ cause: String) -> EngineError {
    for place in [directory(path), path] where faccessat(AT_FDCWD, place, R_OK | W_OK, AT_EACCESS) != 0 {
      return posix(errno, doing: doing, path: place)
    }
    if isFull(path) { return full(doing, path, cause) }
    return EngineError(
      .failedPrecondition, "cannot \(doing): the registry \(path) cannot be written", cause: cause,
      hint: "see whether \(path), its -wal and -shm files and their directory belong to the agent's user")
  }

  /// A file system without space fails calls of which SQLite reports only that they failed.
  private static func diskFailed(_ doing: String, _ path: String, _ cause: String) -> EngineError {
    if isFull(path) { return full(doing, path, cause) }
    return EngineError(
      .failedPrecondition, "cannot \(doing): the disk failed on \(path)", cause: cause,
      hint: "look for disk and file system errors in the kernel's log")
  }

  private static func isFull(_ path: String) -> Bool {
    var facts = statvfs()
    guard statvfs(directory(path), &facts) == 0 else { return false }
    return UInt64(facts.f_bavail) * UInt64(facts.f_frsize) < 64 * 1024
      || (facts.f_files > 0 && facts.f_favail == 0)
  }

  private static func directory(_ path: String) -> String {
    (path as NSString).deletingLastPathComponent
  }
}
