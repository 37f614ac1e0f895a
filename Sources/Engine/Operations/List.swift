extension Orchestrator {
  /// Returns the services of the registry, ordered by name.
  public func list() async throws -> [ServiceSummary] {
    try await context.registry.services().map { record in
      ServiceSummary(
        name: record.definition.name, node: context.settings.nodeName,
        active: record.components.contains { $0.desired == .running },
        components: record.definition.components.map(\.name), revision: record.revision,
        updatedAt: record.updatedAt)
    }
  }
}
