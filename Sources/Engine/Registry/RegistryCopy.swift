internal import Foundation
internal import GRDB

/// Writes a consistent, complete and compact copy of a registry that is in use.
enum RegistryCopy {
  /// Copies the database of `queue` to `path`: readable for its owner alone, there as a whole or not at all.
  ///
  /// Throws `alreadyExists` where something is at `path`.
  static func write(_ queue: DatabaseQueue, to path: String, doing: String) throws(EngineError) {
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw EngineError(.invalidArgument, "cannot \(doing): '\(path)' is no path of a file")
    }
    guard !exists(path) else { throw taken(path, doing) }
    let partial = "\(path).\(getpid()).partial"
    let descriptor = open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw RegistryFailure.posix(errno, doing: doing, path: partial) }
    close(descriptor)
    defer { unlink(partial) }
    do {
      try queue.writeWithoutTransaction { db in
        try db.execute(sql: "VACUUM INTO ?", arguments: [partial])
      }
    } catch {
      throw RegistryFailure.map(error, doing: doing, path: path)
    }
    try FileSync.sync(partial, doing: doing)
    try publish(partial, as: path, doing: doing)
    let directory = (path as NSString).deletingLastPathComponent
    try FileSync.sync(directory.isEmpty ? "." : directory, doing: doing)
  }

  /// A hard link never replaces what is there; where the file system has none, a rename has to do.
  private static func publish(_ partial: String, as path: String, doing: String) throws(EngineError) {
    guard link(partial, path) != 0 else { return }
    switch errno {
    case EEXIST: throw taken(path, doing)
    case EPERM, ENOTSUP, ENOSYS:
      guard !exists(path) else { throw taken(path, doing) }
      guard rename(partial, path) == 0 else {
        throw RegistryFailure.posix(errno, doing: doing, path: path)
      }
    default: throw RegistryFailure.posix(errno, doing: doing, path: path)
    }
  }

  private static func exists(_ path: String) -> Bool {
    FileFacts(path: path, followingLinks: false) != nil
  }

  private static func taken(_ path: String, _ doing: String) -> EngineError {
    EngineError(
      .alreadyExists, "cannot \(doing): \(path) exists already",
      hint: "choose another name, or remove that file first")
  }
}
