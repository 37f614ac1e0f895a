internal import Foundation
public import Logging

/// Runs an agent's scripts: loads them, tells them what happens, asks them what may happen, and keeps them from harm.
///
/// A script that fails, loops or eats memory is stopped within its limits and harms nobody but itself.
public actor ScriptManager {
  /// What the operator configured for scripts.
  public struct Settings: Sendable {
    /// Where the scripts are.
    public var files: ScriptFiles
    /// What one run may use; the wall time is for hooks, schedules and loading.
    public var limits: LuaLimits
    /// How long a `before` hook may take.
    public var askingLimit: Duration = .seconds(30)
    /// The hosts that scripts may speak HTTP to.
    public var httpHosts: [String] = []
    /// What ``mcp.env`` has.
    public var variables: [String: String] = [:]

    /// Creates settings.
    public init(files: ScriptFiles, limits: LuaLimits) {
      self.files = files
      self.limits = limits
    }
  }

  /// How a script's file is, beside the version that is in use.
  struct Entry {
    var current: LoadedScript?
    var error: EngineError?
    var isLoading = false
    var isDisabled = false
  }

  let settings: Settings
  let plane: @Sendable (Caller) -> any ControlPlane
  let events: EventLog
  let store: (any ScriptStore)?
  let versions: any ScriptVersions
  let clock: any ScriptClock
  /// The clock that scripts sleep on; the same time as ``clock``.
  let scriptClock: any ScriptClock
  let http: any ScriptHTTP
  let logger: Logger
  var entries: [String: Entry] = [:]
  /// Open until the scripts that are there at the start are loaded, or have failed to.
  let firstLoad = OpenWork()
  private var isFirstLoadOver = false
  private var lastEvent: Int64 = 0
  /// Calls of hooks that have not ended.
  let calls = OpenWork()

  /// Creates a manager; nothing is loaded yet.
  public init(
    settings: Settings, plane: @escaping @Sendable (Caller) -> any ControlPlane, events: EventLog,
    store: (any ScriptStore)?, versions: any ScriptVersions, clock: any ScriptClock = SystemClock(),
    scriptClock: (any ScriptClock)? = nil, http: (any ScriptHTTP)? = nil, logger: Logger
  ) {
    self.settings = settings
    self.plane = plane
    self.events = events
    self.store = store
    self.versions = versions
    self.clock = clock
    self.scriptClock = scriptClock ?? clock
    self.http = http ?? NetworkHTTP(allowed: settings.httpHosts)
    self.logger = logger
    firstLoad.begin()
  }

  /// Loads every script and tells hooks what happens after the event `last`, until the task is cancelled.
  public func run(after last: Int64) async {
    await loadAll()
    endFirstLoad()
    await follow(after: last)
  }

  /// Takes a script in that is there already.
  func attach(_ script: LoadedScript) {
    entries[script.name] = Entry(current: script)
    activate(script)
    endFirstLoad()
  }

  private func endFirstLoad() {
    guard !isFirstLoadOver else { return }
    isFirstLoadOver = true
    firstLoad.end()
  }

  /// Tells hooks what happens after the event `last`, until the task is cancelled.
  func follow(after last: Int64) async {
    lastEvent = last
    while !Task.isCancelled {
      do {
        for try await event in events.stream(EventQuery(afterID: lastEvent, follow: true)) {
          deliver(event)
          lastEvent = max(lastEvent, event.id)
        }
        return
      } catch {
        logger.warning("hooks missed events and catch up", metadata: ["error": "\(error)"])
        try? await Task.sleep(for: .milliseconds(100))
      }
    }
  }

  /// The newest event that hooks were told of.
  var delivered: Int64 { lastEvent }

  /// Tells hooks that the agent stops, waits a moment for those that run, and ends all of them.
  public func shutDown(grace: Duration = .seconds(5)) async {
    let last = Event(time: clock.now(), actor: .agent, kind: EventKind.agentStop, message: "mcp-agent stops")
    deliver(last)
    let calls = calls
    _ = try? await TimeLimit.run(grace) { await calls.wait() }
    for entry in entries.values { entry.current?.abandon() }
  }

  /// Puts an event into the queues of the hooks that want it.
  func deliver(_ event: Event) {
    guard !EventKind.ofScripts.contains(event.kind) else { return }
    for (name, entry) in entries {
      guard let script = entry.current, !entry.isDisabled else { continue }
      for hook in script.hooks where hook.hook.occasion.wants(event) {
        calls.begin()
        if hook.enqueue(event) { continue }
        calls.end()
        tell(
          EventKind.hookFailed, name,
          "\(name): \(hook.hook.occasion) is too far behind and was not told of event \(event.id)",
          limitedBy: "lost \(name)")
      }
    }
  }

  /// Begins to call the hooks of a script.
  func activate(_ script: LoadedScript) {
    script.activate { [weak self] hook in
      switch hook.hook.occasion {
      case .before: break
      case .event:
        hook.run(
          Task {
            for await event in hook.queue {
              await self?.serve(hook, of: script, event)
              self?.calls.end()
            }
          })
      case .every(let period):
        hook.run(
          Task { [clock = self?.clock] in
            await self?.serve(hook, of: script) {
              $0.addingTimeInterval(period.seconds)
            } sleep: { _ in
              try await clock?.sleep(for: period)
            }
          })
      case .cron(let schedule, _):
        hook.run(
          Task { [clock = self?.clock] in
            guard let clock else { return }
            await self?.serve(hook, of: script) {
              schedule.next(after: $0, in: clock.timeZone)
            } sleep: {
              try await clock.sleep(until: $0)
            }
          })
      }
    }
  }

  private func serve(_ hook: RegisteredHook, of script: LoadedScript, _ event: Event) async {
    guard hook.beginCall() else { return }
    defer { hook.endCall() }
    do {
      await call(hook, of: script, [try LuaJSON.value(of: event)], event: event)
    } catch {
      logger.error("an event cannot be told to scripts", metadata: ["error": "\(error)"])
    }
  }

  /// Calls a hook again and again at the times that `next` says.
  private func serve(
    _ hook: RegisteredHook, of script: LoadedScript, next: @Sendable (Date) -> Date?,
    sleep: @Sendable (Date) async throws -> Void
  ) async {
    while !Task.isCancelled {
      let now = clock.now()
      let time = next(now)
      hook.noteNext(time)
      guard let time else { return }
      do { try await sleep(time) } catch { return }
      guard hook.beginCall() else { return }
      calls.begin()
      await call(hook, of: script, [], event: nil)
      calls.end()
      hook.endCall()
    }
  }

  private func call(
    _ hook: RegisteredHook, of script: LoadedScript, _ arguments: [LuaValue], event: Event?
  ) async {
    guard let host = script.host else { return }
    let began = ContinuousClock.now
    let time = clock.now()
    let outcome: LuaOutcome
    do {
      outcome = try await host.state.perform(hook.hook.function, arguments)
      await host.context.transactions.wait()
    } catch {
      outcome = .raised(LuaRaised(value: .failure(error), trace: []))
    }
    let took = (ContinuousClock.now - began).milliseconds
    await finish(hook, of: script, outcome, at: time, took: took, event: event)
  }

  /// Keeps and tells how a call went.
  func finish(
    _ hook: RegisteredHook, of script: LoadedScript, _ outcome: LuaOutcome, at time: Date, took: Int64,
    event: Event?
  ) async {
    let failure: EngineError? =
      switch outcome {
      case .returned: nil
      case .raised(let raised): raised.error
      case .stopped(_, let error): error
      }
    if failure?.code == .cancelled { return }
    let isNews = hook.noteRun(at: time, failure: failure?.description)
    let occasion = hook.hook.occasion
    var details = ["script": script.name, "occasion": occasion.description, "duration_ms": "\(took)"]
    if let event { details["event"] = "\(event.id)" }
    if let failure {
      details["result"] = "failed"
      details["error"] = failure.code.rawValue
      if !failure.details.isEmpty { details["trace"] = failure.details.joined(separator: "\n") }
      tell(
        EventKind.hookFailed, script.name, "\(script.name): \(occasion) failed: \(failure)",
        service: event?.service, details: details, limitedBy: "failed \(script.name) \(occasion)")
    } else if isNews || !occasion.isEvery {
      details["result"] = "done"
      tell(
        EventKind.hook, script.name, "\(script.name): \(occasion) ran in \(took) ms", service: event?.service,
        details: details, limitedBy: "ran \(script.name) \(occasion)")
    }
    let isOverrun = if case .stopped(let reason, _) = outcome { reason != .cancelled } else { false }
    if script.note(overrun: isOverrun) { disable(script) }
  }

  private func disable(_ script: LoadedScript) {
    guard entries[script.name]?.current === script, entries[script.name]?.isDisabled == false else { return }
    entries[script.name]?.isDisabled = true
    script.retire()
    tell(
      EventKind.scriptDisabled, script.name,
      "\(script.name) went over its limits three times in a row and is no longer called",
      details: ["hint": "repair it, then: mcp script reload \(script.name)"])
  }

  /// Writes an event in the name of a script.
  func tell(
    _ kind: String, _ name: String, _ message: String, service: String? = nil,
    details: [String: String] = [:], limitedBy key: String? = nil
  ) {
    let event = Event(
      time: clock.now(), actor: Actor(kind: .script, name: name), service: service, kind: kind,
      message: message, details: details)
    let events = events
    calls.begin()
    Task { [calls] in
      if let key { await events.append(event, limitedBy: key) } else { await events.append([event]) }
      calls.end()
    }
  }
}

extension Hook.Occasion {
  /// Whether it is about that event.
  func wants(_ event: Event) -> Bool {
    guard case .event(let kind, let service, let component) = self, kind == event.kind else { return false }
    if let service, service != event.service { return false }
    if let component, component != event.component { return false }
    return true
  }

  /// Whether it comes so often that not each time is worth an event.
  var isEvery: Bool { if case .every = self { true } else { false } }
}
