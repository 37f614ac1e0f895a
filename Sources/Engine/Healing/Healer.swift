internal import Foundation
internal import Logging

/// Looks at drift whenever something happens: tells what lasts, and restores what its runtime does not.
///
/// Its first look is the recovery of the node: whatever should run and does not is started.
public actor Healer {
  private typealias Subject = DriftTracker.Subject

  private let context: NodeContext
  private var tracker: DriftTracker
  private var records: [DriftTracker.Subject: HealRecord] = [:]
  /// Services that are being healed.
  private var healing: Set<String> = []
  private var isFirst = true
  private var isOpen = false
  private var isLooking = false
  private var mustLookAgain = false
  private var timer: Task<Void, Never>?

  /// Creates a healer that does nothing yet.
  init(context: NodeContext) {
    self.context = context
    tracker = DriftTracker(settings: context.settings.drift)
  }

  /// Heals until the task is cancelled.
  public func run() async {
    context.monitor.onNews { [weak self] news in Task { await self?.note(news) } }
    await context.boot.onOpen { [weak self] in Task { await self?.lookSoon() } }
    await recall()
    isOpen = true
    while !Task.isCancelled {
      await look()
      // Whatever nothing told of.
      try? await Task.sleep(for: min(context.settings.resync, .seconds(5)))
    }
    isOpen = false
    timer?.cancel()
  }

  /// Forgets what was tried for a service: somebody has done something about it.
  func forget(_ service: String) {
    for subject in records.keys where subject.service == service { records[subject] = nil }
    lookSoon()
  }

  /// Looks as soon as possible.
  func lookSoon() { look(at: .now) }

  private func note(_ news: Monitor.News) async {
    switch news {
    case .change(.exited(let instance)), .change(.restarted(let instance, _)): await noteEnd(of: instance)
    case .health(let instance, false): tracker.noteChange(of: Self.subject(instance), at: context.now())
    case .change(.running), .change(.removed), .health, .surroundings: break
    }
    lookSoon()
  }

  private func look(at time: ContinuousClock.Instant) {
    guard isOpen else { return }
    timer?.cancel()
    timer = Task { [weak self] in
      try? await Task.sleep(until: time)
      if !Task.isCancelled { await self?.look() }
    }
  }

  /// Takes over what an earlier agent told of, so that its end is told as well.
  private func recall() async {
    for alert in (try? await context.registry.alerts(resolved: 0, at: context.now())) ?? [] {
      guard let service = alert.service, let component = alert.component else { continue }
      let subject = Subject(service: service, component: component)
      switch alert.key.split(separator: ":").first.map(String.init) {
      case "drift":
        guard
          let kind = alert.key.split(separator: ":").dropFirst().first.flatMap({
            Drift.Kind(rawValue: String($0))
          })
        else { continue }
        tracker.recall(
          Drift(kind: kind, service: service, component: component, message: alert.summary),
          since: alert.since)
      case "flapping": tracker.recallFlapping(subject)
      case "crash-loop": records[subject] = .looping(since: alert.lastSeen)
      default: continue
      }
    }
  }

  // MARK: - Looking

  private func look() async {
    guard isOpen else { return }
    guard !isLooking else {
      mustLookAgain = true
      return
    }
    isLooking = true
    repeat {
      mustLookAgain = false
      do {
        try await lookOnce()
      } catch {
        context.logger.warning("drift could not be looked at", metadata: ["error": "\(error)"])
      }
    } while mustLookAgain
    isLooking = false
  }

  private func lookOnce() async throws {
    for runtime in context.runtimes where await !context.observed.isLoaded(runtime.kind) {
      // The monitor goes on trying, and what it finds wakes us.
      return look(at: .now + .milliseconds(100))
    }
    tracker.settings = context.settings.drift
    let services = try await context.registry.services()
    var busy = await context.tracker.busyServices
    busy.formUnion(await context.tracker.unsettledServices)
    let instances = await context.observed.all()
    let drifts = DriftDetector.drift(
      services: services, instances: instances, busy: busy, unmanaged: await context.observed.unmanaged,
      images: await context.observed.images, bootedAt: MachineBoot.time)
    let now = context.now()
    // What an operation is at is neither there nor gone.
    for news in tracker.update(drifts, at: now) { await tell(news, at: now) }
    await forgetCalm(except: drifts, busy: busy, at: now)
    var due: [String: [Repair]] = [:]
    var next = tracker.nextLook(after: now)
    for drift in drifts where !healing.contains(drift.service) {
      // What the boot sequence brings up is its business until then.
      guard await context.boot.mayHeal(drift.service) else { continue }
      guard let service = services.first(where: { $0.definition.name == drift.service }),
        let component = service.definition.component(drift.component)
      else { continue }
      switch judge(drift, component, instances, at: now) {
      case .leave: break
      case .wait(let time): next = min(next ?? time, time)
      case .repair(let repair): due[drift.service, default: []].append(repair)
      }
    }
    isFirst = false
    for (service, repairs) in due { heal(service, repairs) }
    if let next { look(at: .now + .seconds(max(0.01, next.timeIntervalSince(context.now())))) }
  }

  private func judge(
    _ drift: Drift, _ component: Component, _ instances: [Instance], at now: Date
  ) -> HealJudgement {
    let own = instances.filter {
      $0.labels.service == drift.service && $0.labels.component == drift.component
    }
    let subject = Subject(service: drift.service, component: drift.component)
    return HealJudgement.decide(
      HealJudgement.Case(
        drift: drift, since: tracker.since(drift) ?? now, component: component,
        instance: own.first(where: \.state.isUp) ?? own.first, record: records[subject] ?? HealRecord(),
        mayRecoverAlone: !isFirst && startsAgain(component), grace: context.settings.drift.grace,
        bootedAt: MachineBoot.time), at: now)
  }

  private func startsAgain(_ component: Component) -> Bool {
    (try? context.runtime(component.runtime))?.startsAgain ?? true
  }

  private func forgetCalm(except drifts: [Drift], busy: Set<String>, at now: Date) async {
    let troubled = Set(drifts.map { Subject(service: $0.service, component: $0.component) })
    for subject in records.keys where !troubled.contains(subject) && !busy.contains(subject.service) {
      guard let record = records[subject], record.isPast(at: now) else { continue }
      records[subject] = nil
      guard record.hasLooped else { continue }
      await tell(
        EventKind.crashLoop, subject, "\(subject.service)/\(subject.component) keeps running again",
        ["result": "over"])
    }
  }

  // MARK: - Healing

  private func heal(_ service: String, _ repairs: [Repair]) {
    healing.insert(service)
    Task {
      var failure: EngineError?
      do {
        let plane = Orchestrator(context: context, caller: .agent)
        _ = try await plane.recover(service, isAutomatic: true, repairs: repairs) { _ in }
      } catch {
        failure = EngineError.wrap(error)
      }
      await finish(service, repairs, failure)
    }
  }

  private func finish(_ service: String, _ repairs: [Repair], _ failure: EngineError?) async {
    healing.remove(service)
    let now = context.now()
    for repair in repairs {
      let subject = Subject(service: service, component: repair.component)
      records[subject, default: HealRecord()].noteAttempt(at: now, failure: failure)
      guard records[subject]?.hasGivenUp == true, let failure else { continue }
      await tell(
        EventKind.healingEnded, subject,
        "\(service)/\(repair.component) could not be made to run in \(HealRecord.limit) attempts, and is left alone: \(failure)",
        ["hint": "once it can run: mcp recover \(service)"])
    }
    lookSoon()
  }

  // MARK: - Crash loops

  private func noteEnd(of instance: Instance) async {
    let subject = Self.subject(instance)
    let now = context.now()
    tracker.noteChange(of: subject, at: now)
    guard let pause = records[subject, default: HealRecord()].noteEnd(at: now),
      !healing.contains(subject.service),
      let service = try? await context.registry.service(subject.service),
      service.definition.component(subject.component)?.heal == true
    else { return }
    healing.insert(subject.service)
    defer { healing.remove(subject.service) }
    let code =
      switch await context.observed.instance(instance.id)?.state {
      case .exited(let code)?: code
      default: await context.observed.exitCode(of: instance.id, since: nil) ?? 0
      }
    do {
      guard try await hold(instance.id) else { return }
      await tell(
        EventKind.crashLoop, subject,
        "\(instance.name) ended \(HealRecord.crashes) times within \(Int(HealRecord.crashWindow)) seconds, the last time with code \(code); it is started again in \(Int(pause)) seconds",
        ["exit_code": "\(code)", "pause_s": "\(Int(pause))"])
    } catch {
      context.logger.warning(
        "a crash loop could not be slowed down", metadata: ["name": "\(instance.name)", "error": "\(error)"])
    }
  }

  /// Stops an object so that its runtime does not start it again; returns whether that is so.
  private func hold(_ id: String) async throws -> Bool {
    guard let known = await context.observed.instance(id) else { return false }
    let service = known.labels.service
    let runtime = try context.runtime(known.runtime)
    return try await context.serviceLocks.withLock(service) {
      guard
        let record = try await context.registry.service(service)?.components
          .first(where: { $0.name == known.labels.component }), record.desired == .running
      else { return false }
      await context.observed.expect(id)
      var isDown = false
      do {
        // Between two runs there is nothing to stop, and the next one is about to begin.
        for _ in 0..<10 where !isDown {
          try await runtime.stop(id, grace: context.settings.stopGrace)
          try await Task.sleep(for: .milliseconds(200))
          isDown = try await !runtime.inspect(id).state.isUp
        }
        await context.monitor.note(try await runtime.inspect(id), in: runtime)
      } catch {
        _ = await context.observed.settle(id)
        throw error
      }
      _ = await context.observed.settle(id)
      return isDown
    }
  }

  // MARK: - Telling

  private func tell(_ news: DriftTracker.News, at now: Date) async {
    switch news {
    case .lasting(let drift):
      await tell(EventKind.drift, Self.subject(drift), drift.message, ["drift": drift.kind.rawValue])
    case .over(let drift, let seconds):
      await tell(
        EventKind.driftEnded, Self.subject(drift),
        "over after \(DurationText.format(.milliseconds(Int64(seconds * 1000)))): \(drift.message)",
        ["drift": drift.kind.rawValue])
    case .flapping(let subject, let changes):
      await tell(
        EventKind.flapping, subject,
        "\(subject.service)/\(subject.component) changed \(changes) times within \(DurationText.format(tracker.settings.flapWindow))",
        ["changes": "\(changes)"])
    case .calm(let subject):
      await tell(
        EventKind.flapping, subject, "\(subject.service)/\(subject.component) keeps still again",
        ["changes": "0", "result": "over"])
    }
  }

  private func tell(
    _ kind: String, _ subject: DriftTracker.Subject, _ message: String, _ details: [String: String]
  ) async {
    let isOurs = !subject.service.isEmpty
    await context.events.append([
      Event(
        time: context.now(), actor: .agent, service: isOurs ? subject.service : nil,
        component: isOurs ? subject.component : nil, kind: kind, message: message, details: details)
    ])
  }

  private static func subject(_ drift: Drift) -> DriftTracker.Subject {
    Subject(service: drift.service, component: drift.component)
  }

  private static func subject(_ instance: Instance) -> DriftTracker.Subject {
    Subject(service: instance.labels.service, component: instance.labels.component)
  }
}
