public import Foundation
public import Logging
internal import Synchronization

/// What every primitive works with on a node: registry, runtimes, observed state, locks.
///
/// One per agent. ``Orchestrator`` binds it to a caller.
public final class NodeContext: Sendable {
  /// What the operator configured for the primitives.
  public struct Settings: Sendable {
    /// The node's name.
    public var nodeName: String
    /// Where services keep their data: a service's directory is `<root>/<service>`.
    public var servicesRoot: String
    /// Directories under which the host paths of volumes must lie.
    public var volumeRoots: [String]
    /// The agent's own files and directories, which no component may see.
    public var protectedPaths: [String]
    /// How many creates and starts run at a time.
    public var maximumParallel: Int
    /// How long a component gets between its stop signal and the kill signal.
    public var stopGrace: Duration
    /// How often runtimes are listed although nothing was heard.
    public var resync: Duration
    /// When drift is told.
    var drift: DriftTracker.Settings {
      DriftTracker.Settings(grace: driftGrace, flapWindow: flapWindow, flapThreshold: flapThreshold)
    }
    /// How long a drift must last to be told.
    public var driftGrace: Duration = .seconds(5)
    /// The time in which changes of a component are counted.
    public var flapWindow: Duration = .seconds(600)
    /// How many changes within ``flapWindow`` are flapping.
    public var flapThreshold = 3
    /// How long a deployed component must be up before it counts.
    public var settle: Duration
    /// How long connections over routes to what was replaced may go on.
    public var drain: Duration
    /// The ports on the loopback address that components get for their routes.
    public var routePorts: ClosedRange<Int>
    /// Where alerts are sent to.
    public var alertSinks: [AlertSinkSettings] = []
    /// The boot script; `nil` where everything that should run is brought up at once.
    public var bootScript: String?
    /// The stages that the configuration has for it.
    public var bootSequence: [BootStage] = []

    /// Creates settings.
    public init(
      nodeName: String, servicesRoot: String = "/srv", volumeRoots: [String] = ["/srv"],
      protectedPaths: [String] = [], maximumParallel: Int = 4, stopGrace: Duration = .seconds(10),
      resync: Duration = .seconds(60), settle: Duration = .zero, drain: Duration = .seconds(10),
      routePorts: ClosedRange<Int> = 20_000...29_999
    ) {
      self.nodeName = nodeName
      self.servicesRoot = servicesRoot
      self.volumeRoots = volumeRoots
      self.protectedPaths = protectedPaths
      self.maximumParallel = maximumParallel
      self.stopGrace = stopGrace
      self.resync = resync
      self.settle = settle
      self.drain = drain
      self.routePorts = routePorts
    }
  }

  /// What the operator configured; volume roots and stop grace follow a reload at once.
  public var settings: Settings { currentSettings.withLock { $0 } }
  /// The desired state and the journal.
  public let registry: Registry
  /// The drivers, one per kind.
  public let runtimes: [any Runtime]
  /// The node's history.
  public let events: EventLog
  /// Keeps what is known of the world current; run it beside the orchestrator.
  public let monitor: Monitor
  /// Which images are local, asked once where several want to know.
  let imageLooks = SharedLook<String, Bool>()
  /// Keeps routes leading to what runs; run it beside the orchestrator.
  let routes: RouteKeeper
  /// What the agent knows beyond its runtimes, examined for `doctor`.
  public let examine: @Sendable () async -> [DoctorFinding]

  private let currentSettings: Mutex<Settings>
  private let doors = Mutex(Doors())
  private let healers = Mutex<Healer?>(nil)
  /// What an operator should know of.
  let alerts: AlertKeeper
  /// The boot sequence, and how far it is.
  let boot: BootJournal
  let observed: ObservedStore
  /// Issues tokens, and says what they are worth.
  public let tokens: TokenAuthority
  /// The values of secrets.
  let secretFiles: SecretFiles
  let tracker = OperationTracker()
  let serviceLocks = KeyedLock<String>()
  let networkLocks = KeyedLock<String>()
  let permits: AsyncSemaphore
  let faults: FaultInjection?
  let logger: Logger
  let startedAt: Date
  /// The time.
  let now: @Sendable () -> Date

  /// Creates the context of a node.
  public init(
    settings: Settings, registry: Registry, runtimes: [any Runtime], logger: Logger,
    environment: [String: String] = [:], forwarder: ForwarderClient? = nil,
    now: @escaping @Sendable () -> Date = { Date() },
    examine: @escaping @Sendable () async -> [DoctorFinding] = { [] }
  ) {
    currentSettings = Mutex(settings)
    self.registry = registry
    self.runtimes = runtimes
    self.logger = logger
    self.examine = examine
    self.now = now
    startedAt = now()
    observed = ObservedStore()
    tokens = TokenAuthority(registry: registry, node: settings.nodeName, now: now)
    secretFiles = SecretFiles(directory: PathText.directory(of: registry.path) + "/secrets")
    routes = RouteKeeper(registry: registry, observed: observed, forwarder: forwarder, logger: logger)
    let events = EventLog(registry: registry, logger: logger)
    self.events = events
    boot = BootJournal(
      sequence: settings.bootSequence, isAwaited: settings.bootScript != nil, bootID: MachineBoot.id,
      registry: registry, now: now
    ) { event, limit in
      if let limit { await events.append(event, limitedBy: limit) } else { await events.append([event]) }
    }
    alerts = AlertKeeper(
      sinks: settings.alertSinks, node: settings.nodeName, registry: registry, events: events, logger: logger,
      now: now)
    permits = AsyncSemaphore(limit: settings.maximumParallel)
    faults = FaultInjection(environment: environment)
    monitor = Monitor(
      runtimes: runtimes, observed: observed, events: events, registry: registry, resync: settings.resync,
      logger: logger, now: now)
  }

  /// Tells drift, and makes what should run do so, until the task is cancelled.
  public func heal() async {
    let healer = Healer(context: self)
    healers.withLock { $0 = healer }
    await healer.run()
  }

  /// What heals, if anything does.
  var healer: Healer? { healers.withLock { $0 } }

  /// Makes alerts of what happens and sends them until the task is cancelled.
  public func keepAlerts() async { await alerts.run() }

  /// Keeps routes leading to what runs until the task is cancelled.
  public func keepRoutes() async { await routes.run(every: settings.resync) }

  /// Lets the agent's scripts refuse operations from now on, answer for themselves, and bring the node up.
  public func install(_ scripts: any OperationGate & ScriptAdministration & BootScripts) {
    doors.withLock { $0 = Doors(gate: scripts, scripts: scripts, boot: scripts) }
  }

  private struct Doors {
    var gate: (any OperationGate)?
    var scripts: (any ScriptAdministration)?
    var boot: (any BootScripts)?
  }

  /// What may refuse operations.
  var gate: (any OperationGate)? { doors.withLock { $0.gate } }
  /// What looks after the agent's scripts.
  var scripts: (any ScriptAdministration)? { doors.withLock { $0.scripts } }
  /// What runs boot scripts.
  var bootScripts: (any BootScripts)? { doors.withLock { $0.boot } }

  /// Takes over changed settings; the node's name and the parallelism stay as they were at start.
  public func reload(_ settings: Settings) {
    currentSettings.withLock { current in
      let name = current.nodeName
      current = settings
      current.nodeName = name
    }
  }

  /// The driver for that kind of component.
  func runtime(_ kind: RuntimeKind) throws(EngineError) -> any Runtime {
    guard let runtime = runtimes.first(where: { $0.kind == kind }) else {
      throw EngineError(
        .unsupported, "this agent runs no \(kind.rawValue)s", hint: "deploy to a node whose agent does")
    }
    return runtime
  }

  /// Refuses new operations and waits until those under way have ended, at most `deadline`.
  ///
  /// What has not ended by then is in the journal; the next agent finishes or undoes it.
  public func drain(deadline: Duration) async {
    await tracker.close()
    let end = ContinuousClock.now + deadline
    while await !tracker.isIdle, ContinuousClock.now < end {
      try? await Task.sleep(for: .milliseconds(20))
    }
    await events.close()
  }
}

/// Which operations are under way.
actor OperationTracker {
  private var running: [UInt64: (service: String, summary: String)] = [:]
  private var next: UInt64 = 0
  private var closed = false
  private var unsettled: Set<String> = []

  /// Whether nothing is under way.
  var isIdle: Bool { running.isEmpty }

  /// The operations under way, one line each.
  var summaries: [String] { running.sorted { $0.key < $1.key }.map(\.value.summary) }

  /// The services that something is being done to.
  var busyServices: Set<String> { Set(running.values.map(\.service)) }

  /// Takes an operation in; throws once the agent is stopping.
  func begin(service: String, summary: String) throws(EngineError) -> UInt64 {
    guard !closed else {
      throw EngineError(
        .unavailable, "the agent is stopping and takes no new operations", hint: "try again in a moment",
        service: service)
    }
    next += 1
    running[next] = (service, summary)
    return next
  }

  /// Lets an operation out.
  func end(_ id: UInt64) { running[id] = nil }

  /// Takes no more operations.
  func close() { closed = true }

  /// Says that the journal holds an unfinished operation of that service.
  func markUnsettled(_ service: String) { unsettled.insert(service) }

  /// Says that it does not any more.
  func markSettled(_ service: String) { unsettled.remove(service) }

  /// Whether the journal holds an unfinished operation of that service.
  func isUnsettled(_ service: String) -> Bool { unsettled.contains(service) }

  /// The services with unfinished operations.
  var unsettledServices: [String] { unsettled.sorted() }
}
