import Engine
import Foundation

/// One image of a definition that is built on this machine.
struct ImageBuild: Hashable, Sendable {
  /// Its name in `[build.images]`.
  var name: String
  /// The reference that components use.
  var reference: String
  /// The Dockerfile's absolute path.
  var dockerfile: String
  /// The source tree's absolute path.
  var context: String

  /// Whether it is for a registry; one of `localhost`, or of none, stays on this machine.
  var isPushed: Bool {
    guard let registry = ImageReference(reference)?.registry else { return false }
    return registry != "localhost"
  }
}

/// Finds out what is to be built for a definition.
///
/// Pure.
enum BuildPlan {
  /// Returns the builds of a definition, ordered by name; of the images called `names` where there are any.
  ///
  /// Throws `failedPrecondition` where the configuration names no workspace, `invalidArgument` with everything that is
  /// wrong with the definition.
  static func make(
    _ definition: ServiceDefinition, workspace: String?, only names: [String] = []
  ) throws(EngineError) -> [ImageBuild] {
    let service = definition.name
    guard !definition.buildImages.isEmpty else {
      throw EngineError(
        .invalidArgument, "the definition of \(service) builds nothing",
        hint: "name images and their Dockerfiles under [build.images]", service: service)
    }
    for name in names where definition.buildImages[name] == nil {
      let known = definition.buildImages.keys.sorted().joined(separator: ", ")
      throw EngineError(
        .notFound, "the definition of \(service) builds no image '\(name)'",
        hint: "it builds: \(known)", service: service)
    }
    guard let workspace else {
      throw EngineError(
        .failedPrecondition, "where source trees are is not configured",
        hint: "set `workspace` under [build] of the configuration", service: service)
    }
    let context = workspace + "/" + (definition.path ?? service)
    var builds: [ImageBuild] = []
    var problems: [String] = []
    for (name, file) in definition.buildImages.sorted(by: { $0.key < $1.key })
    where names.isEmpty || names.contains(name) {
      do throws(Problem) {
        builds.append(
          ImageBuild(
            name: name, reference: try reference(of: name, in: definition), dockerfile: "\(context)/\(file)",
            context: context))
      } catch {
        problems.append("build.images.\(name): \(error.text)")
      }
    }
    guard problems.isEmpty else {
      throw EngineError(
        .invalidArgument, "the images of \(service) cannot be built", service: service, details: problems)
    }
    return builds
  }

  private struct Problem: Error {
    var text: String
  }

  /// The one reference by which components use the image of that name.
  private static func reference(
    of name: String, in definition: ServiceDefinition
  ) throws(Problem) -> String {
    let uses = definition.components.compactMap { component -> String? in
      guard let image = component.image, let reference = ImageReference(image) else { return nil }
      return reference.name == name || reference.name.hasSuffix("/\(name)") ? image : nil
    }
    guard let image = uses.first, let reference = ImageReference(image) else {
      throw Problem(text: "no component has an image of that name")
    }
    if Set(uses).count > 1 {
      let list = Set(uses).sorted().joined(separator: ", ")
      throw Problem(text: "components have it with different tags or registries: \(list)")
    }
    guard reference.digest == nil else {
      throw Problem(text: "\(image) has a digest, which is known only after it was built")
    }
    return image
  }
}
