extension Executor {
  /// The ports for the routes of a new object; those of objects that are there stay theirs.
  func routePorts(of component: Component) async throws -> [String: Int] {
    let taken = await context.observed.instances(of: service).flatMap(\.labels.routes.values)
    let assigner = RoutePortAssigner(registry: context.registry, range: context.settings.routePorts)
    return try await assigner.assign(component, of: service, taken: Set(taken))
  }

  /// Leads the routes of a component to an object.
  func route(_ component: String, _ reference: Step.Reference) async throws -> String {
    let (_, id) = try resolve(reference, of: component)
    guard let definition = desired?.definition.component(component),
      let labels = await context.observed.instance(id)?.labels
    else {
      throw EngineError(.internalError, "the plan leads routes to \(reference.name), which nobody knows")
    }
    try await context.routes.direct(definition, of: service, to: labels.routes)
    return id
  }

  /// Waits until connections to an object have ended, for as long as they may take.
  func drain(_ component: String, _ reference: Step.Reference) async throws -> String {
    let (_, id) = try resolve(reference, of: component)
    guard let labels = await context.observed.instance(id)?.labels else { return id }
    let deadline = ContinuousClock.now + context.settings.drain
    while await context.routes.connections(to: labels) > 0 {
      guard ContinuousClock.now < deadline else {
        warn(
          "connections to \(reference.name) did not end within \(DurationText.format(context.settings.drain))"
        )
        break
      }
      try? await Task.sleep(for: .milliseconds(20))
    }
    return id
  }
}
