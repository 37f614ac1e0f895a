internal import Foundation

extension PodmanRuntime {
  /// The exit code of a container whose monitor died before it could note the real one.
  static let unknownExitCode = -1

  /// How long podman may take to notice that a container's process has ended.
  static let settleLimit: Duration = .seconds(10)

  /// How long is waited before podman is asked about a container again.
  private static let inspectionPauses: [Duration] = [.milliseconds(5), .milliseconds(20), .milliseconds(100)]

  /// All containers labelled for this node, in any state.
  ///
  /// Times are whole seconds, and restarts are only counted where a closer look was needed; ``inspect(_:)`` knows more.
  public func list() async throws -> [Instance] {
    let asOf = Date()
    var entries = try await entries([
      "label": [InstanceLabels.serviceKey, "\(InstanceLabels.nodeKey)=\(configuration.node)"]
    ])
    let labelled = Set(entries.map(\.id))
    let others = adopted.ids.subtracting(labelled)
    if !others.isEmpty { entries += try await self.entries(["id": others.sorted()]) }
    var instances: [Instance] = []
    for entry in entries {
      guard let labels = ownLabels(entry.labels, of: entry.id) else { continue }
      owned.note(
        entry.id, name: entry.names.first ?? entry.id, labels: labels,
        ports: (entry.ports ?? []).flatMap(\.hostPorts), isNetworked: entry.networks?.isEmpty == false)
      if let instance = try await instance(of: entry, labels: labels, asOf: asOf) {
        instances.append(instance)
      }
    }
    owned.keep(only: Set(instances.map(\.id)))
    return instances
  }

  private func entries(_ filters: [String: [String]]) async throws -> [ContainerListEntry] {
    let request = PodmanRequest(
      .get, "/containers/json", query: [("all", "true"), PodmanRequest.filters(filters)],
      limit: configuration.requestTimeout, purpose: "list containers")
    return try await client.require(request, as: [ContainerListEntry].self)
  }

  /// Running containers that carry none of our labels, whichever node they are for.
  public func listUnmanaged() async throws -> [UnmanagedInstance] {
    let request = PodmanRequest(
      .get, "/containers/json", query: [PodmanRequest.filters(["status": ["running"]])],
      limit: configuration.requestTimeout, purpose: "list containers")
    return try await client.require(request, as: [ContainerListEntry].self)
      .filter { $0.labels?[InstanceLabels.serviceKey] == nil && $0.isInfra != true && adopted[$0.id] == nil }
      .map { UnmanagedInstance(id: $0.id, name: $0.names.first ?? $0.id, image: $0.image) }
  }

  /// One container as it is now.
  ///
  /// A process that has just ended is waited for until podman knows its exit code; where podman will never
  /// know, because the container's monitor was killed, the state is `exited(-1)`.
  public func inspect(_ id: String) async throws -> Instance {
    let found = try await settledInspection(of: id, to: "inspect")
    let entry = try noteIfOwned(found, to: "inspect")
    return instance(of: found, entry: entry)
  }

  /// What podman says about a container right now, lies included.
  ///
  /// Podman looks at the process's cgroup for it, and fails where that process ends meanwhile: so a failure of its own is
  /// asked about again.
  func inspection(of id: String, to purpose: String) async throws -> ContainerInspection {
    let name = owned[id]?.name ?? id
    let request = PodmanRequest(
      .get, "/containers/\(PodmanRequest.segment(id))/json", limit: configuration.requestTimeout,
      purpose: "\(purpose) \(name)")
    var asOf = Date()
    var answer = try await client.call(request)
    for pause in Self.inspectionPauses where answer.status == 500 {
      try await Task.sleep(for: pause)
      asOf = Date()
      answer = try await client.call(request)
    }
    guard answer.status != 404 else {
      owned.forget(id)
      throw answer.failure.error("there is no container \(name)", code: .notFound)
    }
    guard answer.isSuccess else { throw answer.failure.error("cannot \(request.purpose)") }
    var found = try answer.decode(ContainerInspection.self, for: request)
    found.asOf = asOf
    return found
  }

  /// What podman says about a container once it has noticed that its process ended, if it did.
  ///
  /// The monitor cleans up, or restarts, after the process ends and ends itself when that is done; so it is the
  /// monitor that is waited for.
  func settledInspection(of id: String, to purpose: String) async throws -> ContainerInspection {
    let deadline = ContinuousClock.now + Self.settleLimit
    while true {
      let found = try await confirmedInspection(of: id, to: purpose)
      guard found.isUpWithoutProcess, let monitor = found.state.monitorPid, found.isMonitored,
        ContinuousClock.now < deadline, !Task.isCancelled
      else { return found }
      _ = await ProcessWatcher.shared.waitForExit(pid: monitor, atMost: deadline - .now)
    }
  }

  /// What podman says about a container, asked twice where it says that a dead process runs.
  ///
  /// Between podman's answer and the look at the process everything may have been cleaned up, or started again; only
  /// where podman says the same again has it not noticed.
  func confirmedInspection(of id: String, to purpose: String) async throws -> ContainerInspection {
    let found = try await inspection(of: id, to: purpose)
    guard found.isUpWithoutProcess, !found.isMonitored else { return found }
    return try await inspection(of: id, to: purpose)
  }

  /// Translates an inspected container.
  func instance(of found: ContainerInspection, entry: OwnedContainers.Entry) -> Instance {
    let isAlive = found.state.pid > 0 && ProcessIdentity.isAlive(pid: found.state.pid)
    // Whoever started it again: it is no longer one that was stopped.
    if isAlive { owned.setStopped(found.id, false) }
    let wasStopped = entry.wasStopped || found.state.stoppedByUser == true
    var instance = Instance(
      id: found.id, name: found.name, labels: entry.labels, runtime: .container,
      state: Self.state(
        found.state.status, isAlive: isAlive, exitCode: found.state.exitCode, wasStopped: wasStopped),
      image: found.imageName, imageID: found.image, pid: isAlive ? found.state.pid : nil,
      startedAt: PodmanTime.parse(found.state.startedAt),
      finishedAt: PodmanTime.parse(found.state.finishedAt), restarts: found.restartCount ?? 0,
      asOf: found.asOf)
    instance.isBroken = found.isUpWithoutProcess && !found.isMonitored
    return instance
  }

  private func instance(
    of entry: ContainerListEntry, labels: InstanceLabels, asOf: Date
  ) async throws -> Instance? {
    let phase = ContainerPhase(entry.state)
    let isAlive = entry.pid > 0 && ProcessIdentity.isAlive(pid: entry.pid)
    if phase == .ending || (phase == .up && !isAlive) {
      // Podman has not noticed yet, or never will: only a closer look tells.
      do {
        return try await inspect(entry.id)
      } catch let error as EngineError where error.code == .notFound {
        return nil
      }
    }
    if isAlive { owned.setStopped(entry.id, false) }
    return Instance(
      id: entry.id, name: entry.names.first ?? entry.id, labels: labels, runtime: .container,
      state: Self.state(
        entry.state, isAlive: isAlive, exitCode: entry.exitCode,
        wasStopped: owned[entry.id]?.wasStopped ?? false),
      image: entry.image, imageID: entry.imageID, pid: isAlive ? entry.pid : nil,
      startedAt: PodmanTime.date(seconds: entry.startedAt),
      finishedAt: PodmanTime.date(seconds: entry.exitedAt), asOf: asOf)
  }

  /// What a container's state is, given what podman says and what the kernel says.
  static func state(_ status: String, isAlive: Bool, exitCode: Int, wasStopped: Bool) -> ObservedState {
    switch ContainerPhase(status) {
    case .created: .stopped
    case .up: isAlive ? .running : .exited(code: unknownExitCode)
    case .paused: isAlive ? .unhealthy : .exited(code: unknownExitCode)
    case .ending, .ended: wasStopped ? .stopped : .exited(code: exitCode)
    case .unknown: .unknown
    }
  }
}
