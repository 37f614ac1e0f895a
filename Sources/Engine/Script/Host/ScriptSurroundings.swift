internal import Synchronization

/// What a script has around it: the same functions do the right thing on a node, on a workstation and in a test.
public struct ScriptSurroundings: Sendable {
  /// Where the script runs.
  public var place: ScriptPlace
  /// What the script is called in events and messages, such as `hooks/notify.lua`.
  public var name: String
  /// What the script may do.
  public var role: Role
  /// The control plane that its primitives go to.
  public var plane: @Sendable () async throws -> any ControlPlane
  /// The definition that a service's name stands for in ``mcp.deploy``.
  public var definition: @Sendable (String) async throws -> ServiceDefinition
  /// Every definition that ``mcp.sync`` makes true where none are given.
  public var definitions: @Sendable () async throws -> [ServiceDefinition]
  /// The configured nodes; `nil` where there is only the own one.
  public var nodes: (@Sendable () async throws -> LuaValue)?
  /// The control plane of a configured node; `nil` where there is only the own one.
  public var planeOfNode: (@Sendable (String) async throws -> any ControlPlane)?
  /// Where time comes from.
  public var clock: any ScriptClock = SystemClock()
  /// Where small values are kept; `nil` where nothing is.
  public var store: (any ScriptStore)?
  /// How HTTP is spoken; `nil` where it is not.
  public var http: (any ScriptHTTP)?
  /// What ``mcp.env`` has.
  public var variables: [String: String] = [:]
  /// Gets the lines that the script prints.
  public var output: @Sendable (String) -> Void = { _ in }
  /// Gets what the script logs: level, message, fields.
  public var log: @Sendable (ScriptLogLevel, String, [String: String]) -> Void = { _, _, _ in }
  /// Gets the progress of operations.
  public var progress: ProgressHandler = { _ in }
  /// Says whether things are done or only planned; shared by all copies.
  public let planning = PlanSwitch()
  /// Takes hooks and schedules in; `nil` where there are none.
  public var registrar: (any HookRegistrar)?
  /// Makes events of what a script emits; `nil` where there are none.
  public var emit: (@Sendable (Event) async throws -> Void)?
  /// Finds the modules that the script requires.
  public var modules: LuaState.Loader = { _ in nil }
  /// What a boot script tells of its stages; `nil` for every other script.
  var boot: BootJournal?
  /// What a test of scripts works with; `nil` outside of one.
  var bench: ScriptTestBench?

  /// Collects what would be done, where nothing is to be done.
  public var plan: PlanRecorder? {
    get { planning.recorder }
    nonmutating set { planning.recorder = newValue }
  }

  /// Creates surroundings.
  public init(
    place: ScriptPlace, name: String, role: Role = .admin,
    plane: @escaping @Sendable () async throws -> any ControlPlane,
    definition: @escaping @Sendable (String) async throws -> ServiceDefinition,
    definitions: @escaping @Sendable () async throws -> [ServiceDefinition]
  ) {
    self.place = place
    self.name = name
    self.role = role
    self.plane = plane
    self.definition = definition
    self.definitions = definitions
  }
}

/// How urgent what a script logs is.
public enum ScriptLogLevel: String, Sendable, Hashable, CaseIterable {
  /// For those who look for a mistake.
  case debug
  /// What an operator wants to know.
  case info
  /// What may become a failure.
  case warn
  /// What failed.
  case error
}

/// Takes in what a script wants to be called for.
public protocol HookRegistrar: Sendable {
  /// Takes a hook or a schedule in, from the state's thread; throws ``LuaMisuse`` where that is not possible.
  func register(_ hook: Hook) throws
}

/// Where scripts keep small values.
public protocol ScriptStore: Sendable {
  /// The JSON text of a value; `nil` where there is none.
  func value(of key: String, script: String) async throws -> String?
  /// Keeps a value as JSON text; `nil` removes it.
  func setValue(_ json: String?, of key: String, script: String) async throws
}

/// Says whether a script's changes are made or only planned.
public final class PlanSwitch: Sendable {
  private let held = Mutex<PlanRecorder?>(nil)

  /// Creates a switch that lets changes be made.
  public init() {}

  /// What collects the plan; `nil` where changes are made.
  public var recorder: PlanRecorder? {
    get { held.withLock { $0 } }
    set { held.withLock { $0 = newValue } }
  }
}

/// Collects the steps that a script would take.
public final class PlanRecorder: Sendable {
  private let entries = Mutex<[OperationResult]>([])

  /// Creates an empty plan.
  public init() {}

  /// What would be done, in order.
  public var results: [OperationResult] { entries.withLock { $0 } }

  /// Notes what would be done.
  public func record(_ result: OperationResult) { entries.withLock { $0.append(result) } }

  /// Notes something that is no operation on a service.
  func record(_ primitive: String, _ message: String) {
    record(
      OperationResult(
        service: "", primitive: primitive, revision: 0, changed: true, planned: true,
        steps: [PlannedStep(component: "", action: primitive, message: message)], message: message))
  }
}
