extension Orchestrator {
  /// Returns the definition and registry facts of a deployed service.
  public func service(_ name: String) async throws -> ServiceRecord {
    guard let record = try await context.registry.service(name) else { throw Self.notDeployed(name) }
    return record
  }
}
