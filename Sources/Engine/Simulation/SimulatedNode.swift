internal import Foundation
internal import Logging

/// A node in memory: the real orchestrator and the real script manager over a simulated runtime and a clock that stands
/// still.
final class SimulatedNode: Sendable {
  /// The face of the clock that scripts sleep on.
  private static let scriptFace = 1
  /// How long settling may take before it is given up.
  private static let patience = Duration.seconds(20)

  let runtime: SimulatedRuntime
  let clock: FakeClock
  let manager: ScriptManager
  let plane: Orchestrator
  let own: LoadedScript
  private let context: NodeContext
  private let registry: Registry
  private let directory: String
  private let tasks: [Task<Void, Never>]

  /// Creates a node; the hooks that `host` registers are among its scripts.
  init(files: ScriptFiles, host: ScriptHost, http: any ScriptHTTP, log: @escaping @Sendable (String) -> Void)
    async throws
  {
    directory = NSTemporaryDirectory() + "/mcp-script-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    // 2026-01-01T00:00:00Z, a Thursday.
    let clock = FakeClock(now: Date(timeIntervalSince1970: 1_767_225_600))
    let runtime = SimulatedRuntime(now: { clock.now() })
    let registry = try Registry.open(path: "\(directory)/mcp.db", now: { clock.now() })
    let quiet = Logger(label: "simulated") { _ in SwiftLogNoOpLogHandler() }
    let context = NodeContext(
      settings: NodeContext.Settings(
        nodeName: "test", servicesRoot: directory, volumeRoots: ["/"], stopGrace: .milliseconds(10)),
      registry: registry, runtimes: [runtime], logger: quiet, now: { clock.now() })
    var limits = LuaLimits(memory: 32 << 20, cpu: .seconds(2), wall: .seconds(300), output: 64 << 10)
    limits.niceness = 0
    let kept = RegistryScripts(registry)
    let manager = ScriptManager(
      settings: ScriptManager.Settings(files: files, limits: limits),
      plane: { Orchestrator(context: context, caller: $0) }, events: context.events, store: kept,
      versions: kept, clock: clock, scriptClock: ClockFace(clock: clock, face: Self.scriptFace), http: http,
      logger: Logger(label: "script") { _ in LineLogHandler(write: log) })
    context.install(manager)
    let caller = Caller(actor: Actor(kind: .user, name: "test"), role: .admin, peer: "test")
    let own = LoadedScript(name: "test", text: "", loadedAt: clock.now())
    own.host = host
    await manager.attach(own)
    plane = Orchestrator(context: context, caller: caller)
    tasks = [
      Task { await context.monitor.run() }, Task { await manager.follow(after: 0) },
    ]
    (self.runtime, self.clock, self.manager, self.own) = (runtime, clock, manager, own)
    (self.context, self.registry) = (context, registry)
  }

  /// Ends everything and removes the registry.
  func close() async {
    await manager.shutDown(grace: .zero)
    for task in tasks { task.cancel() }
    await context.drain(deadline: .seconds(1))
    for task in tasks { await task.value }
    try? registry.close()
    try? FileManager.default.removeItem(atPath: directory)
  }

  /// Waits until every hook was told of everything, and has ended or sleeps.
  func settle() async throws {
    let deadline = ContinuousClock.now + Self.patience
    var (quiet, unchanged, last) = (0, 0, -1)
    while ContinuousClock.now < deadline {
      try Task.checkCancellation()
      let newest = try await registry.events(EventQuery(limit: 1)).last?.id ?? 0
      let isTold = await manager.delivered >= newest
      let (open, asleep) = (manager.calls.count, clock.sleepers(face: Self.scriptFace))
      quiet = isTold && open <= asleep ? quiet + 1 : 0
      // Events that wait behind a hook that sleeps are open, too.
      unchanged = isTold && asleep > 0 && open == last ? unchanged + 1 : 0
      last = open
      if quiet >= 3 || unchanged >= 30 { return }
      try await Task.sleep(for: .milliseconds(2))
    }
    throw EngineError(.timeout, "the hooks did not come to rest within \(Self.patience)")
  }

  /// Moves the clock, and lets everything happen that is due on the way, in order.
  func advance(by duration: Duration) async throws {
    let end = clock.now().addingTimeInterval(duration.seconds)
    try await settle()
    while true {
      _ = clock.step(to: end)
      try await settle()
      if clock.now() >= end, !clock.step(to: end) { return }
    }
  }

  /// Runs a boot script, and moves the clock until it has ended, at most by `limit`.
  func boot(
    _ script: String, sequence: [BootStage], variables: [String: String], limit: Duration
  ) async throws -> BootProgress {
    let journal = BootJournal(
      sequence: sequence, isAwaited: true, bootID: "test", registry: registry, now: context.now
    ) { [context] event, _ in await context.events.append([event]) }
    try await journal.begin(script, isResuming: true)
    let task = Task { [manager] in
      do {
        try await manager.boot(script, journal: journal, plan: nil, variables: variables)
        await journal.finish()
      } catch {
        if !Task.isCancelled { await journal.fail(EngineError.wrap(error)) }
      }
    }
    defer { task.cancel() }
    let end = clock.now().addingTimeInterval(limit.seconds)
    while await journal.isRunning, clock.now() < end {
      // What needs no time has it first.
      for _ in 0..<10 where await journal.isRunning { try await Task.sleep(for: .milliseconds(2)) }
      if await journal.isRunning { try await advance(by: .seconds(1)) }
    }
    try await settle()
    guard let progress = await journal.progress else { throw EngineError(.cancelled, "the boot was stopped") }
    return progress
  }

  /// Writes an event into the node's history.
  func append(_ event: Event) async { await context.events.append([event]) }

  /// Waits until `condition` holds.
  func eventually(_ what: String, _ condition: () async throws -> Bool) async throws {
    let deadline = ContinuousClock.now + Self.patience
    while try await !condition() {
      guard ContinuousClock.now < deadline else { throw EngineError(.timeout, "\(what) did not happen") }
      try await Task.sleep(for: .milliseconds(2))
    }
  }
}

/// Hands on what is logged, a line at a time.
private struct LineLogHandler: LogHandler {
  let write: @Sendable (String) -> Void
  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level = .debug

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) { write("\(event.level): \(event.message)") }
}
