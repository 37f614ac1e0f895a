internal import Foundation

/// What the agent knows of the runtimes' objects, kept current by its own operations, process watches,
/// runtime events and a periodic resync.
///
/// Everybody who learns something reports the object as it was seen; the store compares it with what it
/// knew and answers what changed. So a thing that is noticed three times (watch, event, resync) is told once.
actor ObservedStore {
  /// What a report changed.
  enum Change: Hashable, Sendable {
    /// A process of ours ended and nobody of us ended it.
    case exited(Instance)
    /// It runs and was not started by us.
    case running(Instance)
    /// It ended and was started again by its runtime.
    case restarted(Instance, exitCode: Int?)
    /// Somebody removed it.
    case removed(Instance)
  }

  /// By how many seconds a look may be later than what it is taken to show.
  private static let trustedLead = 10.0

  /// What a change is told by.
  private struct Seen {
    var isUp: Bool
    var pid: Int?
    var startedAt: Date?
  }

  private var known: [String: Instance] = [:]
  /// How often something was taken over, and which of these times an object was seen last.
  private var moment: UInt64 = 0
  private var seenAt: [String: UInt64] = [:]
  /// When objects went that are known to be gone, as far back as a listing may have begun.
  private var goneAt: [String: UInt64] = [:]
  /// What an earlier run of the agent saw last, of what this one has not seen yet.
  private var remembered: [String: (record: ObservedRecord, runtime: RuntimeKind)] = [:]
  private var expected: [String: Int] = [:]
  private var deferred: [String: Date] = [:]
  private var loaded: Set<RuntimeKind> = []
  private var others: [RuntimeKind: [UnmanagedInstance]] = [:]
  private var imagesByRuntime: [RuntimeKind: [String: String]] = [:]
  private var exits: [String: (code: Int, time: Date)] = [:]
  /// What their health checks say of objects, by the process that was looked at.
  private var health: [String: (pid: Int?, verdict: HealthMonitor.Health.Verdict)] = [:]

  /// Whether the runtime of that kind has been listed at least once.
  func isLoaded(_ kind: RuntimeKind) -> Bool { loaded.contains(kind) }

  /// Takes over what an earlier run of the agent saw last: what has changed since then is told when it is seen.
  func remember(_ records: [ObservedRecord], of runtime: RuntimeKind) {
    for record in records {
      guard let id = record.runtimeID, known[id] == nil else { continue }
      remembered[id] = (record, runtime)
    }
  }

  /// The present moment: what is seen from now on, a listing that begins now need not show.
  func mark() -> UInt64 { moment }

  private func noteSeen(_ id: String) {
    moment += 1
    seenAt[id] = moment
    goneAt[id] = nil
  }

  private func noteGone(_ id: String) {
    moment += 1
    seenAt[id] = nil
    goneAt[id] = moment
    if goneAt.count > 4096 { goneAt = goneAt.filter { $0.value + 2048 > moment } }
  }

  /// Everything that is known, ordered by name.
  func all() -> [Instance] { known.values.sorted { $0.name < $1.name } }

  /// The objects of one service.
  func instances(of service: String) -> [Instance] {
    known.values.filter { $0.labels.service == service }.sorted { $0.name < $1.name }
  }

  /// The object of that id.
  func instance(_ id: String) -> Instance? { known[id] }

  /// What runs here and carries no label of ours, as it was last listed.
  var unmanaged: [UnmanagedInstance] { others.values.flatMap(\.self).sorted { $0.name < $1.name } }

  /// Takes over what runs in a runtime and is not ours.
  func noteUnmanaged(_ instances: [UnmanagedInstance], of kind: RuntimeKind) { others[kind] = instances }

  /// The ids of local images, by the reference that definitions use.
  var images: [String: String] { imagesByRuntime.values.reduce(into: [:]) { $0.merge($1) { $1 } } }

  /// Takes over which images a runtime has.
  func noteImages(_ images: [String: String], of kind: RuntimeKind) { imagesByRuntime[kind] = images }

  /// Takes over with which code the last run of an object ended, as its runtime told.
  func noteExit(_ id: String, code: Int, at time: Date) { exits[id] = (code, time) }

  /// With which code the run of an object that began at `start` ended; `nil` where that was not told.
  func exitCode(of id: String, since start: Date?) -> Int? {
    guard let exit = exits[id], exit.time >= start ?? .distantPast else { return nil }
    return exit.code
  }

  /// Takes over what a health check says of the process that an object has; `nil` takes it back.
  func set(_ verdict: HealthMonitor.Health.Verdict?, of id: String, pid: Int?) {
    health[id] = verdict.map { (pid, $0) }
    guard var instance = known[id], instance.state.isUp else { return }
    instance.state = .running
    known[id] = merged(instance)
  }

  /// Says that an operation is about to change the object: what is seen of it meanwhile is no surprise.
  func expect(_ id: String) { expected[id, default: 0] += 1 }

  /// Ends ``expect(_:)``; says whether something happened meanwhile that the object as it is known does not show.
  func settle(_ id: String) -> Bool {
    guard let count = expected[id] else { return false }
    expected[id] = count > 1 ? count - 1 : nil
    guard count == 1, let time = deferred.removeValue(forKey: id) else { return false }
    return !shows(id, time)
  }

  /// Whether the runtime has to be asked about an object to which something happened at `time`.
  ///
  /// Not where the object as it is known shows it already, and not yet where an operation is at it: that looks
  /// at what it made, and ``settle(_:)`` tells whether that was enough.
  func needsLook(_ id: String, at time: Date) -> Bool {
    guard !shows(id, time) else { return false }
    guard expected[id] != nil else { return true }
    deferred[id] = max(deferred[id] ?? time, time)
    return false
  }

  /// Whether the object was seen after `time`.
  ///
  /// Long after says nothing: then it was the clock that was set back.
  private func shows(_ id: String, _ time: Date) -> Bool {
    guard let asOf = known[id]?.asOf else { return false }
    return (0..<Self.trustedLead).contains(asOf.timeIntervalSince(time))
  }

  /// Takes over what an operation of our own made of an object.
  func note(_ instance: Instance) {
    noteSeen(instance.id)
    known[instance.id] = merged(instance)
    remembered[instance.id] = nil
  }

  /// Forgets an object that an operation of our own removed.
  func forget(_ id: String) {
    known[id] = nil
    noteGone(id)
    health[id] = nil
    exits[id] = nil
    remembered[id] = nil
  }

  /// Takes over what was seen from outside and says what that changed.
  func observe(_ instance: Instance) -> Change? {
    guard !isOutdated(instance) else { return nil }
    noteSeen(instance.id)
    let earlier = remembered.removeValue(forKey: instance.id)
      .map { Seen(isUp: $0.record.state.isUp, pid: $0.record.pid) }
    let before =
      known[instance.id].map { Seen(isUp: $0.state.isUp, pid: $0.pid, startedAt: $0.startedAt) } ?? earlier
    let now = merged(instance)
    known[instance.id] = now
    guard let before, expected[instance.id] == nil else { return nil }
    switch (before.isUp, now.state.isUp) {
    case (true, false): return .exited(now)
    case (false, true): return .running(now)
    case (true, true):
      guard let old = before.pid, let new = now.pid, old != new else { return nil }
      return .restarted(now, exitCode: exitCode(of: now.id, since: before.startedAt))
    case (false, false):
      return nil
    }
  }

  /// Takes over that an object is gone and says what that changed.
  func observeRemoved(_ id: String) -> Change? {
    remembered[id] = nil
    exits[id] = nil
    noteGone(id)
    guard let before = known.removeValue(forKey: id), expected[id] == nil else { return nil }
    return .removed(before)
  }

  /// Takes over a complete listing of one runtime, which began at ``mark()``, and says what that changed.
  ///
  /// What was seen since is not taken for gone, and what has gone since not for present: either may have happened while
  /// the listing was under way.
  func observeAll(_ instances: [Instance], of kind: RuntimeKind, begun mark: UInt64) -> [Change] {
    let first = loaded.insert(kind).inserted
    var changes: [Change] = []
    let present = Set(instances.map(\.id))
    for instance in instances where goneAt[instance.id, default: 0] <= mark {
      if let change = observe(instance) { changes.append(change) }
    }
    for (id, instance) in known where instance.runtime == kind && !present.contains(id) {
      guard expected[id] == nil, seenAt[id, default: 0] <= mark else { continue }
      if let change = observeRemoved(id), !first { changes.append(change) }
    }
    // Only what an earlier run of the agent saw may be left now.
    for (id, last) in remembered where last.runtime == kind && !present.contains(id) {
      remembered[id] = nil
      if expected[id] == nil { changes.append(.removed(Instance(id: id, last.record, in: kind))) }
    }
    return changes
  }

  /// Whether an object was looked at before it was looked at the last time, or before the process started that it is
  /// known to have.
  private func isOutdated(_ instance: Instance) -> Bool {
    guard let asOf = instance.asOf, let before = known[instance.id] else { return false }
    func isBefore(_ time: Date?) -> Bool {
      guard let lead = time?.timeIntervalSince(asOf) else { return false }
      return lead > 0 && lead < Self.trustedLead
    }
    return isBefore(before.asOf)
      || (before.state.isUp && before.pid != instance.pid && isBefore(before.startedAt))
  }

  /// Whether two times are that of one start, which is told more or less precisely.
  private static func areClose(_ one: Date?, _ other: Date?) -> Bool {
    guard let one, let other else { return one == other }
    return abs(one.timeIntervalSince(other)) < 2
  }

  /// Adds what the one that saw the object cannot know: its health, and where it was listed, how often it was restarted.
  private func merged(_ instance: Instance) -> Instance {
    var now = instance
    if now.state == .running, let health = health[now.id], health.pid == now.pid {
      switch health.verdict {
      case .starting: now.state = .starting
      case .healthy: break
      case .unhealthy: now.state = .unhealthy
      }
    }
    guard let before = known[instance.id] else { return now }
    now.restarts = max(before.restarts, instance.restarts)
    if now.imageID.isEmpty { now.imageID = before.imageID }
    if now.image.isEmpty { now.image = before.image }
    if now.pid != nil, now.pid == before.pid { now.startedAt = before.startedAt ?? now.startedAt }
    // The runtime never learned the code; who watched the process did.
    if case .exited(let code) = now.state, code < 0, case .exited(let told) = before.state, told >= 0,
      Self.areClose(now.startedAt, before.startedAt)
    {
      now.state = before.state
    }
    return now
  }
}
