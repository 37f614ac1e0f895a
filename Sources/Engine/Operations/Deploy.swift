internal import Foundation

extension Orchestrator {
  /// Makes the node run a definition.
  ///
  /// The definition is validated, committed to the registry, and made true: images first, then new objects
  /// beside the old ones, then the switch. Where the new version does not start, the old one runs again and
  /// the registry holds the old definition. Idempotent: an unchanged definition that runs is left alone.
  public func deploy(
    _ request: DeployRequest, progress: @escaping ProgressHandler
  ) async throws -> OperationResult {
    try await deploy(request, as: .deploy, progress: progress)
  }

  /// Deploys a definition in the name of a primitive; throws `conflict` where the service is not at `revision` any more
  /// when its turn comes.
  func deploy(
    _ request: DeployRequest, as primitive: Primitive, after revision: Int64? = nil,
    progress: @escaping ProgressHandler
  ) async throws -> OperationResult {
    let definition = request.definition
    try definition.check()
    try definition.refuseUnsupported()
    try refuseForeignNode(definition)
    if let component = request.component, definition.component(component) == nil {
      throw EngineError(
        .notFound, "the definition of \(definition.name) has no component \(component)",
        hint: "it has: \(definition.components.map(\.name).joined(separator: ", "))",
        service: definition.name, component: component)
    }
    let deployed = request.component.flatMap(definition.component).map { [$0] } ?? definition.components
    for component in deployed {
      try VolumePolicy(settings: context.settings).check(component, of: definition)
    }
    return try await perform(
      primitive, on: Target(service: definition.name, component: request.component),
      planOnly: request.planOnly, definition: definition, progress: progress
    ) { current, control in
      guard revision == nil || revision == current?.revision else {
        throw EngineError(
          .conflict, "\(definition.name) was changed by another operation in the meantime",
          hint: "mcp history \(definition.name) shows it", service: definition.name)
      }
      return try await intent(request, current: current, control: control, progress: progress)
    }
  }

  /// The whole definition, or the deployed one with a single component taken from the new one.
  private func intent(
    _ request: DeployRequest, current: ServiceRecord?, control: OperationControl,
    progress: @escaping ProgressHandler
  ) async throws -> Intent {
    let definition = request.definition
    var wanted = definition
    var desired: [String: DesiredState] = [:]
    if let name = request.component, let replacement = definition.component(name) {
      var components = current?.definition.components ?? []
      if let index = components.firstIndex(where: { $0.name == name }) {
        components[index] = replacement
      } else {
        components.append(replacement)
      }
      wanted = current?.definition ?? definition
      wanted.components = components
      for record in current?.components ?? [] { desired[record.name] = record.desired }
      desired[name] = definition.active ? .running : .stopped
    } else {
      for component in wanted.components { desired[component.name] = wanted.active ? .running : .stopped }
    }
    var hashes: [String: String] = [:]
    for component in wanted.components {
      // What is not touched stays what it was made from.
      let kept = current?.components.first { $0.name == component.name }?.specHash
      if let kept, request.component != nil, component.name != request.component {
        hashes[component.name] = kept
      } else {
        let given = try await givens(
          for: component, of: wanted, planOnly: request.planOnly, control: control, progress: progress)
        hashes[component.name] = SpecHash.of(component, in: wanted.name, given: given)
      }
    }
    return Intent(
      change: .define(wanted, desired: desired, specHashes: hashes),
      only: request.component.map { [$0] }, atomic: true)
  }

  /// What a component gets beside its definition; an image that every deploy asks for is pulled, a plan takes the local
  /// one.
  private func givens(
    for component: Component, of definition: ServiceDefinition, planOnly: Bool, control: OperationControl,
    progress: @escaping ProgressHandler
  ) async throws -> SpecGivens {
    var givens = SpecGivens()
    givens.secrets = try await context.secretVersions(for: component, of: definition.name)
    let runtime = try context.runtime(component.runtime)
    givens.content = try await runtime.contentDigest(of: component)
    guard component.pull == .always, let image = component.image else { return givens }
    if planOnly || !definition.active {
      givens.image = try await runtime.imageID(image)
    } else {
      givens.image = try await context.pull(
        image, for: component.name, of: definition.name, in: runtime, control: control, progress: progress)
    }
    return givens
  }

  private func refuseForeignNode(_ definition: ServiceDefinition) throws(EngineError) {
    guard let node = definition.node, node != context.settings.nodeName else { return }
    throw EngineError(
      .invalidArgument,
      "service \(definition.name) belongs to node \(node); this is node \(context.settings.nodeName)",
      hint: "deploy it to \(node), or change the definition's `node`", service: definition.name)
  }
}
