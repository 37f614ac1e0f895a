public import Foundation

/// The one list of things that `mcp` can do.
///
/// The agent's implementation is ``Orchestrator``; everyone else's is ``RemoteControlPlane``, which sends the
/// same calls over gRPC. Every door (commands, scripts, RPC handlers) only translates to this protocol.
///
/// All methods throw ``EngineError``. Cancelling the calling task ends the wait; a mutating operation that
/// has begun is finished or undone by the agent, and its outcome is an event.
public protocol ControlPlane: Sendable {
  /// Makes the node run a definition. One that is deployed unchanged and runs is left alone.
  func deploy(_ request: DeployRequest, progress: @escaping ProgressHandler) async throws -> OperationResult

  /// Stops, removes and forgets a service. One that is not deployed is `notFound`.
  func undeploy(_ request: TargetRequest, progress: @escaping ProgressHandler) async throws -> OperationResult

  /// Makes a deployed service or component run. What runs already is left alone.
  func start(_ request: TargetRequest, progress: @escaping ProgressHandler) async throws -> OperationResult

  /// Makes a deployed service or component stop. What is stopped already is left alone.
  func stop(_ request: TargetRequest, progress: @escaping ProgressHandler) async throws -> OperationResult

  /// Stops and starts a deployed service or component.
  func restart(_ request: TargetRequest, progress: @escaping ProgressHandler) async throws -> OperationResult

  /// Makes the node match a set of definitions; continues past a service that fails.
  func sync(_ request: SyncRequest, progress: @escaping ProgressHandler) async throws -> SyncResult

  /// Returns the services of the registry.
  func list() async throws -> [ServiceSummary]

  /// Returns components as they are, from the state that the agent keeps current; with `live` the runtimes
  /// are asked.
  func ps(service: String?, live: Bool) async throws -> [ComponentStatus]

  /// Returns desired against observed state, drift, recent events and the node.
  func status(service: String?) async throws -> StatusReport

  /// Returns the definition and registry facts of a deployed service.
  func service(_ name: String) async throws -> ServiceRecord

  /// Returns the output of a service's components, merged in order of arrival.
  func logs(_ target: Target, options: LogOptions) -> AsyncThrowingStream<LogLine, any Error>

  /// Runs a command in a component.
  func exec(_ target: Target, request: ExecRequest) async throws -> ExecSession

  /// Returns history, oldest first; with `follow` it goes on.
  func events(_ query: EventQuery) -> AsyncThrowingStream<Event, any Error>

  /// Describes the node and its agent.
  func node() async throws -> NodeInfo

  /// Examines the node.
  func doctor() async throws -> [DoctorFinding]
}

/// Receives progress of an operation.
///
/// It is called from any thread and must return at once.
public typealias ProgressHandler = @Sendable (OperationProgress) -> Void

/// One line of progress.
public struct OperationProgress: Hashable, Sendable, Codable {
  /// The service concerned.
  public var service: String
  /// The component concerned, `nil` for the service as a whole.
  public var component: String?
  /// The step in one word, such as `pull`, `create`, `start`, `stop`, `remove`, `wait`, `done`, `failed` or `undo`.
  public var phase: String
  /// The step for people.
  public var message: String

  /// Creates progress.
  public init(service: String, component: String? = nil, phase: String, message: String) {
    self.service = service
    self.component = component
    self.phase = phase
    self.message = message
  }
}

/// What to deploy.
public struct DeployRequest: Hashable, Sendable {
  /// The definition.
  public var definition: ServiceDefinition
  /// Only this component of it; the others stay as they are.
  public var component: String?
  /// Returns the plan and changes nothing.
  public var planOnly: Bool

  /// Creates a request.
  public init(definition: ServiceDefinition, component: String? = nil, planOnly: Bool = false) {
    self.definition = definition
    self.component = component
    self.planOnly = planOnly
  }
}

/// What to start, stop, restart or undeploy.
public struct TargetRequest: Hashable, Sendable {
  /// The service, or one component of it.
  public var target: Target
  /// Returns the plan and changes nothing.
  public var planOnly: Bool

  /// Creates a request.
  public init(target: Target, planOnly: Bool = false) {
    self.target = target
    self.planOnly = planOnly
  }
}

/// What to make true.
public struct SyncRequest: Hashable, Sendable {
  /// Every definition that should be true.
  public var definitions: [ServiceDefinition]
  /// Undeploys services that are in the registry and not among the definitions.
  public var prune: Bool
  /// Returns the plans and changes nothing.
  public var planOnly: Bool

  /// Creates a request.
  public init(definitions: [ServiceDefinition], prune: Bool = false, planOnly: Bool = false) {
    self.definitions = definitions
    self.prune = prune
    self.planOnly = planOnly
  }
}

/// How an operation ended.
public struct OperationResult: Hashable, Sendable, Codable {
  /// The service.
  public var service: String
  /// The primitive.
  public var primitive: String
  /// The service's revision afterwards; 0 once it is undeployed.
  public var revision: Int64
  /// Whether something was changed, or would be for a plan.
  public var changed: Bool
  /// Whether this is only a plan.
  public var planned: Bool
  /// The steps that were done, or would be.
  public var steps: [PlannedStep]
  /// What the runtime warned about.
  public var warnings: [String]
  /// One line for people.
  public var message: String

  /// Creates a result.
  public init(
    service: String, primitive: String, revision: Int64, changed: Bool, planned: Bool = false,
    steps: [PlannedStep] = [], warnings: [String] = [], message: String
  ) {
    self.service = service
    self.primitive = primitive
    self.revision = revision
    self.changed = changed
    self.planned = planned
    self.steps = steps
    self.warnings = warnings
    self.message = message
  }
}

/// A step as people and JSON see it.
public struct PlannedStep: Hashable, Sendable, Codable {
  /// The component concerned; empty for steps of the service as a whole.
  public var component: String
  /// One word, such as `pull`, `network`, `create`, `stop`, `start`, `remove`, `rename` or `remove-network`.
  public var action: String
  /// The step for people.
  public var message: String

  /// Creates a step.
  public init(component: String, action: String, message: String) {
    self.component = component
    self.action = action
    self.message = message
  }
}

/// How a sync ended.
public struct SyncResult: Hashable, Sendable, Codable {
  /// The services that were, or would be, handled.
  public var results: [OperationResult]
  /// The services that failed.
  public var failures: [EngineError]

  /// Creates a result.
  public init(results: [OperationResult], failures: [EngineError]) {
    self.results = results
    self.failures = failures
  }
}

/// A service of the registry in one line.
public struct ServiceSummary: Hashable, Sendable, Codable {
  /// The name.
  public var name: String
  /// The node.
  public var node: String
  /// Whether any component of it should run.
  public var active: Bool
  /// The names of its components, in the order of the definition.
  public var components: [String]
  /// Its revision, counted from 1.
  public var revision: Int64
  /// When that revision was deployed.
  public var updatedAt: Date

  /// Creates a summary.
  public init(
    name: String, node: String, active: Bool, components: [String], revision: Int64, updatedAt: Date
  ) {
    self.name = name
    self.node = node
    self.active = active
    self.components = components
    self.revision = revision
    self.updatedAt = updatedAt
  }
}

/// A component as it should be and as it is.
public struct ComponentStatus: Hashable, Sendable, Codable {
  /// The service.
  public var service: String
  /// The component.
  public var component: String
  /// The node.
  public var node: String
  /// What runs it.
  public var runtime: RuntimeKind
  /// What should be true.
  public var desired: DesiredState
  /// What is true.
  public var observed: ObservedState
  /// The tag or shortened digest of the image that is in use, of the definition's where nothing is.
  public var version: String
  /// The image as it was asked for.
  public var image: String
  /// Since when it is in that state; `nil` where that is not known.
  public var since: Date?
  /// How often the runtime started it again by itself.
  public var restarts: Int
  /// The revision in which it last changed.
  public var revision: Int64
  /// The runtime's id; `nil` where there is no object.
  public var runtimeID: String?
  /// The process on the host; `nil` while it does not run.
  public var pid: Int?
  /// Published ports in the spelling of definitions.
  public var ports: [String]

  /// Creates a status.
  public init(
    service: String, component: String, node: String, runtime: RuntimeKind, desired: DesiredState,
    observed: ObservedState, version: String, image: String, since: Date?, restarts: Int, revision: Int64,
    runtimeID: String?, pid: Int?, ports: [String]
  ) {
    self.service = service
    self.component = component
    self.node = node
    self.runtime = runtime
    self.desired = desired
    self.observed = observed
    self.version = version
    self.image = image
    self.since = since
    self.restarts = restarts
    self.revision = revision
    self.runtimeID = runtimeID
    self.pid = pid
    self.ports = ports
  }
}

/// Everything an operator asks about at once.
public struct StatusReport: Hashable, Sendable, Codable {
  /// The node and its agent.
  public var node: NodeInfo
  /// The components asked for.
  public var components: [ComponentStatus]
  /// Where desired and observed differ.
  public var drift: [Drift]
  /// Operations that are under way, one line each.
  public var operations: [String]
  /// Recent events, oldest first.
  public var events: [Event]

  /// Creates a report.
  public init(
    node: NodeInfo, components: [ComponentStatus], drift: [Drift], operations: [String], events: [Event]
  ) {
    self.node = node
    self.components = components
    self.drift = drift
    self.operations = operations
    self.events = events
  }
}

/// A deployed service with what the registry knows beside its definition.
public struct ServiceRecord: Hashable, Sendable, Codable {
  /// The definition as it is deployed.
  public var definition: ServiceDefinition
  /// Its revision.
  public var revision: Int64
  /// When that revision was deployed.
  public var updatedAt: Date
  /// Who deployed it.
  public var updatedBy: Actor
  /// Per component: what should be true, its spec hash and the revision in which it last changed.
  public var components: [ComponentRecord]

  /// Creates a record.
  public init(
    definition: ServiceDefinition, revision: Int64, updatedAt: Date, updatedBy: Actor,
    components: [ComponentRecord]
  ) {
    self.definition = definition
    self.revision = revision
    self.updatedAt = updatedAt
    self.updatedBy = updatedBy
    self.components = components
  }
}

/// What the registry knows of a component beside its definition.
public struct ComponentRecord: Hashable, Sendable, Codable {
  /// The component's name.
  public var name: String
  /// What should be true.
  public var desired: DesiredState
  /// The hash of what its runtime object is created from.
  public var specHash: String
  /// The revision in which that hash last changed.
  public var revision: Int64

  /// Creates a record.
  public init(name: String, desired: DesiredState, specHash: String, revision: Int64) {
    self.name = name
    self.desired = desired
    self.specHash = specHash
    self.revision = revision
  }
}

/// Which events are wanted.
public struct EventQuery: Hashable, Sendable {
  /// Only of this service.
  public var service: String?
  /// Only from that time on.
  public var since: Date?
  /// Only after this event id.
  public var afterID: Int64?
  /// At most that many of the newest; `nil` is all that are kept.
  public var limit: Int?
  /// Goes on with new ones.
  public var follow: Bool

  /// Creates a query.
  public init(
    service: String? = nil, since: Date? = nil, afterID: Int64? = nil, limit: Int? = nil, follow: Bool = false
  ) {
    self.service = service
    self.since = since
    self.afterID = afterID
    self.limit = limit
    self.follow = follow
  }
}

/// The node and its agent.
public struct NodeInfo: Hashable, Sendable, Codable {
  /// The node's name.
  public var name: String
  /// The agent's version.
  public var agentVersion: String
  /// The runtimes with their versions, or why they cannot be used.
  public var runtimes: [String]
  /// Whether every runtime answers.
  public var healthy: Bool
  /// When the agent started.
  public var startedAt: Date
  /// Services in the registry.
  public var services: Int
  /// Components in the registry.
  public var components: Int
  /// Components that run.
  public var running: Int

  /// Creates a description.
  public init(
    name: String, agentVersion: String, runtimes: [String], healthy: Bool, startedAt: Date, services: Int,
    components: Int, running: Int
  ) {
    self.name = name
    self.agentVersion = agentVersion
    self.runtimes = runtimes
    self.healthy = healthy
    self.startedAt = startedAt
    self.services = services
    self.components = components
    self.running = running
  }
}

/// One thing that the doctor looked at.
public struct DoctorFinding: Hashable, Sendable, Codable {
  /// How it is.
  public enum Level: String, Hashable, Sendable, Codable, CaseIterable {
    /// In order.
    case ok
    /// Works, with a limit that one should know.
    case warning
    /// Does not work.
    case failure
  }

  /// How it is.
  public var level: Level
  /// What was looked at, in one or two words.
  public var check: String
  /// What was found.
  public var message: String
  /// What to do about it; `nil` where nothing is to be done.
  public var remedy: String?

  /// Creates a finding.
  public init(level: Level, check: String, message: String, remedy: String? = nil) {
    self.level = level
    self.check = check
    self.message = message
    self.remedy = remedy
  }
}
