extension Orchestrator {
  /// Returns components as they are.
  ///
  /// The answer comes from what the agent keeps current; with `live` the runtimes are listed first. A runtime
  /// that cannot be asked leaves its components `unknown`.
  public func ps(service: String?, live: Bool) async throws -> [ComponentStatus] {
    if live { for runtime in context.runtimes { try await context.monitor.refresh(runtime) } }
    let records = try await records(service)
    let instances = await context.observed.all()
    var loaded: Set<RuntimeKind> = []
    for runtime in context.runtimes where await context.observed.isLoaded(runtime.kind) {
      loaded.insert(runtime.kind)
    }
    return ComponentStatus.all(
      records, instances: instances, health: await context.monitor.health.findings,
      node: context.settings.nodeName, loaded: loaded)
  }

  /// The records of one service or of all; throws `notFound` for one that is not deployed.
  func records(_ service: String?) async throws -> [ServiceRecord] {
    guard let service else { return try await context.registry.services() }
    guard let record = try await context.registry.service(service) else { throw Self.notDeployed(service) }
    return [record]
  }
}
