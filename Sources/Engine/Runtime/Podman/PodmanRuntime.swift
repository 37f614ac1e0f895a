internal import Foundation
public import Logging

/// Runs containers through podman's REST API on a unix socket.
///
/// Supports podman 4.3 to 5.x. The service behind the socket is found, or started and kept alive, on first use; it may
/// come and go while containers run on. Only containers labelled for this node are ever changed.
public final class PodmanRuntime: Runtime {
  let configuration: PodmanConfiguration
  let client: PodmanClient
  let owned = OwnedContainers()
  let adopted = AdoptedContainers()
  let monitorFiles = MonitorFiles()
  let logger: Logger
  private let facts = HostFactsCache()

  /// Creates a driver; touches nothing yet.
  public init(configuration: PodmanConfiguration, logger: Logger) {
    self.configuration = configuration
    self.logger = logger
    client = PodmanClient(configuration: configuration, logger: logger)
  }

  /// Containers.
  public var kind: RuntimeKind { .container }

  /// Keeps a podman service there until the calling task is cancelled.
  ///
  /// The driver works without it too: then a service that died is replaced when it is next needed.
  public func run() async { await client.service.keepAlive() }

  /// Ends the service, if this agent or an earlier one started it, and all connections.
  ///
  /// Containers go on.
  ///
  /// Call it once, after all other calls; a later call of anything throws `unavailable`.
  public func shutdown() async {
    await ExecMonitors.settle(within: .seconds(2))
    await client.shutDown()
  }

  /// What podman can do here; asks podman about the machine the first time.
  public func capabilities() async throws -> RuntimeCapabilities {
    let endpoint = try await client.service.current(within: configuration.requestTimeout)
    let facts = try await hostFacts()
    var notes: [String] = []
    if let reason = facts.missingLimits { notes.append("memory and cpu limits are not available: \(reason)") }
    return RuntimeCapabilities(
      version: "podman \(endpoint.version)", exec: true, limits: facts.missingLimits == nil, notes: notes)
  }

  /// What podman knows about the machine; asked once, because it takes podman 0.2 s.
  func hostFacts(fresh: Bool = false) async throws -> PodmanHostFacts {
    if !fresh, let known = facts.value { return known }
    let request = PodmanRequest(
      .get, "/info", limit: configuration.requestTimeout, purpose: "ask podman about this machine")
    let found = try await client.require(request, as: PodmanHostFacts.self)
    facts.value = found
    return found
  }

  /// Makes sure that a container may be changed.
  ///
  /// Throws `notFound` where there is none and `failedPrecondition` where it is not labelled for this node.
  ///
  /// Free of cost for a container that was made or listed by this driver.
  @discardableResult
  func requireOwned(_ id: String, to purpose: String) async throws -> OwnedContainers.Entry {
    if let entry = owned[id] { return entry }
    let found = try await inspection(of: id, to: purpose)
    return try noteIfOwned(found, to: purpose)
  }

  /// Remembers an inspected container as ours; throws `failedPrecondition` where it is not.
  @discardableResult
  func noteIfOwned(_ found: ContainerInspection, to purpose: String) throws -> OwnedContainers.Entry {
    guard let labels = ownLabels(found.config?.labels, of: found.id) else {
      throw EngineError(
        .failedPrecondition, "cannot \(purpose) \(found.name): it does not belong to this agent",
        hint: "only containers labelled \(InstanceLabels.nodeKey)=\(configuration.node) are changed")
    }
    monitorFiles.learn(from: found.state.monitorPid, of: found.id)
    return owned.note(
      found.id, name: found.name, labels: labels, ports: found.ports, isNetworked: found.isNetworked)
  }

  /// Reads labels that make a container ours; `nil` where they are missing, damaged or another node's.
  ///
  /// One that was adopted has those that it was adopted with.
  func ownLabels(_ labels: [String: String]?, of id: String) -> InstanceLabels? {
    if let given = adopted[id] { return given }
    guard let labels = labels.flatMap({ InstanceLabels($0) }), labels.node == configuration.node else {
      return nil
    }
    return labels
  }
}
