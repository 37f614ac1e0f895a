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
  /// What the definition would change, for a plan.
  public var changes: [FieldChange]
  /// The steps that were done, or would be.
  public var steps: [PlannedStep]
  /// What the runtime warned about.
  public var warnings: [String]
  /// One line for people.
  public var message: String

  /// Creates a result.
  public init(
    service: String, primitive: String, revision: Int64, changed: Bool, planned: Bool = false,
    changes: [FieldChange] = [], steps: [PlannedStep] = [], warnings: [String] = [], message: String
  ) {
    self.service = service
    self.primitive = primitive
    self.revision = revision
    self.changed = changed
    self.planned = planned
    self.changes = changes
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
