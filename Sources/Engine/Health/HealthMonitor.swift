internal import Foundation

/// Keeps looking whether what runs works, as its definition says.
///
/// An object is followed from its start to its end. Until it passes for the first time it is looked at often, and has
/// until its check's deadline; from then on once an interval, and so many failures in a row as the check says make it
/// unhealthy.
actor HealthMonitor {
  /// What is known of an object's health.
  struct Health: Hashable, Sendable {
    /// What the looks add up to.
    enum Verdict: Hashable, Sendable {
      /// It has not passed yet, and has time left.
      case starting
      /// It passes, or has failed less often in a row than makes it unhealthy.
      case healthy
      /// It does not work.
      case unhealthy
    }

    /// What the looks add up to.
    var verdict = Verdict.starting
    /// Why the last look failed; `nil` where it did not, or there was none.
    var failure: String?
  }

  private struct Entry {
    var subject: Subject
    var health = Health()
    var work: Task<Void, Never>?
    var followers: [UInt64: AsyncStream<Health>.Continuation] = [:]
  }

  /// What is looked at: one run of an object, by one check.
  private struct Subject: Hashable {
    var pid: Int?
    var startedAt: Date?
    var check: HealthCheck
    var endpoint: ProbeEndpoint?
  }

  private static let firstPause = Duration.milliseconds(50)
  private static let longestPause = Duration.seconds(1)

  private let registry: Registry
  private let observed: ObservedStore
  private let tell: @Sendable (Instance, Health) async -> Void
  private let now: @Sendable () -> Date
  private var entries: [String: Entry] = [:]
  private var nextFollower: UInt64 = 0
  private var assumed: [String: ServiceDefinition] = [:]

  /// Creates a monitor; `tell` is called where a verdict has changed.
  init(
    registry: Registry, observed: ObservedStore, now: @escaping @Sendable () -> Date,
    tell: @escaping @Sendable (Instance, Health) async -> Void
  ) {
    self.registry = registry
    self.observed = observed
    self.now = now
    self.tell = tell
  }

  /// Begins to look at an object that runs, unless that is done already; ends it where it does not run, or its
  /// component has no health check any more.
  func follow(_ instance: Instance, in runtime: any Runtime) async {
    guard instance.state.isUp else { return await end(instance.id) }
    let service = instance.labels.service
    let registered: ServiceRecord?
    do {
      registered = try await registry.service(service)
    } catch {
      return
    }
    guard let component = (assumed[service] ?? registered?.definition)?.component(instance.labels.component),
      let check = component.effectiveHealth
    else { return await end(instance.id) }
    let subject = Subject(
      pid: instance.pid,
      // Only where there is no process to go by: how precisely it is told depends on who was asked.
      startedAt: instance.pid == nil ? instance.startedAt : nil, check: check,
      endpoint: check.port.flatMap {
        component.probeEndpoint(of: $0, assigned: instance.labels.routes)
      })
    if entries[instance.id]?.subject == subject { return }
    entries[instance.id]?.work?.cancel()
    // The followers of an earlier run see what becomes of this one.
    entries[instance.id] = Entry(subject: subject, followers: entries[instance.id]?.followers ?? [:])
    await observed.set(.starting, of: instance.id, pid: instance.pid)
    guard let entry = entries[instance.id], entry.subject == subject, entry.work == nil else { return }
    let probe = HealthProbe(check: check, endpoint: subject.endpoint, id: instance.id, runtime: runtime)
    entries[instance.id]?.work = Task { [weak self] in await self?.look(at: instance, with: probe) }
  }

  /// Lets a definition hold for a service in the place of the registry's, as while a deploy is undone; `nil` ends that.
  func assume(_ definition: ServiceDefinition?, of service: String) { assumed[service] = definition }

  /// Ends looking at an object.
  func end(_ id: String) async {
    guard let entry = entries.removeValue(forKey: id) else { return }
    entry.work?.cancel()
    for follower in entry.followers.values { follower.finish() }
    await observed.set(nil, of: id, pid: nil)
  }

  /// Ends everything.
  func endAll() async { for id in entries.keys { await end(id) } }

  /// What the last look at each object found, in one line; what was not looked at yet is left out.
  var findings: [String: String] {
    entries.compactMapValues { entry in
      entry.health.failure ?? (entry.health.verdict == .healthy ? ComponentStatus.passing : nil)
    }
  }

  /// What is known of an object, now and whenever it changes; ends where it is not looked at any more.
  func changes(of id: String) -> AsyncStream<Health> {
    let (stream, continuation) = AsyncStream.makeStream(of: Health.self)
    guard let entry = entries[id] else {
      continuation.finish()
      return stream
    }
    nextFollower += 1
    let number = nextFollower
    entries[id]?.followers[number] = continuation
    continuation.onTermination = { [weak self] _ in
      Task { await self?.unfollow(id, number) }
    }
    continuation.yield(entry.health)
    return stream
  }

  private func unfollow(_ id: String, _ number: UInt64) { entries[id]?.followers[number] = nil }

  private func look(at instance: Instance, with probe: HealthProbe) async {
    let check = probe.check
    let began = now()
    let deadline = (instance.startedAt ?? began).addingTimeInterval(Double(check.deadlineMs) / 1000)
    let interval = Duration.milliseconds(check.intervalMs)
    var pause = Self.firstPause
    var failures = 0
    var health = Health()
    while !Task.isCancelled {
      let failure = await probe.failure()
      if Task.isCancelled { return }
      failures = failure == nil ? 0 : failures + 1
      health.failure = failure
      if failure == nil {
        health.verdict = .healthy
      } else if failures >= check.retries, health.verdict != .starting || now() >= deadline {
        health.verdict = .unhealthy
      }
      await take(health, of: instance)
      let isStarting = health.verdict == .starting
      try? await Task.sleep(for: isStarting ? min(pause, interval) : interval)
      pause = min(pause * 2, Self.longestPause)
    }
  }

  private func take(_ health: Health, of instance: Instance) async {
    guard let entry = entries[instance.id], entry.health != health, !Task.isCancelled else { return }
    entries[instance.id]?.health = health
    for follower in entry.followers.values { follower.yield(health) }
    guard entry.health.verdict != health.verdict else { return }
    await observed.set(health.verdict, of: instance.id, pid: instance.pid)
    await tell(instance, health)
  }
}
