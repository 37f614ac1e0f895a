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
    return await run(jobs, services: gone + names)
  }

  private func run(
    _ jobs: [@Sendable () async throws -> OperationResult], services: [String]
  ) async -> SyncResult {
    let limit = max(1, context.settings.maximumParallel)
    var outcomes: [Int: Result<OperationResult, EngineError>] = [:]
    await withTaskGroup(of: (Int, Result<OperationResult, EngineError>).self) { group in
      var next = 0
      func add() {
        guard next < jobs.count else { return }
        let index = next
        next += 1
        group.addTask {
          do {
            return (index, .success(try await jobs[index]()))
          } catch {
            return (index, .failure(EngineError.wrap(error).about(service: services[index])))
          }
        }
      }
      for _ in 0..<limit { add() }
      for await (index, outcome) in group {
        outcomes[index] = outcome
        add()
      }
    }
    var result = SyncResult(results: [], failures: [])
    for index in jobs.indices {
      switch outcomes[index] {
      case .success(let one): result.results.append(one)
      case .failure(let error): result.failures.append(error)
      case nil: break
      }
    }
    return result
  }
}
