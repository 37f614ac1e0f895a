public import Foundation

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

/// Which revision to go back to.
public struct RollbackRequest: Hashable, Sendable {
  /// The service.
  public var service: String
  /// The revision; `nil` is the last one before the current that was deployed.
  public var revision: Int64?
  /// Returns the plan and changes nothing.
  public var planOnly: Bool

  /// Creates a request.
  public init(service: String, revision: Int64? = nil, planOnly: Bool = false) {
    self.service = service
    self.revision = revision
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

/// What to make run again.
public struct RecoverRequest: Hashable, Sendable {
  /// The services; none is every service that is deployed.
  public var services: [String]
  /// How many services at a time; `nil` is as many as the agent is configured for.
  public var parallel: Int?
  /// Returns the plans and changes nothing.
  public var planOnly: Bool

  /// Creates a request.
  public init(services: [String] = [], parallel: Int? = nil, planOnly: Bool = false) {
    self.services = services
    self.parallel = parallel
    self.planOnly = planOnly
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
  /// Only of this actor: as ``Actor/description`` writes it, or a name alone, which is any kind of actor of that name.
  public var actor: String?

  /// Creates a query.
  public init(
    service: String? = nil, since: Date? = nil, afterID: Int64? = nil, limit: Int? = nil,
    follow: Bool = false, actor: String? = nil
  ) {
    self.service = service
    self.actor = actor
    self.since = since
    self.afterID = afterID
    self.limit = limit
    self.follow = follow
  }

  /// Whether an event is of the service and of the actor that are wanted.
  func selects(_ event: Event) -> Bool {
    if let service, event.service != service { return false }
    guard let actor else { return true }
    return "\(event.actor)" == actor || event.actor.name == actor
  }
}
