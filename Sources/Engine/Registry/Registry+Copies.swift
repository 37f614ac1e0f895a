internal import Foundation
internal import GRDB

extension Registry {
  /// Writes a consistent copy to `path`, which must not exist, while the registry is in use.
  ///
  /// The copy has mode 0600, is on the disk when this returns, and can be put in the registry's place.
  /// Throws `alreadyExists`, or `notFound` where the directory does not exist. Blocks the thread.
  public func backup(to path: String) throws(EngineError) {
    try RegistryCopy.write(queue, to: path, doing: "copy the registry \(self.path) to \(path)")
  }

  /// Writes a consistent copy of the registry at `path` to `copy`, as ``backup(to:)`` does.
  ///
  /// For another process than the agent's: the agent may hold the registry meanwhile, and is not disturbed.
  public static func snapshot(of path: String, to copy: String) throws(EngineError) {
    let doing = "copy the registry \(path) to \(copy)"
    do {
      guard FileManager.default.fileExists(atPath: path) else {
        throw EngineError(
          .notFound, "cannot \(doing): there is no registry at \(path)",
          hint: "it is made when the agent runs for the first time")
      }
      var configuration = RegistryConnection.configuration
      configuration.readonly = true
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      defer { try? queue.close() }
      try queue.read { db in try RegistryHeader.check(db, path: path, doing: doing) }
      try RegistryCopy.write(queue, to: copy, doing: doing)
    } catch {
      throw RegistryFailure.map(error, doing: doing, path: path)
    }
  }
}
