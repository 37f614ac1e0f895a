/// A script with everything that it sees: a Lua state in which the API is registered.
public final class ScriptHost: Sendable {
  /// The state that the script runs in.
  public let state: LuaState
  let context: ScriptContext

  /// Creates a state with the API for `surroundings`.
  public init(_ surroundings: ScriptSurroundings, limits: LuaLimits = LuaLimits()) async throws(EngineError) {
    let state = try LuaState(limits: limits, modules: surroundings.modules, output: surroundings.output)
    let context = ScriptContext(surroundings, state: state)
    self.state = state
    self.context = context
    try await state.install(Self.functions(context), values: Self.values(surroundings))
    if surroundings.planeOfNode != nil { _ = try await state.run(Self.nodeVerbs, name: "mcp.nodes") }
  }

  /// Gives the tables of ``mcp.nodes`` every function as a method: `mcp.nodes().rift:ps()`.
  private static let nodeVerbs = """
    local list, call_on = mcp.nodes, mcp.call_on
    local verbs = {
      __index = function(_, name)
        if type(mcp[name]) ~= "function" then return nil end
        return function(node, ...) return call_on(node.name, name, ...) end
      end,
    }
    function mcp.nodes()
      local nodes, problem = list()
      if nodes then
        for _, node in pairs(nodes) do setmetatable(node, verbs) end
      end
      return nodes, problem
    end
    """

  /// Runs a text to its end.
  ///
  /// What a transaction of it has begun and not ended is undone.
  @discardableResult
  public func run(
    _ text: String, name: String? = nil, arguments: [LuaValue] = [], limits: LuaLimits? = nil,
    described: Bool = false
  ) async throws(EngineError) -> [LuaValue] {
    let result: Result<[LuaValue], EngineError>
    do {
      result = .success(
        try await state.run(
          text, name: name ?? context.surroundings.name, arguments: arguments, limits: limits,
          described: described))
    } catch {
      result = .failure(error)
    }
    await context.transactions.wait()
    return try result.get()
  }

  private static func functions(_ context: ScriptContext) -> [LuaState.Registration] {
    ScriptAPI.functions.filter { $0.places.contains(context.surroundings.place) || !$0.isHidden }.map {
      function in
      switch function.body {
      case .immediate(let body):
        .immediate(function.fullName) { call in
          try context.authorize(function)
          return .values(try body(APICall(function, call.arguments, in: context)))
        }
      case .waiting(let body):
        .waiting(function.fullName) { arguments in
          let call = try APICall(function, arguments, in: context)
          try context.authorize(function)
          return try await body(call)
        }
      }
    }
  }

  private static func values(_ surroundings: ScriptSurroundings) -> [(String, LuaValue)] {
    [
      (
        "mcp.env",
        .table(LuaTable(surroundings.variables.mapValues { .string($0) }))
      ), ("mcp.version", .string(Version.current)), ("mcp.place", .string(surroundings.place.rawValue)),
    ]
  }
}

extension APIFunction {
  /// Whether scripts elsewhere do not even see it, rather than being told where it works.
  fileprivate var isHidden: Bool { places == [.test] }
}
