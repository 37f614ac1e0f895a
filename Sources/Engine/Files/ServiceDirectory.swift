internal import Foundation

/// A service's directory on the node, `<root>/<service>`, as files are sent to it and fetched from it.
struct ServiceDirectory {
  /// The directory.
  let directory: ConfinedDirectory

  /// Opens the directory of `service`, and makes it with `make` where it is missing.
  ///
  /// Throws `invalidArgument` for what names no service, `notFound`, and `permissionDenied` where the directory holds the
  /// agent's own files.
  init(
    of service: String, settings: NodeContext.Settings, make: Bool
  ) throws(EngineError) {
    guard ServiceDefinition.isValidName(service) else {
      throw EngineError(.invalidArgument, "\(Text.quoted(service)) is not the name of a service")
    }
    let title = "\(settings.servicesRoot)/\(service)"
    do {
      let root = try ConfinedDirectory(path: settings.servicesRoot, title: settings.servicesRoot)
      let path = try ConfinedPath(service)
      if make { _ = try root.makeDirectory(path, mode: 0o750) }
      directory = try root.directory(path, title: title)
    } catch {
      var error = error.about(service: service)
      if error.code == .notFound {
        error.message = "the service \(service) has no directory on this node"
        error.hint = "\(title) is made by the first push, or by a volume in it"
      }
      throw error
    }
    let location = directory.location ?? title
    guard let protected = VolumePolicy.protectedPath(at: location, settings) else { return }
    throw EngineError(
      .permissionDenied, "\(title) is where the agent keeps its own files (\(protected))",
      hint: "give the service another name", service: service)
  }
}
