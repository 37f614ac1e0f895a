internal import Foundation

extension Orchestrator {
  /// Takes a file or a directory into a service's directory.
  ///
  /// The service need not be deployed; its directory is made where it is missing. `feed` is asked once there is room for
  /// everything. Throws `resourceExhausted` where there is not, `invalidArgument` for a place outside of the directory.
  /// What is there stays where the transfer fails or is cancelled. Idempotent.
  public func push(_ request: PushRequest, from feed: @escaping FileFeed) async throws -> TransferResult {
    let path = try ConfinedPath(request.path)
    try await admit(.push, Target(service: request.service))
    let settings = context.settings
    let receiver = try await FileWork.run {
      let root = try ServiceDirectory(of: request.service, settings: settings, make: true).directory
      return try FileReceiver(
        request.source, to: try Self.place(request, path, in: root), in: root)
    }
    do {
      return try await FileWork.transferring {
        for try await parts in try await feed(receiver.present) { try await receiver.take(parts) }
        try Task.checkCancellation()
        return try await receiver.finish()
      }
    } catch {
      receiver.abandon()
      throw EngineError.wrap(error).about(service: request.service)
    }
  }

  /// Where what is sent is to be: a directory takes it under its own name.
  private static func place(
    _ request: PushRequest, _ path: ConfinedPath, in root: ConfinedDirectory
  ) throws(EngineError) -> ConfinedPath {
    let isDirectory = request.path.isEmpty || request.path.hasSuffix("/") || path == .root
    let isThere = (try? root.directory(path)) != nil
    guard isDirectory || (isThere && !request.source.header.isDirectory) else { return path }
    return try path.appending(request.source.name)
  }
}
