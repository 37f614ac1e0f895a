extension Orchestrator {
  /// Stops, removes and forgets a service.
  ///
  /// Data under its directory stays.
  public func undeploy(
    _ request: TargetRequest, progress: @escaping ProgressHandler
  ) async throws -> OperationResult {
    if let component = request.target.component {
      throw EngineError(
        .invalidArgument, "undeploy takes a whole service, not the component \(component)",
        hint: "remove the component from the definition and deploy the service, or stop it",
        service: request.target.service, component: component)
    }
    return try await perform(
      .undeploy, on: request.target, planOnly: request.planOnly, progress: progress
    ) { current, _ in
      guard current != nil else { throw Self.notDeployed(request.target.service) }
      return Intent(change: .remove)
    }
  }

  /// The error for a service that the registry does not know.
  static func notDeployed(_ service: String) -> EngineError {
    EngineError(
      .notFound, "service \(service) is not deployed on this node", hint: "mcp list shows what is",
      service: service)
  }

  /// The error for a component that a deployed service does not have.
  static func noComponent(_ component: String, in record: ServiceRecord) -> EngineError {
    EngineError(
      .notFound, "service \(record.definition.name) has no component \(component)",
      hint: "it has: \(record.components.map(\.name).joined(separator: ", "))",
      service: record.definition.name, component: component)
  }

  /// The components that a target names in a deployed service.
  static func components(of target: Target, in current: ServiceRecord?) throws(EngineError) -> Set<String> {
    guard let current else { throw notDeployed(target.service) }
    guard let component = target.component else { return Set(current.components.map(\.name)) }
    guard current.components.contains(where: { $0.name == component }) else {
      throw noComponent(component, in: current)
    }
    return [component]
  }
}
