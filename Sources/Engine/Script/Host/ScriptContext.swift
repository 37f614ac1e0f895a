internal import Foundation

/// What the functions of the API work with: one script's surroundings and its Lua state.
final class ScriptContext: Sendable {
  let surroundings: ScriptSurroundings
  weak let state: LuaState?
  /// Transactions that have not ended.
  let transactions: OpenWork

  init(_ surroundings: ScriptSurroundings, state: LuaState?, transactions: OpenWork = OpenWork()) {
    self.surroundings = surroundings
    self.state = state
    self.transactions = transactions
  }

  /// The same script, with primitives that go to the node called `name`.
  func on(_ name: String) throws -> ScriptContext {
    guard let planeOfNode = surroundings.planeOfNode else {
      throw EngineError(.unsupported, "there is only this node here")
    }
    var surroundings = surroundings
    surroundings.plane = { try await planeOfNode(name) }
    return ScriptContext(surroundings, state: state, transactions: transactions)
  }

  /// The hook that is being asked whether an operation may happen, in whose run nothing may be changed.
  @TaskLocal static var isAsked = false
  /// How many functions that call functions are nested in this task.
  @TaskLocal static var depth = 0

  /// The most functions such as `mcp.timeout` within each other.
  static let maximumDepth = 32

  /// Who emits and alerts.
  var actor: Actor { Actor(kind: .script, name: surroundings.name) }

  func now() -> Date { surroundings.clock.now() }

  /// Calls a function of the script as a part of the run that waits for it.
  func perform(_ function: LuaFunction, _ arguments: [LuaValue] = []) async throws -> LuaOutcome {
    guard let state else { throw EngineError(.cancelled, "the script has ended") }
    let depth = Self.depth + 1
    guard depth <= Self.maximumDepth else {
      throw LuaMisuse(
        "mcp.parallel, timeout, retry and tx are nested more than \(Self.maximumDepth) times within each other"
      )
    }
    return try await Self.$depth.withValue(depth) { try await state.perform(function, arguments) }
  }

  /// Whether nothing is to be done, only planned.
  func isPlanning(_ options: APIOptions) -> Bool { surroundings.plan != nil || options.flag("plan") }

  /// Lets a call pass, or says why not.
  func authorize(_ function: APIFunction) throws {
    guard function.places.contains(surroundings.place) else {
      let places = function.places.map(\.description).sorted().joined(separator: " or ")
      throw LuaMisuse("\(function.fullName) works in \(places) only")
    }
    guard surroundings.role >= function.role else {
      throw EngineError(
        .permissionDenied,
        "\(function.fullName) needs the role \(function.role.rawValue); the script has \(surroundings.role.rawValue)"
      )
    }
    if function.mutating, Self.isAsked {
      throw EngineError(
        .permissionDenied, "\(function.fullName) is refused in a before hook, which may change nothing",
        hint: "react to what happened with mcp.on")
    }
  }
}

extension ScriptPlace: CustomStringConvertible {
  /// The place for people.
  public var description: String {
    switch self {
    case .agent: "the agent's scripts"
    case .commandLine: "mcp run and mcp shell"
    case .test: "mcp script test"
    }
  }
}
