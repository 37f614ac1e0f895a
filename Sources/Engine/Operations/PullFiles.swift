internal import Foundation

extension Orchestrator {
  /// Sends a file or a directory of a service's directory.
  ///
  /// A file that the caller has the beginning of is continued where that is still its beginning. Throws `notFound` where
  /// there is nothing, and `invalidArgument` for a path that leads out of the directory, and for links, pipes and devices
  /// in it.
  public func pull(_ request: PullRequest) async throws -> PullSession {
    let path = try ConfinedPath(request.path)
    try await admit(.pull, Target(service: request.service))
    let settings = context.settings
    do {
      return try await FileWork.run {
        let root = try ServiceDirectory(of: request.service, settings: settings, make: false).directory
        let tree = try FileTree(path, in: root)
        var source = tree.source
        if source.name.isEmpty { source.name = request.service }
        let isSame = source.header.size == request.size && source.header.modified == request.modified
        let continues = isSame && tree.begins(with: request.present)
        source.header.offset = continues ? request.present.count : 0
        return PullSession(source: source, parts: tree.parts(after: continues ? request.present : .none))
      }
    } catch {
      throw EngineError.wrap(error).about(service: request.service)
    }
  }
}
