internal import Foundation
internal import Synchronization

/// One version of a script in an agent: its state, its hooks, and how they went.
final class LoadedScript: Sendable {
  /// The most hooks and schedules of one script.
  static let maximumHooks = 200
  /// How many events a script may emit in a minute.
  static let emitsPerMinute = 120

  private struct State {
    var hooks: [RegisteredHook] = []
    var isLive = false
    var isRetired = false
    var start: (@Sendable (RegisteredHook) -> Void)?
    var overruns = 0
    var minute = Date.distantPast
    var emitted = 0
  }

  let name: String
  let text: String
  let loadedAt: Date
  private let state = Mutex(State())
  private let held = Mutex<ScriptHost?>(nil)

  init(name: String, text: String, loadedAt: Date) {
    self.name = name
    self.text = text
    self.loadedAt = loadedAt
  }

  /// The state that the script runs in.
  var host: ScriptHost? {
    get { held.withLock { $0 } }
    set { held.withLock { $0 = newValue } }
  }

  var hooks: [RegisteredHook] { state.withLock { $0.hooks } }

  /// What takes the script's hooks in.
  ///
  /// The script's own state holds it, so it does not hold the script.
  var registrar: any HookRegistrar { Registrar(script: self) }

  private struct Registrar: HookRegistrar {
    weak let script: LoadedScript?

    func register(_ hook: Hook) throws { try script?.register(hook) }
  }

  /// Takes a hook in; throws where there are too many.
  func register(_ hook: Hook) throws {
    let registered = RegisteredHook(hook)
    let start = try state.withLock { state in
      guard state.hooks.count < Self.maximumHooks else {
        throw LuaMisuse("a script has at most \(Self.maximumHooks) hooks")
      }
      state.hooks.append(registered)
      return state.isLive ? state.start : nil
    }
    start?(registered)
  }

  /// Begins to call the hooks: `start` makes each of them ready, also those that come later.
  func activate(_ start: @escaping @Sendable (RegisteredHook) -> Void) {
    let hooks = state.withLock { state in
      guard !state.isRetired else { return [RegisteredHook]() }
      state.isLive = true
      state.start = start
      return state.hooks
    }
    for hook in hooks { start(hook) }
  }

  /// Calls no hook any more; what runs goes on to its end.
  func retire() {
    let hooks = state.withLock { state in
      state.isRetired = true
      state.isLive = false
      state.start = nil
      return state.hooks
    }
    for hook in hooks { hook.retire() }
  }

  /// Ends also what runs.
  func abandon() {
    retire()
    for hook in hooks { hook.abandon() }
  }

  /// Notes whether a run went over its limits; says whether that happened too often in a row.
  func note(overrun: Bool) -> Bool {
    state.withLock { state in
      state.overruns = overrun ? state.overruns + 1 : 0
      return state.overruns >= 3
    }
  }

  /// Counts an event that the script emits; throws where there are too many.
  func countEmitted(at time: Date) throws(EngineError) {
    let isTooMuch = state.withLock { state in
      if time.timeIntervalSince(state.minute) >= 60 { (state.minute, state.emitted) = (time, 0) }
      state.emitted += 1
      return state.emitted > Self.emitsPerMinute
    }
    guard isTooMuch else { return }
    throw EngineError(
      .resourceExhausted, "\(name) emits more than \(Self.emitsPerMinute) events in a minute",
      hint: "a hook that emits what it is called for calls itself")
  }
}

/// A hook with its queue and how it went so far.
final class RegisteredHook: Sendable {
  /// How many events a hook may be behind before some are lost.
  static let queueLength = 256

  private struct State {
    var runs = 0
    var failures = 0
    var lastRun: Date?
    var nextRun: Date?
    var lastError: String?
    var isFailing = false
    var task: Task<Void, Never>?
    var isRetired = false
    var isCalling = false
  }

  let hook: Hook
  let queue: AsyncStream<Event>
  private let input: AsyncStream<Event>.Continuation
  private let state = Mutex(State())

  init(_ hook: Hook) {
    self.hook = hook
    (queue, input) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.queueLength))
  }

  var info: HookInfo {
    state.withLock { state in
      HookInfo(
        occasion: hook.occasion.description, runs: state.runs, failures: state.failures,
        lastRun: state.lastRun, nextRun: state.nextRun, lastError: state.lastError)
    }
  }

  /// Puts an event at the end of the queue; says whether it had room.
  func enqueue(_ event: Event) -> Bool {
    if case .dropped = input.yield(event) { false } else { true }
  }

  /// Keeps the task that calls the hook.
  func run(_ task: Task<Void, Never>) {
    let isLate = state.withLock { state in
      state.task = task
      return state.isRetired
    }
    if isLate { task.cancel() }
  }

  /// Takes no more events; what waits in the queue is lost, a schedule ends, a call that runs goes on.
  func retire() {
    let idle = state.withLock { state in
      state.isRetired = true
      return state.isCalling ? nil : state.task
    }
    input.finish()
    idle?.cancel()
  }

  /// Says whether the hook may be called now, which keeps it from being interrupted when it is retired.
  func beginCall() -> Bool {
    state.withLock { state in
      if !state.isRetired { state.isCalling = true }
      return !state.isRetired
    }
  }

  func endCall() { state.withLock { $0.isCalling = false } }

  /// Ends the call that runs, too.
  func abandon() { state.withLock { $0.task }?.cancel() }

  func noteNext(_ time: Date?) { state.withLock { $0.nextRun = time } }

  /// Notes a run; says whether it is the first one, or the first good one after one that failed.
  func noteRun(at time: Date, failure: String?) -> Bool {
    state.withLock { state in
      let isNews = state.runs == 0 || state.isFailing
      state.runs += 1
      state.lastRun = time
      state.isFailing = failure != nil
      if let failure {
        state.failures += 1
        state.lastError = failure
      }
      return isNews
    }
  }
}
