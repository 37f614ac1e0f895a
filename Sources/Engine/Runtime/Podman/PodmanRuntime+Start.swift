internal import Foundation

extension PodmanRuntime {
  /// Starts a container and returns it as it is then, which may be ended already.
  ///
  /// Where its monitor's note of the process will do, podman is not asked again, and the image is left out.
  ///
  /// Throws `conflict` where a host port is taken, `operationFailed` with podman's words where its command cannot be
  /// run, and also where podman holds a dead container for running: then only removing and creating it again helps.
  @discardableResult
  public func start(_ id: String) async throws -> Instance {
    let entry = try await requireOwned(id, to: "start")
    await waitForCleanup(of: id)
    if entry.isNetworked { await waitForNetworkedCleanups() }
    if let (port, problem) = Self.firstProblem(of: entry.ports) {
      return try await explain(problem, of: port, id, entry)
    }
    let request = PodmanRequest(
      .post, "/containers/\(PodmanRequest.segment(id))/start", limit: configuration.changeTimeout,
      purpose: "start \(entry.name)", isRepeatable: true)
    let begin = Date()
    let answer = try await client.call(request)
    switch answer.status {
    case 304: return try await seeThrough(id, entry)
    case 404:
      owned.forget(id)
      throw answer.failure.error("there is no container \(entry.name)", code: .notFound)
    case 200..<300:
      owned.setStopped(id, false)
      if let pid = notedProcess(of: id, since: begin) {
        let now = Date()
        return Instance(
          id: id, name: entry.name, labels: entry.labels, runtime: .container, state: .running, image: "",
          imageID: "", pid: pid, startedAt: now, asOf: now)
      }
      let found = try await inspection(of: id, to: "start")
      return instance(of: found, entry: try noteIfOwned(found, to: "start"))
    default:
      if try await !seen(id, entry).state.isUp { await LeftForwarders.end(on: entry.ports) }
      if let (port, problem) = Self.firstProblem(of: entry.ports), problem == .taken {
        throw Self.conflict(port, entry)
      }
      throw answer.failure.error("cannot start \(entry.name)")
    }
  }

  private func seen(_ id: String, _ entry: OwnedContainers.Entry) async throws -> Instance {
    instance(of: try await settledInspection(of: id, to: "start"), entry: entry)
  }

  /// Podman says that it runs already: believe it only if the process is there.
  private func seeThrough(_ id: String, _ entry: OwnedContainers.Entry) async throws -> Instance {
    let found = try await settledInspection(of: id, to: "start")
    let instance = instance(of: found, entry: entry)
    guard instance.state.isUp else {
      throw EngineError(
        .operationFailed,
        "cannot start \(entry.name): podman holds it for \(found.state.status), but its process is gone",
        hint: "it has to be removed and created again; its monitor (conmon) was killed")
    }
    owned.setStopped(id, false)
    return instance
  }

  /// A host port that cannot be listened on.
  ///
  /// Looked for before podman is asked: on a named network podman 4.3 leaves the container's name with its DNS server
  /// when a port is refused, that server then never ends, and once the last container is gone it answers nobody on any
  /// network of this user.
  private static func firstProblem(of ports: [HostPort]) -> (HostPort, HostPort.Problem)? {
    for port in ports {
      if let problem = port.problem() { return (port, problem) }
    }
    return nil
  }

  private func explain(
    _ problem: HostPort.Problem, of port: HostPort, _ id: String, _ entry: OwnedContainers.Entry
  ) async throws -> Instance {
    // It may be this very container that holds the port.
    let found = try await settledInspection(of: id, to: "start")
    let instance = instance(of: found, entry: entry)
    if instance.state.isUp { return instance }
    switch problem {
    case .taken: throw Self.conflict(port, entry)
    case .refused(let number):
      throw EngineError(
        .operationFailed, "cannot start \(entry.name): port \(port) of this machine cannot be listened on",
        cause: String(cString: strerror(number)),
        hint: port.number < 1_024
          ? "ports below 1024 are for root; publish another, or set net.ipv4.ip_unprivileged_port_start"
          : "publish an address that this machine has")
    }
  }

  private static func conflict(_ port: HostPort, _ entry: OwnedContainers.Entry) -> EngineError {
    EngineError(
      .conflict, "cannot start \(entry.name): port \(port) of this machine is taken",
      hint: "`ss -lntup` shows who holds it; stop that, or publish another port")
  }
}
