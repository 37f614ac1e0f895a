import Engine
import Foundation

/// Builds, before a sync, what registries lack and this machine has the source of.
struct LackingImages {
  let session: Session
  let planOnly: Bool

  /// Handles the definitions that build images and returns what failed, by service.
  ///
  /// A definition whose source tree is not here is left alone. With `planOnly` it only says what it would build.
  func build(_ definitions: [ServiceDefinition]) async throws -> [String: EngineError] {
    let buildable = definitions.filter(isHere)
    guard !buildable.isEmpty else { return [:] }
    var failures: [String: EngineError] = [:]
    for definition in buildable {
      do {
        try await build(definition, LocalPodman(environment: session.context.environment))
      } catch {
        try Task.checkCancellation()
        failures[definition.name] = EngineError.wrap(error).about(service: definition.name)
      }
    }
    return failures
  }

  private func isHere(_ definition: ServiceDefinition) -> Bool {
    guard !definition.buildImages.isEmpty, let workspace = session.configuration.workspace else {
      return false
    }
    return FileManager.default.fileExists(atPath: "\(workspace)/\(definition.path ?? definition.name)")
  }

  private func build(_ definition: ServiceDefinition, _ podman: LocalPodman) async throws {
    for image in try BuildPlan.make(definition, workspace: session.configuration.workspace) {
      if try await podman.has(image) { continue }
      let what = "\(definition.name): \(image.reference) is not in its registry"
      guard !planOnly else {
        session.console.error(Printable.line("\(what) and would be built") + "\n")
        continue
      }
      session.console.error(Printable.line("\(what) and is built") + "\n")
      try await podman.build(image)
      if image.isPushed { try await podman.push(image) }
    }
  }
}
