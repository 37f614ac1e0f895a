internal import Foundation
internal import Logging

/// Keeps the forwarder doing what routes say: what listens where, and which object it leads to.
///
/// The table is made of the registry and of what runs; which of several objects a route leads to, the forwarder itself
/// remembers while the agent is away.
actor RouteKeeper {
  private let registry: Registry
  private let observed: ObservedStore
  private let forwarder: ForwarderClient?
  private let logger: Logger
  private var rules: [String: ForwardRule] = [:]
  private var isRestored = false
  private var watch: WatchToken?
  private var watched = 0
  private var reported: [String: String] = [:]
  /// One at a time tells the forwarder: the last table that it gets is the newest.
  private let turn = AsyncSemaphore(limit: 1)
  private let restoring = AsyncSemaphore(limit: 1)

  /// Creates a keeper; without a forwarder, as in a simulation, routes lead nowhere.
  init(registry: Registry, observed: ObservedStore, forwarder: ForwarderClient?, logger: Logger) {
    self.registry = registry
    self.observed = observed
    self.forwarder = forwarder
    self.logger = logger
  }

  /// Listens on a component's routes, which lead where they led before, or let connections wait.
  ///
  /// Throws `conflict` where a port cannot be had.
  func open(_ component: Component, of service: String) async throws {
    guard !component.forwardedRoutes.isEmpty else { return }
    await restoreOnce()
    let added = component.forwardedRoutes.filter {
      rules[Self.id(service, component.name, $0)]?.listen != $0.claim
    }
    guard !added.isEmpty else { return }
    for route in added {
      let id = Self.id(service, component.name, route)
      let sibling = rules.values.first { $0.id.hasPrefix("\(service)/\(component.name)/\(route.name)@") }
      rules[id] = ForwardRule(id: id, listen: route.claim, backend: sibling?.backend)
    }
    do {
      try refuse(try await apply(), of: component, in: service)
    } catch {
      for route in added { rules[Self.id(service, component.name, route)] = nil }
      _ = try? await apply()
      throw error
    }
  }

  /// Leads a component's routes to an object.
  func direct(_ component: Component, of service: String, to ports: [String: Int]) async throws {
    guard !component.forwardedRoutes.isEmpty else { return }
    for route in component.forwardedRoutes {
      let id = Self.id(service, component.name, route)
      rules[id] = ForwardRule(id: id, listen: route.claim, backend: ports[route.name])
    }
    try refuse(try await apply(), of: component, in: service)
  }

  /// Lets connections wait that would go to an object which is about to be stopped.
  func hold(_ labels: InstanceLabels) async throws {
    let ports = Set(labels.routes.values)
    let held = rules.values.filter { $0.backend.map(ports.contains) == true }
    guard !held.isEmpty else { return }
    for rule in held { rules[rule.id]?.backend = nil }
    _ = try await apply()
  }

  /// Ends listening for a component.
  func close(_ component: String, of service: String) async throws {
    let prefix = "\(service)/\(component)/"
    let gone = rules.keys.filter { $0.hasPrefix(prefix) }
    guard !gone.isEmpty else { return }
    for id in gone { rules[id] = nil }
    _ = try await apply()
  }

  /// How many connections there are to an object over its routes.
  func connections(to labels: InstanceLabels) async -> Int {
    guard let report = await forwarder?.report() else { return 0 }
    return labels.routes.values.reduce(0) { $0 + (report.connections[$1] ?? 0) }
  }

  /// Makes a service's routes what they are to be between operations.
  func settle(_ service: String) async {
    await restoreOnce()
    do {
      let wanted = try await wanted(of: try await registry.service(service))
      let prefix = "\(service)/"
      let old = rules.filter { $0.key.hasPrefix(prefix) }
      guard old != wanted else { return }
      rules = rules.filter { !$0.key.hasPrefix(prefix) }.merging(wanted) { $1 }
      tell(try await apply())
    } catch {
      logger.warning("routes could not be set", metadata: ["service": "\(service)", "error": "\(error)"])
    }
  }

  /// Keeps the forwarder there, and what it does right, until the task is cancelled.
  func run(every interval: Duration) async {
    guard forwarder != nil else { return }
    while !Task.isCancelled {
      await restoreOnce()
      if isRestored {
        do {
          tell(try await apply())
        } catch {
          logger.warning("the forwarder cannot be told about routes", metadata: ["error": "\(error)"])
        }
      }
      try? await Task.sleep(for: isRestored ? interval : .milliseconds(250))
    }
    watch?.cancel()
  }

  // MARK: - The table

  /// One that gets another port is another one: it is listened on beside the old one until the change is made.
  private static func id(_ service: String, _ component: String, _ route: Route) -> String {
    "\(service)/\(component)/\(route.name)@\(route.port)"
  }

  /// Takes over, once, what the forwarder does and what the registry says.
  private func restoreOnce() async {
    guard !isRestored, forwarder != nil, await observed.isLoaded(.container) else { return }
    do {
      try await restoring.withPermit { try await restore() }
    } catch {
      logger.warning("routes could not be read", metadata: ["error": "\(error)"])
    }
  }

  private func restore() async throws {
    guard !isRestored else { return }
    let running = await forwarder?.report()
    rules = Dictionary((running?.rules ?? []).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var all: [String: ForwardRule] = [:]
    for service in try await registry.services() {
      all.merge(try await wanted(of: service)) { first, _ in first }
    }
    rules = all
    isRestored = true
  }

  /// What a service's routes are to be: those of components that should run, leading to the object that they lead to if
  /// it is still there, else to the one that runs.
  private func wanted(of record: ServiceRecord?) async throws -> [String: ForwardRule] {
    guard let record else { return [:] }
    let service = record.definition.name
    let instances = await observed.instances(of: service)
    var wanted: [String: ForwardRule] = [:]
    for component in record.definition.components
    where record.components.contains(where: { $0.name == component.name && $0.desired == .running }) {
      let objects = instances.filter { $0.labels.component == component.name }
      let best = objects.max { ($0.state.isUp ? 1 : 0) < ($1.state.isUp ? 1 : 0) }
      for route in component.forwardedRoutes {
        let id = Self.id(service, component.name, route)
        let present = rules[id]?.backend
        let isThere =
          present.map { port in objects.contains { $0.labels.routes[route.name] == port } } ?? false
        wanted[id] = ForwardRule(
          id: id, listen: route.claim, backend: isThere ? present : best?.labels.routes[route.name])
      }
    }
    return wanted
  }

  /// Tells the forwarder everything; returns why which rule cannot be carried out.
  private func apply() async throws(EngineError) -> [String: String] {
    guard let forwarder else { return [:] }
    do {
      return try await turn.withPermit {
        let report = try await forwarder.apply(await table)
        await follow(report.pid)
        return report.failures
      }
    } catch {
      throw EngineError.wrap(error)
    }
  }

  private var table: [ForwardRule] { rules.values.sorted { $0.id < $1.id } }

  /// Replaces a forwarder that ends.
  private func follow(_ pid: Int) {
    guard pid != watched else { return }
    watch?.cancel()
    watched = pid
    guard pid > 0 else { return watch = nil }
    watch = ProcessWatcher.shared.watch(pid: pid) { [weak self] in
      Task { await self?.forwarderEnded(pid) }
    }
  }

  private func forwarderEnded(_ pid: Int) async {
    guard pid == watched else { return }
    watched = 0
    guard !rules.isEmpty else { return }
    logger.warning("the forwarder of routes ended; another one takes over")
    do {
      tell(try await apply())
    } catch {
      logger.error("routes lead nowhere", metadata: ["error": "\(error)"])
    }
  }

  private func refuse(
    _ failures: [String: String], of component: Component, in service: String
  ) throws(EngineError) {
    for route in component.forwardedRoutes {
      guard let reason = failures[Self.id(service, component.name, route)] else { continue }
      throw EngineError(
        .conflict,
        "cannot listen on port \(route.port)/\(route.transport.rawValue) for \(service)/\(component.name)",
        cause: reason,
        hint: route.port < 1024
          ? "ports below 1024 need root's leave: sysctl net.ipv4.ip_unprivileged_port_start=\(route.port)"
          : "`ss -lntup 'sport = :\(route.port)'` shows who does", service: service, component: component.name
      )
    }
  }

  /// The routes that cannot be served, for `doctor`.
  func findings() -> [DoctorFinding] {
    reported.sorted { $0.key < $1.key }.map { id, reason in
      let port = rules[id]?.listen.hostPort ?? 0
      return DoctorFinding(
        level: .failure, check: "routes",
        message:
          "port \(port) for \(id.split(separator: "/").prefix(2).joined(separator: "/")) cannot be listened on: \(reason)",
        remedy: "`ss -lntup 'sport = :\(port)'` shows who does; end that, or deploy another port")
    }
  }

  /// Logs what could not be done, once.
  private func tell(_ failures: [String: String]) {
    for (id, reason) in failures where reported[id] != reason {
      logger.error("a route cannot be served", metadata: ["route": "\(id)", "reason": "\(reason)"])
    }
    reported = failures
  }
}
