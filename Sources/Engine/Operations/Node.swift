extension Orchestrator {
  /// Describes the node and its agent.
  public func node() async throws -> NodeInfo {
    var descriptions: [String] = []
    var healthy = true
    for runtime in context.runtimes {
      do {
        descriptions.append(try await runtime.capabilities().version)
      } catch {
        healthy = false
        descriptions.append("\(runtime.kind.rawValue): \(EngineError.wrap(error))")
      }
    }
    let records = try await context.registry.services()
    let running = await context.observed.all().filter(\.state.isUp).count
    return NodeInfo(
      name: context.settings.nodeName, agentVersion: Version.current, runtimes: descriptions,
      healthy: healthy, startedAt: context.startedAt, services: records.count,
      components: records.reduce(0) { $0 + $1.components.count }, running: running)
  }
}
