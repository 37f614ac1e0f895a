extension Orchestrator {
  /// Makes everything run that should, from the registry alone, several services at a time.
  ///
  /// What runs is left alone, also where it was created from another definition.
  ///
  /// What does not run is started, and created again where it is gone or its runtime cannot start it any more. Continues
  /// past a component and a service that fails.
  public func recover(
    _ request: RecoverRequest, progress: @escaping ProgressHandler
  ) async throws -> SyncResult {
    let names = try await services(of: request)
    let planOnly = request.planOnly
    let jobs: [@Sendable () async throws -> OperationResult] = names.map { name in
      { try await recover(name, planOnly: planOnly, progress: progress) }
    }
    return await SyncResult.gathering(
      jobs, services: names, limit: request.parallel ?? context.settings.maximumParallel)
  }

  private func services(of request: RecoverRequest) async throws -> [String] {
    let deployed = try await context.registry.services().map(\.definition.name)
    guard !request.services.isEmpty else { return deployed }
    if let unknown = request.services.first(where: { !deployed.contains($0) }) {
      throw EngineError(
        .notFound, "the service \(unknown) is not deployed", hint: "mcp list shows what is", service: unknown)
    }
    return request.services
  }

  /// Makes one service run again, or those of its components that `repair` names, by the means it names.
  ///
  /// `isAutomatic` leaves alone what ended for good by its own restart policy.
  func recover(
    _ service: String, isAutomatic: Bool = false, repairs: [Repair]? = nil, planOnly: Bool = false,
    progress: @escaping ProgressHandler
  ) async throws -> OperationResult {
    let reason = repairs?.map(\.reason).joined(separator: "; ")
    let target = Target(
      service: service, component: repairs.flatMap { $0.count == 1 ? $0.first?.component : nil })
    return try await perform(.recover, on: target, planOnly: planOnly, progress: progress) { current, _ in
      guard let current else {
        throw EngineError(.notFound, "the service \(service) is not deployed", service: service)
      }
      let instances = try await context.currentInstances(of: service, as: [current.definition])
      var intent = Intent(change: .desire([:]), only: [])
      intent.reason = reason
      for component in current.components where component.desired == .running {
        let repair = repairs?.first { $0.component == component.name }
        if repairs != nil, repair == nil { continue }
        let own = instances.filter { $0.labels.component == component.name }
        if own.contains(where: \.state.isUp) {
          switch repair?.means {
          case .restart: intent.restart.insert(component.name)
          case .tidy: break
          case nil where isUntidy(own, component, of: service): break
          default: continue
          }
        } else if isAutomatic, let policy = current.definition.component(component.name)?.restart,
          own.contains(where: { RestartJudgement.isOver($0, by: policy, bootedAt: MachineBoot.time) })
        {
          continue
        } else if repair?.means == .renew {
          intent.renew.insert(component.name)
        }
        intent.only?.insert(component.name)
      }
      return intent
    }
  }

  /// Whether something that was replaced is still there.
  private func isUntidy(_ instances: [Instance], _ component: ComponentRecord, of service: String) -> Bool {
    let name = Planner.instanceName(service: service, component: component.name)
    let own = instances.filter { Planner.isInstanceName($0.name, of: name) }
    return own.contains { $0.state.isUp && $0.labels.specHash == component.specHash }
      && own.map(\.name) != [name]
  }
}

/// What is to be done about a component that does not do what it should.
struct Repair: Hashable, Sendable {
  /// How.
  enum Means: Hashable, Sendable {
    /// Starts it, or creates it again where it is gone.
    case start
    /// Stops it first, where it runs.
    case restart
    /// Creates it again although it is there.
    case renew
    /// Removes what was replaced, and gives the one that took its place its name.
    case tidy
  }

  var component: String
  var means: Means
  /// Why, for people.
  var reason: String
}
