import Engine

extension Session {
  /// The node that a definition is deployed to: the one the operator named, else the definition's.
  func node(for definition: ServiceDefinition) throws -> NodeAddress {
    try configuration.node(for: definition, named: chosenNode)
  }

  /// The node that a deployed service is on.
  ///
  /// The operator's word counts first, then the local definition, then the only node there is; else every
  /// node is asked. Throws `notFound` where none has it and `invalidArgument` where several have it.
  func node(of service: String) async throws -> NodeAddress {
    if let chosenNode { return try configuration.node(named: chosenNode) }
    if let only = configuration.nodes.first, configuration.nodes.count == 1 { return only }
    // A file that is broken or missing says nothing about where the service runs.
    if let local = try? configuration.definition(named: service).definition, local.node != nil {
      return try configuration.node(for: local)
    }
    let nodes = configuration.nodes
    let gathering = try await gather(from: nodes) { plane, _ in try await plane.list().map(\.name) }
    let holders = gathering.answers.filter { $0.value.contains(service) }.map(\.node)
    if holders.count > 1 {
      throw EngineError(
        .invalidArgument,
        "service '\(service)' is deployed on \(holders.map(\.name).joined(separator: " and "))",
        hint: "name the node with --node", service: service)
    }
    if let holder = holders.first { return holder }
    if let failure = gathering.failures.first { throw failure.error }
    throw EngineError.notDeployed(service, on: nodes)
  }
}
