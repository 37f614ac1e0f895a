extension Orchestrator {
  /// How many recent events a status shows.
  static let recentEvents = 10

  /// Returns desired against observed state, drift, recent events and the node.
  public func status(service: String?) async throws -> StatusReport {
    let records = try await records(service)
    let instances = await context.observed.all()
    let components = try await ps(service: service, live: false)
    let busy = await context.tracker.busyServices
    let everything = service == nil ? records : try await context.registry.services()
    var drift = DriftDetector.drift(
      services: everything, instances: instances, busy: busy, unmanaged: await context.observed.unmanaged,
      images: await context.observed.images, bootedAt: MachineBoot.time)
    drift.removeAll { found in
      (service != nil && found.service != service)
        || (found.kind == .missing
          && components.contains {
            $0.service == found.service && $0.component == found.component && $0.observed == .unknown
          })
    }
    return StatusReport(
      node: try await node(), components: components, drift: drift,
      operations: await context.tracker.summaries,
      events: try await context.registry.events(EventQuery(service: service, limit: Self.recentEvents)),
      boot: await context.boot.progress)
  }
}
