extension ComponentStatus {
  /// Returns one status per component of `records`, in their order.
  ///
  /// `health` says what the last look at each object found.
  ///
  /// Pure.
  static func all(
    _ records: [ServiceRecord], instances: [Instance], health: [String: String] = [:], node: String,
    loaded: Set<RuntimeKind>
  ) -> [ComponentStatus] {
    let byService = Dictionary(grouping: instances, by: \.labels.service)
    return records.flatMap { record in
      let own = byService[record.definition.name] ?? []
      return record.components.map { component in
        one(component, of: record, among: own, health: health, node: node, loaded: loaded)
      }
    }
  }

  private static func one(
    _ record: ComponentRecord, of service: ServiceRecord, among instances: [Instance],
    health: [String: String], node: String, loaded: Set<RuntimeKind>
  ) -> ComponentStatus {
    let definition = service.definition.component(record.name)
    let candidates = instances.filter { $0.labels.component == record.name }
    let current =
      candidates.first(where: \.state.isUp)
      ?? candidates.first { $0.labels.specHash == record.specHash } ?? candidates.first
    let runtime = definition?.runtime ?? .container
    let image = current?.image ?? definition?.image ?? ""
    let observed: ObservedState =
      if let current { shown(current.state, desired: record.desired) } else {
        loaded.contains(runtime) ? .missing : .unknown
      }
    return ComponentStatus(
      service: service.definition.name, component: record.name, node: node, runtime: runtime,
      desired: record.desired, observed: observed, version: ImageVersion.of(image), image: image,
      since: observed.isUp ? current?.startedAt : current?.finishedAt, restarts: current?.restarts ?? 0,
      revision: record.revision, runtimeID: current?.id, pid: observed.isUp ? current?.pid : nil,
      ports: definition?.ports.map(\.description) ?? [], health: current.flatMap { health[$0.id] })
  }

  /// What ended because it was to end is stopped, whatever its exit code was.
  private static func shown(_ state: ObservedState, desired: DesiredState) -> ObservedState {
    if desired == .stopped, case .exited = state { return .stopped }
    return state
  }
}
