extension Orchestrator {
  /// Makes the node match a set of definitions, several services at a time; continues past one that fails.
  ///
  /// With `prune`, services that are deployed and not among the definitions are undeployed.
  public func sync(
    _ request: SyncRequest, progress: @escaping ProgressHandler
  ) async throws -> SyncResult {
    let names = request.definitions.map(\.name)
    if let twice = Dictionary(grouping: names, by: \.self).first(where: { $0.value.count > 1 })?.key {
      throw EngineError(
        .invalidArgument, "there are two definitions of \(twice)", hint: "keep one of them", service: twice)
    }
    try await admit(.sync, nil, planOnly: request.planOnly)
    var surplus: [String] = []
    if request.prune {
      let wanted = Set(names)
      surplus = try await context.registry.services().map(\.definition.name).filter { !wanted.contains($0) }
    }
    let gone = surplus
    var jobs: [@Sendable () async throws -> OperationResult] = gone.map { name in
      {
        try await undeploy(
          TargetRequest(target: Target(service: name), planOnly: request.planOnly), progress: progress)
      }
    }
    jobs += request.definitions.map { definition in
      {
        try await deploy(
          DeployRequest(definition: definition, planOnly: request.planOnly), progress: progress)
      }
    }
    return await SyncResult.gathering(jobs, services: gone + names, limit: context.settings.maximumParallel)
  }
}
