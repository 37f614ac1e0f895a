/// How a run or a call ended.
enum LuaOutcome: Sendable {
  /// It returned.
  case returned([LuaValue])
  /// It raised.
  case raised(LuaRaised)
  /// It was stopped.
  case stopped(LuaStopReason, EngineError)

  /// What it returned; throws what it raised or why it was stopped.
  func values() throws(EngineError) -> [LuaValue] {
    switch self {
    case .returned(let values): return values
    case .raised(let raised): throw raised.error
    case .stopped(_, let error): throw error
    }
  }
}
