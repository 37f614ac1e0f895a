internal import Foundation

/// Decides which host paths a component may see.
///
/// A path must exist, lie under an allowed root after all symbolic links are followed, and neither contain
/// nor lie in anything of the agent's own.
struct VolumePolicy {
  let settings: NodeContext.Settings

  /// Throws where a volume of `component` may not be mounted or is not there.
  func check(_ component: Component, of definition: ServiceDefinition) throws(EngineError) {
    for volume in component.volumes {
      do {
        try check(volume, service: definition.name)
      } catch {
        throw error.about(service: definition.name, component: component.name)
      }
    }
  }

  private func check(_ volume: VolumeMount, service: String) throws(EngineError) {
    let own = "\(settings.servicesRoot)/\(service)"
    if volume.source == own || volume.source.hasPrefix(own + "/") { createDirectory(volume.source, own: own) }
    guard let resolved = Self.resolve(volume.source) else {
      throw EngineError(
        .notFound, "the volume path \(volume.source) does not exist on this node",
        hint: "create it first, readable for the agent's user: install -d -o \(NSUserName()) \(volume.source)"
      )
    }
    let roots = settings.volumeRoots.map { Self.resolve($0) ?? $0 }
    guard roots.contains(where: { Self.contains($0, resolved) }) else {
      let shown = resolved == volume.source ? resolved : "\(volume.source) (which is \(resolved))"
      throw EngineError(
        .permissionDenied, "the volume path \(shown) lies outside the directories that may be mounted",
        hint:
          "allowed: \(settings.volumeRoots.joined(separator: ", ")); see [volumes] allowed in the agent's configuration"
      )
    }
    if let path = Self.protectedPath(at: resolved, settings) {
      throw EngineError(
        .permissionDenied, "the volume path \(volume.source) would show the agent's own files (\(path))",
        hint: "mount a directory that neither contains them nor lies among them")
    }
  }

  /// The agent's own path that lies in `resolved`, or that contains it; `nil` where there is none.
  static func protectedPath(at resolved: String, _ settings: NodeContext.Settings) -> String? {
    settings.protectedPaths.first { path in
      let protected = resolve(path) ?? path
      return contains(protected, resolved) || contains(resolved, protected)
    }
  }

  /// A service's own directory is made on first use, where the agent may.
  private func createDirectory(_ path: String, own: String) {
    guard path == own, !FileManager.default.fileExists(atPath: path) else { return }
    try? FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o750])
  }

  private static func contains(_ root: String, _ path: String) -> Bool {
    path == root || path.hasPrefix(root == "/" ? "/" : root + "/")
  }

  /// The path with all symbolic links followed; `nil` where it does not exist.
  private static func resolve(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
