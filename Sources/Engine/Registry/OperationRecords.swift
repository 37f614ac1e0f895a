public import Foundation

/// An operation that is about to begin.
public struct NewOperation: Hashable, Sendable {
  /// The primitive, as in ``Primitive/name``.
  public var primitive: String
  /// The service it works on.
  public var service: String
  /// The component, where it works on one only.
  public var component: String?
  /// Who asked for it.
  public var caller: Caller

  /// Creates an operation.
  public init(primitive: String, service: String, component: String? = nil, caller: Caller) {
    self.primitive = primitive
    self.service = service
    self.component = component
    self.caller = caller
  }
}

/// What an operation changes in the desired state.
public enum DesiredChange: Hashable, Sendable {
  /// The kind of change, without what it changes to.
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    /// See ``DesiredChange/none``.
    case none
    /// See ``DesiredChange/define(_:desired:specHashes:)``.
    case define
    /// See ``DesiredChange/desire(_:)``.
    case desire
    /// See ``DesiredChange/remove``.
    case remove
  }

  /// Nothing; the world changes and the desired state does not, as in a restart.
  case none
  /// A definition becomes what should be true.
  ///
  /// The service gets its next revision where the definition or a spec hash differs from the current one,
  /// and a component's revision changes only where its spec hash does. `specHashes` has an entry for each
  /// component. A component without an entry in `desired` keeps its desired state; a new one gets
  /// `running` if the definition is active, else `stopped`.
  case define(ServiceDefinition, desired: [String: DesiredState], specHashes: [String: String])
  /// Components, by name, of a deployed service should run or be stopped.
  case desire([String: DesiredState])
  /// The service should be gone.
  case remove

  /// The kind of change.
  public var kind: Kind {
    switch self {
    case .none: .none
    case .define: .define
    case .desire: .desire
    case .remove: .remove
    }
  }
}

/// An operation that has begun and is not finished.
public struct OperationRecord: Hashable, Sendable {
  /// Its number in the journal, never reused.
  public var id: Int64
  /// The primitive.
  public var primitive: String
  /// The service it works on.
  public var service: String
  /// The component, where it works on one only.
  public var component: String?
  /// Who asked for it.
  public var caller: Caller
  /// When it began.
  public var startedAt: Date
  /// What it changes in the desired state.
  public var change: DesiredChange.Kind
  /// The service before it; `nil` where it did not exist.
  public var before: ServiceRecord?
  /// The service as it should be after it; `nil` where it should be gone.
  public var after: ServiceRecord?
  /// Whether it removes the service.
  public var removing: Bool
  /// Its steps so far, in order.
  public var steps: [StepRecord]

  /// Creates a record.
  public init(
    id: Int64, primitive: String, service: String, component: String? = nil, caller: Caller,
    startedAt: Date, change: DesiredChange.Kind, before: ServiceRecord?, after: ServiceRecord?,
    removing: Bool, steps: [StepRecord] = []
  ) {
    self.id = id
    self.primitive = primitive
    self.service = service
    self.component = component
    self.caller = caller
    self.startedAt = startedAt
    self.change = change
    self.before = before
    self.after = after
    self.removing = removing
    self.steps = steps
  }
}

/// A step of an unfinished operation.
public struct StepRecord: Hashable, Sendable {
  /// Its place among the operation's steps.
  public var sequence: Int
  /// What it does.
  public var step: PlannedStep
  /// How it ended; `nil` where it was started and nothing is known since.
  public var outcome: StepOutcome?
  /// The runtime object that it made or changed.
  public var runtimeID: String?
  /// When it was started.
  public var startedAt: Date
  /// When it ended.
  public var finishedAt: Date?

  /// Creates a record.
  public init(
    sequence: Int, step: PlannedStep, outcome: StepOutcome? = nil, runtimeID: String? = nil,
    startedAt: Date, finishedAt: Date? = nil
  ) {
    self.sequence = sequence
    self.step = step
    self.outcome = outcome
    self.runtimeID = runtimeID
    self.startedAt = startedAt
    self.finishedAt = finishedAt
  }
}

/// How a step ended.
public enum StepOutcome: Hashable, Sendable {
  /// It was done.
  case done
  /// It failed, for that reason.
  case failed(String)
  /// It was done and then undone.
  case undone
}

/// How an operation ended, and with it what becomes of the desired state.
public enum OperationOutcome: String, Hashable, Sendable, Codable, CaseIterable {
  /// It was done: the desired state is as it began. A service that was being removed is forgotten, its
  /// events excepted.
  case done
  /// It was undone: the desired state is restored exactly as it was before. A service that did not exist
  /// before is forgotten again; one that was being removed no longer is.
  case undone
  /// It failed or was interrupted half-way, and the desired state stays as it began. A service that was
  /// being removed still is, see ``Registry/removing()``.
  case kept
}
