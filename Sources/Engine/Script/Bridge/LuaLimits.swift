/// What a script may use.
public struct LuaLimits: Sendable, Hashable {
  /// The bytes that a state may hold.
  ///
  /// One instruction may overshoot by as much again before the script is stopped.
  public var memory: Int
  /// The processor time of one run or call; nil for no limit.
  public var cpu: Duration?
  /// The time from the start to the end of one run or call, waits included; nil for no limit.
  public var wall: Duration?
  /// The bytes that one run or call may print; nil for no limit.
  public var output: Int?
  /// How long one run or call goes on before others of the same state have their turn.
  public var slice: Duration
  /// How much the state's thread gives way to others, from 0 to 19 as for nice(1).
  public var niceness = 0

  /// Creates limits.
  public init(
    memory: Int = 64 << 20, cpu: Duration? = .seconds(10), wall: Duration? = nil, output: Int? = 1 << 20,
    slice: Duration = .milliseconds(10)
  ) {
    self.memory = memory
    self.cpu = cpu
    self.wall = wall
    self.output = output
    self.slice = slice
  }
}

/// Why a script was stopped before its end.
public enum LuaStopReason: Int32, Sendable, Hashable {
  /// The caller ended the wait.
  case cancelled = 1
  /// It used up its processor time.
  case cpu = 2
  /// Its time was over.
  case wall = 3
  /// It held too much memory.
  case memory = 4
  /// It printed too much.
  case output = 5
}

extension LuaStopReason {
  func error(limits: LuaLimits, trace: [String]) -> EngineError {
    let place = trace.first.map { " at \($0)" } ?? ""
    return switch self {
    case .cancelled:
      EngineError(.cancelled, "the script was stopped\(place)", details: trace)
    case .cpu:
      EngineError(
        .resourceExhausted, "the script used more than \(limits.cpu ?? .zero) of processor time\(place)",
        hint: "look for a loop that does not end, or wait with mcp.sleep", details: trace)
    case .wall:
      EngineError(
        .timeout, "the script did not end within \(limits.wall ?? .zero)\(place)", details: trace)
    case .memory:
      EngineError(
        .resourceExhausted, "the script used more than \(limits.memory >> 10) KiB of memory\(place)",
        details: trace)
    case .output:
      EngineError(
        .resourceExhausted, "the script printed more than \(limits.output ?? 0) bytes\(place)", details: trace
      )
    }
  }
}
