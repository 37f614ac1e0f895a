internal import Foundation
internal import Logging
internal import Synchronization

/// Keeps ``ObservedStore`` current and turns surprises into events.
///
/// Process watches tell within a millisecond that something ended, the runtimes' event streams confirm it
/// with the exit code, and a periodic listing repairs what both missed.
public final class Monitor: Sendable {
  /// How long the runtime gets to learn the exit code of a process that a watch saw end.
  static let exitCodeWait: Duration = .milliseconds(1500)

  /// How long an operation of our own gets to tell about what it created.
  static let creationWait: Duration = .seconds(1)

  let runtimes: [any Runtime]
  let observed: ObservedStore
  let events: EventLog
  let registry: Registry
  let resync: Duration
  let logger: Logger
  let now: @Sendable () -> Date
  let watches: WatchTable
  private let listener: Listener
  private let surroundings = Surroundings()
  let health: HealthMonitor

  init(
    runtimes: [any Runtime], observed: ObservedStore, events: EventLog, registry: Registry, resync: Duration,
    logger: Logger, now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.now = now
    self.runtimes = runtimes
    self.observed = observed
    self.events = events
    self.registry = registry
    self.resync = resync
    self.logger = logger
    self.watches = WatchTable()
    let listener = Listener()
    self.listener = listener
    health = HealthMonitor(registry: registry, observed: observed, now: now) { instance, health in
      await Self.tell(instance, health, in: events, now: now)
      listener.tell(.health(instance, isHealthy: health.verdict == .healthy))
    }
  }

  /// What a listener is told.
  enum News: Sendable {
    /// Something changed, and nobody of us did it.
    case change(ObservedStore.Change)
    /// Its health check passes, or does not any more.
    case health(Instance, isHealthy: Bool)
    /// What is not ours, or the local images.
    case surroundings
  }

  /// Calls `listener` with all news, in place of the one that was called before.
  func onNews(_ listener: @escaping @Sendable (News) -> Void) { self.listener.set(listener) }

  /// Runs until the task is cancelled.
  public func run() async {
    await rememberLastRun()
    await withTaskGroup(of: Void.self) { group in
      for runtime in runtimes {
        group.addTask { await self.followEvents(of: runtime) }
        group.addTask { await self.resyncPeriodically(runtime) }
      }
    }
    await watches.removeAll()
    await health.endAll()
  }

  /// Lists one runtime now and takes over what it says.
  func refresh(_ runtime: any Runtime) async throws {
    // Before the listing: what is adopted while that is under way is not in it.
    let adopted = runtime.adoptedIDs
    let mark = await observed.mark()
    let instances = try await runtime.list()
    for instance in instances { await health.follow(instance, in: runtime) }
    let changes = await observed.observeAll(instances, of: runtime.kind, begun: mark)
    for instance in instances where instance.state.isUp { await watch(instance, in: runtime) }
    for change in changes { await tell(change) }
    await save(instances)
    let gone = adopted.subtracting(instances.map(\.id))
    if !gone.isEmpty {
      await runtime.release(gone)
      try await registry.forgetAdoptions(gone)
    }
  }

  /// Takes over what an operation of our own made of an object.
  func note(_ instance: Instance, in runtime: any Runtime) async {
    await health.follow(instance, in: runtime)
    await observed.note(instance)
    if instance.imageID.isEmpty { surroundings.complete(in: runtime, self) }
    if instance.state.isUp { await watch(instance, in: runtime) }
    await save([instance])
  }

  /// Forgets an object that an operation of our own removed.
  func forget(_ instance: Instance) async {
    await watches.remove(instance.id)
    await health.end(instance.id)
    await observed.forget(instance.id)
  }

  /// Lets what ended or came back while there was no agent be told when it is seen.
  ///
  /// What was seen before the machine's last boot says nothing: everything has ended since.
  private func rememberLastRun() async {
    do {
      let boot = MachineBoot.time
      // What an operation was at when the agent ended, it may have removed itself.
      let unsettled = Set(try await registry.unfinishedOperations().map(\.service))
      let services = try await registry.services().filter { !unsettled.contains($0.definition.name) }
      let records = try await registry.observed().filter { $0.observedAt >= boot }
      for kind in runtimes.map(\.kind) {
        await observed.remember(
          records.filter { record in
            let service = services.first { $0.definition.name == record.service }
            return service?.definition.component(record.component)?.runtime == kind
          }, of: kind)
      }
    } catch {
      logger.warning("what was observed last cannot be read", metadata: ["error": "\(error)"])
    }
  }

  // MARK: - Event streams

  private func followEvents(of runtime: any Runtime) async {
    var backoff = Duration.milliseconds(100)
    var since: Date?
    while !Task.isCancelled {
      do {
        for try await event in runtime.events(since: since) {
          since = max(since ?? event.time, event.time)
          backoff = .milliseconds(100)
          await handle(event, in: runtime)
        }
      } catch {
        logger.debug("the event stream ended", metadata: ["error": "\(error)"])
      }
      since = since ?? Date()
      try? await Task.sleep(for: backoff)
      backoff = min(backoff * 2, .seconds(10))
      guard !Task.isCancelled else { break }
      try? await refresh(runtime)
      surroundings.images(in: runtime, self)
    }
  }

  private func handle(_ event: RuntimeEvent, in runtime: any Runtime) async {
    guard event.labels != nil else {
      switch event.action {
      case .started, .died, .removed, .renamed: surroundings.others(in: runtime, self)
      // Runtimes share a store of images, and one tells of it.
      case .imagesChanged: for runtime in runtimes { surroundings.images(in: runtime, self) }
      case .created, .changed, .other: break
      }
      return
    }
    if case .died(let code?) = event.action { await observed.noteExit(event.id, code: code, at: event.time) }
    switch event.action {
    case .removed:
      await watches.remove(event.id)
      await health.end(event.id)
      if let change = await observed.observeRemoved(event.id) { await tell(change) }
    case .created:
      lookLater(at: event.id, in: runtime)
    case .started, .died, .renamed, .changed:
      if case .started = event.action { await tellStart(of: event.id, at: event.time, in: runtime) }
      guard await observed.needsLook(event.id, at: event.time) else { return }
      // Beside the stream: a runtime that is at an object answers late, and others' events must not wait for that.
      Task { await look(at: event.id, in: runtime) }
    case .imagesChanged, .other:
      break
    }
  }

  /// Lists what is not ours.
  func refreshOthers(in runtime: any Runtime) async throws {
    await observed.noteUnmanaged(try await runtime.listUnmanaged(), of: runtime.kind)
    listener.tell(.surroundings)
  }

  /// Looks which images the definitions' references stand for at present.
  func refreshImages(in runtime: any Runtime) async throws {
    let wanted = try await registry.services().flatMap(\.definition.components)
      .filter { $0.runtime == runtime.kind }.compactMap(\.image)
    var images: [String: String] = [:]
    for image in Set(wanted) { images[image] = try await runtime.imageID(image) }
    await observed.noteImages(images, of: runtime.kind)
    listener.tell(.surroundings)
  }

  /// Looks at an object that somebody created, unless an operation of our own has told about it by then.
  private func lookLater(at id: String, in runtime: any Runtime) {
    Task { [weak self] in
      try? await Task.sleep(for: Self.creationWait)
      guard let self, await self.observed.instance(id) == nil else { return }
      await self.look(at: id, in: runtime)
    }
  }

  /// Asks the runtime about one object and takes over the answer.
  func look(at id: String, in runtime: any Runtime) async {
    do {
      let instance = try await runtime.inspect(id)
      await health.follow(instance, in: runtime)
      let change = await observed.observe(instance)
      if instance.state.isUp { await watch(instance, in: runtime) }
      if let change {
        await tell(change)
        await save([instance])
      }
    } catch let error as EngineError where error.code == .notFound {
      await health.end(id)
      if let change = await observed.observeRemoved(id) { await tell(change) }
    } catch {
      logger.debug("an object could not be inspected", metadata: ["id": "\(id)", "error": "\(error)"])
    }
  }

  // MARK: - Resync

  private func resyncPeriodically(_ runtime: any Runtime) async {
    var wait = Duration.zero
    var hasImages = false
    while !Task.isCancelled {
      do {
        try await refresh(runtime)
        try await refreshOthers(in: runtime)
        if !hasImages { try await refreshImages(in: runtime) }
        hasImages = true
        wait = resync
      } catch {
        logger.debug("a runtime could not be listed", metadata: ["error": "\(error)"])
        wait = min(max(wait * 2, .milliseconds(250)), resync)
      }
      try? await Task.sleep(for: wait)
    }
  }

  // MARK: - Telling

  func tell(_ change: ObservedStore.Change) async {
    listener.tell(.change(change))
    switch change {
    case .exited(let instance):
      await tell(EventKind.exit, instance, "\(instance.name) ended: \(instance.state)")
    case .running(let instance): await tell(EventKind.running, instance, "\(instance.name) runs")
    case .restarted(let instance, let code):
      // Back before anybody saw it down: it ended all the same, and those who wait for that are told.
      let how = code.map { ", \(ObservedState.exited(code: $0))," } ?? ""
      await tell(
        EventKind.exit, instance, "\(instance.name) ended\(how) and was started again by its runtime",
        exitCode: code)
    case .removed(let instance):
      await health.end(instance.id)
      await tell(EventKind.removed, instance, "\(instance.name) was removed by somebody else")
      try? await registry.forgetObserved(
        service: instance.labels.service, component: instance.labels.component)
    }
  }

  private static func tell(
    _ instance: Instance, _ health: HealthMonitor.Health, in events: EventLog, now: @Sendable () -> Date
  ) async {
    var details = ["runtime_id": instance.id]
    details["reason"] = health.failure
    let isHealthy = health.verdict == .healthy
    let message =
      isHealthy
      ? "\(instance.name) passes its health check"
      : "\(instance.name) does not pass its health check: \(health.failure ?? "no reason")"
    await events.append(
      Event(
        time: now(), actor: .agent, service: instance.labels.service, component: instance.labels.component,
        kind: isHealthy ? EventKind.healthy : EventKind.unhealthy, message: message, details: details),
      limitedBy: "health of \(instance.labels.service)/\(instance.labels.component)", fleeting: true)
  }

  private func tell(_ kind: String, _ instance: Instance, _ message: String, exitCode: Int? = nil) async {
    var details = ["runtime_id": instance.id, "state": instance.state.description]
    details["exit_code"] = exitCode.map(String.init)
    if case .exited(let code) = instance.state { details["exit_code"] = String(code) }
    await events.append(
      Event(
        time: now(), actor: .agent, service: instance.labels.service, component: instance.labels.component,
        kind: kind, message: message, details: details),
      limitedBy: "\(instance.labels.service)/\(instance.labels.component)", fleeting: true)
  }

  private func save(_ instances: [Instance]) async {
    do {
      let now = now()
      try await registry.saveObserved(instances.map { ObservedRecord($0, at: now) })
    } catch {
      logger.warning("observed state could not be stored", metadata: ["error": "\(error)"])
    }
  }
}

/// Who is told of news.
private final class Listener: Sendable {
  private let handler = Mutex<(@Sendable (Monitor.News) -> Void)?>(nil)

  func set(_ handler: @escaping @Sendable (Monitor.News) -> Void) { self.handler.withLock { $0 = handler } }

  func tell(_ news: Monitor.News) { handler.withLock { $0 }?(news) }
}

extension ObservedRecord {
  /// What the registry keeps of an object that was seen at `time`.
  init(_ instance: Instance, at time: Date) {
    self.init(
      service: instance.labels.service, component: instance.labels.component, state: instance.state,
      since: instance.state.isUp ? instance.startedAt : instance.finishedAt, restarts: instance.restarts,
      runtimeID: instance.id, specHash: instance.labels.specHash, image: instance.image,
      imageID: instance.imageID, pid: instance.pid, observedAt: time)
  }
}

extension Instance {
  /// An object that is gone, as it was last seen.
  init(id: String, _ record: ObservedRecord, in runtime: RuntimeKind) {
    self.init(
      id: id, name: Planner.instanceName(service: record.service, component: record.component),
      labels: InstanceLabels(
        service: record.service, component: record.component, revision: 0, specHash: record.specHash ?? "",
        node: ""),
      runtime: runtime, state: record.state, image: record.image ?? "", imageID: record.imageID ?? "")
  }
}
