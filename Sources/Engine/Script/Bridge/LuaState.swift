internal import CLua
import Foundation

/// A sandboxed Lua state for one script, on a thread of its own.
///
/// Runs and calls interleave: where one waits or has used up its slice, others go on. None of them can outlive its
/// limits. What a script does can fail its own run and nothing else.
public actor LuaState {
  /// A function that may wait.
  ///
  /// The script's coroutine is suspended until it returns.
  ///
  /// It throws ``LuaMisuse`` for a programmer's mistake and ``EngineError`` for what fails in normal life. When the
  /// script is stopped its task is cancelled and it is waited for no longer.
  public typealias Waiting = nonisolated(nonsending) @Sendable ([LuaValue]) async throws -> [LuaValue]
  /// Finds a module by its name; nil where there is none.
  public typealias Loader = @Sendable (String) throws -> LuaModule?

  /// The limits of the state, and of each run and call that has none of its own.
  public nonisolated let limits: LuaLimits

  private let executor: LuaExecutor
  private let vm: LuaPointer
  private let host: LuaHost

  /// The state's own executor.
  public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  /// Creates a state.
  ///
  /// `output` gets each line that the script prints, `modules` the names that `require` does not know yet; both are
  /// called on the state's thread.
  public init(
    limits: LuaLimits = LuaLimits(), modules: @escaping Loader = { _ in nil },
    output: @escaping @Sendable (String) -> Void = { _ in }
  ) throws(EngineError) {
    let host = LuaHost(modules: modules, output: output)
    var bounds = clua_limits(memory: max(0, limits.memory), stack: LuaExecutor.stackSize)
    var table = host.table
    guard let vm = clua_new(&bounds, &table) else {
      throw EngineError(
        .resourceExhausted, "no Lua state can be created",
        cause: "memory is out, or this liblua5.4 is built in a way that is not known")
    }
    host.vm = vm
    self.limits = limits
    self.host = host
    self.vm = LuaPointer(raw: vm)
    executor = LuaExecutor(niceness: limits.niceness)
  }

  deinit {
    executor.finish { [vm, host] in
      withExtendedLifetime(host) { clua_free(vm.raw) }
    }
  }

  /// A function to be made known.
  enum Registration: Sendable {
    case waiting(String, Waiting)
    case immediate(String, @Sendable (borrowing LuaCall) throws -> LuaReturn)
  }

  /// Makes functions known and sets values, all in one turn.
  func install(_ functions: [Registration], values: [(String, LuaValue)]) throws(EngineError) {
    for function in functions {
      switch function {
      case .waiting(let name, let body): try register(name, body)
      case .immediate(let name, let body): try registerImmediate(name, body)
      }
    }
    for (name, value) in values { try set(name, value) }
  }

  /// Makes a function known that may wait, under a dotted name such as `mcp.log.info`.
  public func register(
    _ name: String, failures: LuaFailures = .returned, _ function: @escaping Waiting
  ) throws(EngineError) {
    try add(name, .waiting(function, failures))
  }

  /// Makes a function known that answers at once.
  ///
  /// It must neither block nor use the state.
  public func registerImmediate(
    _ name: String, failures: LuaFailures = .returned,
    _ function: @escaping @Sendable (borrowing LuaCall) throws -> LuaReturn
  ) throws(EngineError) {
    let immediate = LuaImmediate(
      pointer: vm, references: host.references, failures: failures, body: function)
    try add(name, .immediate(immediate))
  }

  private func add(_ name: String, _ function: LuaHost.Function) throws(EngineError) {
    host.functions.append(function)
    var context: UnsafeMutableRawPointer?
    if case .immediate(let function) = function { context = function.context }
    guard clua_register(vm.raw, name, Int32(host.functions.count - 1), context) else {
      throw EngineError(.internalError, "\(name) cannot be registered", cause: LuaReader.text(vm.raw))
    }
  }

  /// Sets what a dotted name stands for.
  public func set(_ name: String, _ value: LuaValue) throws(EngineError) {
    _ = host.write(.values([value]))
    guard clua_set(vm.raw, name) else {
      throw EngineError(.internalError, "\(name) cannot be set", cause: LuaReader.text(vm.raw))
    }
  }

  /// The names in the table that a dotted name stands for, sorted; those of the globals for an empty name.
  public func names(in name: String = "") -> [String] {
    guard clua_names(vm.raw, name) else { return [] }
    let values = LuaReader.values(vm.raw, owner: host.references).first?.array ?? []
    return values.compactMap(\.string).sorted()
  }

  /// The bytes that the state holds.
  public var memory: Int { clua_memory(vm.raw) }

  /// Collects what is no longer used.
  public func collect() {
    releaseReferences()
    clua_collect(vm.raw)
  }

  /// Says whether a text compiles, without running it.
  public func check(_ text: String, name: String) -> LuaSyntax {
    switch withText(text, { clua_compile(vm.raw, $0, $1, "=" + name) }) {
    case 0: .complete
    case 2: .incomplete
    default: .invalid(LuaReader.text(vm.raw))
    }
  }

  /// Runs a text and returns what it returns.
  ///
  /// With `described`, results that have no meaning outside of Lua come as descriptions. Throws what it raises, and why
  /// it was stopped. Cancelling the caller's task stops the script.
  public func run(
    _ text: String, name: String, arguments: [LuaValue] = [], limits: LuaLimits? = nil,
    described: Bool = false
  ) async throws(EngineError) -> [LuaValue] {
    releaseReferences()
    guard let task = withText(text, { clua_task_chunk(vm.raw, $0, $1, "=" + name) }) else {
      throw EngineError(.invalidArgument, LuaReader.text(vm.raw))
    }
    if described { clua_task_describe(task) }
    return try await drive(LuaPointer(raw: task), arguments, limits ?? self.limits).values()
  }

  /// Calls a function of this state's script and returns what it returns.
  ///
  /// Throws what it raises, and why it was stopped. Cancelling the caller's task stops the script.
  public func call(
    _ function: LuaFunction, _ arguments: [LuaValue] = [], limits: LuaLimits? = nil
  ) async throws(EngineError) -> [LuaValue] {
    try await perform(function, arguments, limits: limits).values()
  }

  /// Calls a function of this state's script and tells how that ended.
  ///
  /// From inside a function that the script waits for, the call is a part of the run that waits: both count as one for
  /// limits, and it ends when that does.
  func perform(
    _ function: LuaFunction, _ arguments: [LuaValue] = [], limits: LuaLimits? = nil
  ) async throws(EngineError) -> LuaOutcome {
    releaseReferences()
    guard function.owner === host.references,
      let task = clua_task_function(vm.raw, function.reference)
    else { throw EngineError(.invalidArgument, "the function is not one of this script") }
    return await drive(LuaPointer(raw: task), arguments, limits ?? self.limits)
  }

  private func withText<T>(_ text: String, _ body: (UnsafePointer<CChar>?, Int) -> T) -> T {
    var text = text
    return text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { body($0.baseAddress, $0.count) }
    }
  }

  private func releaseReferences() {
    for reference in host.references.take() { clua_release_reference(vm.raw, reference) }
  }

  // MARK: - Driving

  private func drive(
    _ pointer: LuaPointer, _ arguments: [LuaValue], _ limits: LuaLimits
  ) async -> LuaOutcome {
    let task = LuaTask(pointer, state: ObjectIdentifier(self))
    clua_task_limit(
      pointer.raw, limits.cpu.map(\.luaNanoseconds) ?? 0, limits.wall.map(\.luaNanoseconds) ?? 0,
      UInt64(max(0, limits.output ?? 0)), limits.slice.luaNanoseconds)
    LuaTask.current?.share(with: task)
    let result = await withTaskCancellationHandler {
      await LuaTask.$current.withValue(task) { await slices(task, pointer, arguments, limits) }
    } onCancel: {
      task.stop(.cancelled)
    }
    task.end()
    clua_task_end(pointer.raw)
    return result
  }

  private func slices(
    _ task: LuaTask, _ pointer: LuaPointer, _ arguments: [LuaValue], _ limits: LuaLimits
  ) async -> LuaOutcome {
    let start = ContinuousClock.now
    var timer: Task<Void, Never>?
    defer { timer?.cancel() }
    var raises = host.write(.values(arguments))
    while true {
      releaseReferences()
      if task.isStopped { clua_task_kill(pointer.raw, clua_task_reason(pointer.raw)) }
      let end = Int(clua_task_step(pointer.raw, raises))
      raises = false
      if end == CLUA_REQUEST || end == CLUA_WAIT, timer == nil, let wall = limits.wall {
        timer = Task {
          do { try await Task.sleep(until: start + wall, clock: .continuous) } catch { return }
          task.stop(.wall)
        }
      }
      switch end {
      case CLUA_DONE: return .returned(LuaReader.values(vm.raw, owner: host.references))
      case CLUA_ERROR:
        let value = LuaReader.values(vm.raw, owner: host.references).first
        return .raised(LuaRaised(value: value ?? .nil, trace: trace(pointer)))
      case CLUA_REQUEST:
        let arguments = LuaReader.values(vm.raw, owner: host.references)
        guard let answer = await answer(task, Int(clua_task_request(pointer.raw)), arguments) else {
          continue
        }
        raises = host.write(answer)
      case CLUA_PREEMPTED: await Task.yield()
      case CLUA_WAIT: try? await Task.sleep(for: .milliseconds(1))
      default:
        let reason = LuaStopReason(rawValue: clua_task_reason(pointer.raw)) ?? .cancelled
        return .stopped(reason, reason.error(limits: limits, trace: trace(pointer)))
      }
    }
  }

  /// Carries out what the script asked for; nil where the script is stopped meanwhile.
  private func answer(_ task: LuaTask, _ id: Int, _ arguments: [LuaValue]) async -> LuaHost.Answer? {
    guard case .waiting(let function, let failures) = host.functions[id] else { return .values([]) }
    return await withCheckedContinuation { continuation in
      guard let turn = task.wait(continuation) else { return }
      let work = Task.immediate {
        do {
          task.answer(.values(try await function(arguments)), turn: turn)
        } catch {
          task.answer(LuaHost.answer(error, failures), turn: turn)
        }
      }
      task.attach(work, turn: turn)
    }
  }

  private func trace(_ pointer: LuaPointer) -> [String] {
    String(cString: clua_task_trace(pointer.raw)).split(separator: "\n").map(String.init)
  }
}

/// What compiling a text tells.
public enum LuaSyntax: Sendable, Hashable {
  /// It compiles.
  case complete
  /// More lines may make it compile.
  case incomplete
  /// It does not compile.
  case invalid(String)
}

extension Duration {
  /// The nanoseconds, at least one, as far as they can be counted.
  fileprivate var luaNanoseconds: UInt64 {
    let (seconds, attoseconds) = components
    guard seconds >= 0, attoseconds >= 0 else { return 1 }
    let (whole, overflow) = UInt64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
    if overflow { return UInt64(Int64.max) }
    return max(1, min(whole, UInt64(Int64.max) - 1_000_000_000) + UInt64(attoseconds / 1_000_000_000))
  }
}
