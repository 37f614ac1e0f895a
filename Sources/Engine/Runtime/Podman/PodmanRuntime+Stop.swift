internal import Foundation
internal import Logging

extension PodmanRuntime {
  /// Stops a container: the image's stop signal, after `grace` the kill signal.
  ///
  /// Its restart policy does not undo it.
  ///
  /// Returns when the process is gone and its ports are free. Podman cleans up after it for some 60 ms more, which what is
  /// done with the container next waits for; another one can be started meanwhile, where not both are on named networks.
  /// Cancelling ends the wait; podman then kills the process a little later than `grace`.
  ///
  /// How, and why so:
  /// - Podman 4.3 forgets that a `kill` through the API was its user's wish: `always` and `unless-stopped` bring the
  ///   container back within 70 ms. Only `stop` marks it (as "stopping", before it sends the signal).
  /// - `stop` polls for the end every 100 or 250 ms. So its answer is not waited for: a pidfd says when the process is
  ///   gone, and the end of the container's monitor says when podman has cleaned up.
  /// - Its port forwarder lives as long as its monitor, which ends after the clean-up: so it is ended from here.
  /// - `stop` counts whole seconds. So the kill after `grace` is sent from here, and podman's own comes later, for
  ///   the case that this agent dies in between.
  @discardableResult
  public func stop(_ id: String, grace: Duration) async throws -> StopOutcome {
    let entry = try await requireOwned(id, to: "stop")
    let outcome = try await stopProcess(id, entry, grace: grace, until: .confirmed)
    owned.setStopped(id, true)
    return outcome
  }

  /// Stops a container whose successor is about to start.
  ///
  /// Podman holds the container's lock while it cleans up, so that its word would come 50 ms later. It marks a container as
  /// stopped before it sends the signal; one that ended by itself in that very moment may come back, and is stopped again
  /// when it is removed.
  @discardableResult
  public func stopForSuccessor(_ id: String, grace: Duration) async throws -> StopOutcome {
    let entry = try await requireOwned(id, to: "stop")
    let outcome = try await stopProcess(id, entry, grace: grace, until: .portsFree)
    owned.setStopped(id, true)
    return outcome
  }

  /// When a stop has done its work.
  enum StopEnd {
    /// The process is gone, and its ports are free.
    case portsFree
    /// Podman has said that it will not start it again, too.
    case confirmed
    /// Podman has cleaned up.
    case cleanedUp
  }

  /// Waits until podman has cleaned up after a container that was stopped.
  func waitForCleanup(of id: String) async {
    guard let cleaner = owned[id]?.cleaner else { return }
    _ = await ProcessWatcher.shared.waitForExit(
      pid: cleaner.pid, startTime: cleaner.startTime, atMost: Self.settleLimit)
    owned.setCleaner(id, nil)
  }

  /// Waits until podman has cleaned up after all containers on named networks.
  ///
  /// For that podman 4.3 reads and writes, without their locks, what it knows of the others on such networks, and netavark
  /// the file of their names: one that is being started meanwhile may lose its network, so that its name stays when it
  /// goes, with an address that is another's later (1 of 40 redeploys).
  func waitForNetworkedCleanups() async {
    for id in owned.networkedInCleanup { await waitForCleanup(of: id) }
  }

  /// Ends a container's process.
  func stopProcess(
    _ id: String, _ entry: OwnedContainers.Entry, grace: Duration, until end: StopEnd
  ) async throws -> StopOutcome {
    let name = entry.name
    await waitForCleanup(of: id)
    var outcome = StopOutcome(wasStopped: true)
    var unfinished: (restarts: Int?, since: ContinuousClock.Instant)?
    var refusal: EngineError?
    let deadline = ContinuousClock.now + max(grace, .zero) + Self.settleLimit * 3
    // More than one round where a restart policy is bringing the container back at this moment.
    while ContinuousClock.now < deadline {
      let found = try await confirmedInspection(of: id, to: "stop")
      switch Standing(found) {
      case .down: return outcome
      case .running:
        if ContainerPhase(found.state.status) == .paused { try await unpause(id, name: name) }
        // Looked for before: from the process's end on every millisecond counts.
        let forwarders = end == .cleanedUp ? [] : LeftForwarders.find(on: entry.ports)
        let killed = try await self.end(found.state.pid, id: id, name: name, grace: grace)
        outcome = StopOutcome(wasStopped: false, killed: outcome.killed || killed)
        if let monitor = found.state.monitorPid {
          if end != .cleanedUp, let cleaner = ProcessIdentity.read(pid: monitor) {
            await LeftForwarders.end(forwarders)
            let isStopped = if end == .portsFree { true } else { try await hasStopped(id) }
            if isStopped {
              owned.setCleaner(id, cleaner)
              return outcome
            }
          }
          _ = await ProcessWatcher.shared.waitForExit(pid: monitor, atMost: Self.settleLimit)
        }
      case .ending:
        // Its clean-up may restart it. A stop that comes while it runs for a moment prevents that, one that comes
        // while it does not has no effect: so it is sent until it hits. One that comes while podman starts it may fail with
        // what the start fails with.
        if unfinished?.restarts != found.restartCount || unfinished == nil {
          unfinished = (found.restartCount, .now)
        } else if let since = unfinished?.since, ContinuousClock.now - since > Self.abandonedCleanup {
          if let refusal { throw refusal }
          return outcome
        }
        do {
          try await client.open(stopRequest(id, name: name, seconds: 0), accepting: 304)
          refusal = nil
        } catch let error as EngineError where error.code == .operationFailed {
          refusal = error
        }
        try await Task.sleep(for: .milliseconds(10))
      }
      try Task.checkCancellation()
    }
    throw EngineError(
      .operationFailed, "cannot stop \(name): it is started again each time", cause: refusal?.cause,
      hint: "another agent or a systemd unit may hold on to it")
  }

  /// Whether podman knows that a container whose process has ended is not to be started again.
  private func hasStopped(_ id: String) async throws -> Bool {
    let state = try await inspection(of: id, to: "stop").state
    return state.status == "stopping" || state.stoppedByUser == true
  }

  /// A container that is not cleaned up and not restarted for so long never will be: its monitor was killed.
  private static let abandonedCleanup: Duration = .seconds(3)

  private enum Standing {
    /// It has no process and will get none, whatever podman says.
    case down
    case running
    /// Its process has ended and podman is about to clean up after it.
    case ending

    init(_ found: ContainerInspection) {
      switch ContainerPhase(found.state.status) {
      case .created, .ended, .unknown: self = .down
      case .ending: self = .ending
      case .up, .paused:
        if ProcessIdentity.isAlive(pid: found.state.pid) {
          self = .running
        } else {
          self = found.isMonitored ? .ending : .down
        }
      }
    }
  }

  private enum Progress {
    case ended
    case refused(any Error)
    case graceIsOver
  }

  /// Ends a process, politely and then not; returns whether it had to be killed.
  private func end(_ pid: Int, id: String, name: String, grace: Duration) async throws -> Bool {
    let progress = AsyncStream<Progress>.makeStream()
    guard
      let token = ProcessWatcher.shared.watch(
        pid: pid, onExit: { progress.continuation.yield(.ended) })
    else { return false }
    defer { token.cancel() }

    let stopping = requestStop(id, name: name, grace: grace) { progress.continuation.yield(.refused($0)) }
    // Without a grace period podman's own kill comes at once.
    var killed = grace <= .zero
    let patience = killed ? Self.settleLimit : grace
    var timer = Task {
      try await Task.sleep(for: patience)
      progress.continuation.yield(.graceIsOver)
    }
    defer { timer.cancel() }

    for await step in progress.stream {
      switch step {
      case .ended: return killed
      case .refused(let error):
        // Refused because it has ended meanwhile, or because something else is wrong: the process tells.
        if !ProcessIdentity.isAlive(pid: pid) { return killed }
        if !killed { throw error }
      case .graceIsOver:
        guard !killed else {
          stopping.cancel()
          throw EngineError(
            .timeout, "cannot stop \(name): its process \(pid) does not end, even after being killed",
            hint: "a process that waits for a device or a network file system cannot be killed; look at"
              + " `/proc/\(pid)/stack`")
        }
        killed = true
        try await kill(id, name: name)
        timer = Task {
          try await Task.sleep(for: Self.settleLimit)
          progress.continuation.yield(.graceIsOver)
        }
      }
    }
    throw CancellationError()
  }

  /// Has podman stop a container, without waiting for its answer.
  private func requestStop(
    _ id: String, name: String, grace: Duration, onFailure: @escaping @Sendable (any Error) -> Void
  ) -> Task<Void, Never> {
    let seconds = grace <= .zero ? 0 : min(grace.components.seconds, 1_000_000) + 5
    let request = stopRequest(id, name: name, seconds: seconds)
    let client = client
    return Task {
      do {
        // It takes as long as the grace period: on a call's connection it would keep others waiting.
        try await client.open(request, accepting: 304)
      } catch {
        onFailure(EngineError.wrap(error))
      }
    }
  }

  private func stopRequest(_ id: String, name: String, seconds: Int64) -> PodmanRequest {
    PodmanRequest(
      .post, "/containers/\(PodmanRequest.segment(id))/stop", query: [("timeout", String(seconds))],
      limit: .seconds(seconds) + configuration.changeTimeout, purpose: "stop \(name)", isRepeatable: true)
  }

  /// Podman refuses to stop what is frozen, and what is frozen cannot end.
  private func unpause(_ id: String, name: String) async throws {
    let request = PodmanRequest(
      .post, "/containers/\(PodmanRequest.segment(id))/unpause", limit: configuration.changeTimeout,
      purpose: "unpause \(name)", isRepeatable: true)
    _ = try await client.require(request)
  }

  private func kill(_ id: String, name: String) async throws {
    let request = PodmanRequest(
      .post, "/containers/\(PodmanRequest.segment(id))/kill", query: [("signal", "KILL")],
      limit: configuration.changeTimeout, purpose: "kill \(name)", isRepeatable: true)
    let answer = try await client.call(request)
    // A container that ended by itself in the meantime cannot be killed, which is as good.
    if !answer.isSuccess {
      logger.debug(
        "kill was refused", metadata: ["container": "\(name)", "reason": "\(answer.failure.words)"])
    }
  }
}
