internal import Foundation

/// Waits until an object that was started shows that it works.
///
/// It must not end, must pass its health check where it has one, and must be up for the settling time.
struct StartGate: Sendable {
  /// How long it may take beyond the deadline of a health check: the looks themselves take time.
  private static let reserve = Duration.seconds(5)

  private enum Happening: Sendable {
    case ended, settled, late
    case health(HealthMonitor.Health)
  }

  let context: NodeContext
  /// What the object is checked by; `nil` where it is enough that it stays up.
  let check: HealthCheck?
  /// How long it must be up.
  let settle: Duration

  /// Returns once it works; throws `operationFailed` with the reason where it does not.
  func pass(_ id: String, in runtime: any Runtime) async throws {
    let started = try await runtime.inspect(id)
    guard started.state.isUp else { throw Self.ended(started, after: nil) }
    let (stream, continuation) = AsyncStream.makeStream(of: Happening.self)
    defer { continuation.finish() }
    var watch: WatchToken?
    if let pid = started.pid {
      watch = ProcessWatcher.shared.watch(pid: pid) { continuation.yield(.ended) }
      if watch == nil { throw await ended(id, since: started, in: runtime) }
    }
    defer { watch?.cancel() }
    let work = follow(started, in: runtime, continuation)
    defer { for task in work { task.cancel() } }
    var settled = false
    var health: HealthMonitor.Health?
    for await happening in stream {
      switch happening {
      case .ended: throw await ended(id, since: started, in: runtime)
      case .settled: settled = true
      case .health(let now): health = now
      case .late: throw Self.unhealthy(started, health?.failure ?? "its health check said nothing in time")
      }
      if let health, health.verdict == .unhealthy {
        throw Self.unhealthy(started, health.failure ?? "its health check fails")
      }
      if settled, check == nil || (health?.verdict == .healthy && health?.failure == nil) { break }
    }
    try Task.checkCancellation()
    let now = try await runtime.inspect(id)
    guard now.state.isUp, now.pid == started.pid else { throw await ended(id, since: started, in: runtime) }
  }

  /// Reports what happens to the object.
  private func follow(
    _ instance: Instance, in runtime: any Runtime, _ report: AsyncStream<Happening>.Continuation
  ) -> [Task<Void, Never>] {
    let up = max(
      .zero, settle - .seconds(context.now().timeIntervalSince(instance.startedAt ?? context.now())))
    var work = [
      Task {
        try? await Task.sleep(for: min(up, settle))
        report.yield(.settled)
      }
    ]
    guard let check else { return work }
    let health = context.monitor.health
    work.append(
      Task {
        await health.follow(instance, in: runtime)
        for await state in await health.changes(of: instance.id) { report.yield(.health(state)) }
      })
    work.append(
      Task {
        try? await Task.sleep(for: .milliseconds(check.deadlineMs + check.timeoutMs) + settle + Self.reserve)
        report.yield(.late)
      })
    return work
  }

  /// What to say of an object that has ended: its runtime learns of it a little later.
  private func ended(_ id: String, since started: Instance, in runtime: any Runtime) async -> EngineError {
    let deadline = ContinuousClock.now + Monitor.exitCodeWait
    var last = started
    while ContinuousClock.now < deadline {
      if let now = try? await runtime.inspect(id), now.pid != started.pid || !now.state.isUp {
        guard now.state.isUp else { return Self.ended(now, after: started) }
        last = now
        // Its runtime has started it again, and knows no more how it ended: its event tells.
        if let code = await context.observed.exitCode(of: id, since: started.startedAt) {
          return Self.ended(now, after: started, with: code)
        }
      }
      try? await Task.sleep(for: .milliseconds(20))
    }
    return Self.ended(last, after: started)
  }

  private static func ended(_ now: Instance, after started: Instance?, with code: Int? = nil) -> EngineError {
    var how = "\(now.state)"
    if now.state.isUp {
      how = code.map { "\(ObservedState.exited(code: $0)), " } ?? ""
      how += "and was started again by its runtime"
    }
    var when = ""
    if let began = started?.startedAt, let end = now.finishedAt, end > began {
      when =
        " \(DurationText.format(.milliseconds(Int64(end.timeIntervalSince(began) * 1000)))) after its start"
    }
    return EngineError(.operationFailed, "\(now.name) ended\(when): \(how)")
  }

  private static func unhealthy(_ instance: Instance, _ reason: String) -> EngineError {
    EngineError(.operationFailed, "\(instance.name) does not pass its health check", cause: reason)
  }
}
