public import Foundation

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
  /// What the last look at its health found: ``passing``, or why it does not pass.
  ///
  /// `nil` where it has no health check or does not run.
  public var health: String?

  /// The ``health`` of what passes.
  public static let passing = "passing"

  /// Creates a status.
  public init(
    service: String, component: String, node: String, runtime: RuntimeKind, desired: DesiredState,
    observed: ObservedState, version: String, image: String, since: Date?, restarts: Int, revision: Int64,
    runtimeID: String?, pid: Int?, ports: [String], health: String? = nil
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
    self.health = health
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
  /// The node's boot sequence, since the agent was started; `nil` where there is none.
  public var boot: BootProgress?

  /// Creates a report.
  public init(
    node: NodeInfo, components: [ComponentStatus], drift: [Drift], operations: [String], events: [Event],
    boot: BootProgress? = nil
  ) {
    self.node = node
    self.components = components
    self.drift = drift
    self.operations = operations
    self.events = events
    self.boot = boot
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
