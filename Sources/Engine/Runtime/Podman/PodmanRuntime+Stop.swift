internal import Foundation
internal import Logging

extension PodmanRuntime {
  /// Stops a container: the image's stop signal, after `grace` the kill signal.
  ///
  /// Its restart policy does not undo it.
  ///
  /// Returns when the process is gone and podman has released its ports and mounts, usually some 60 ms after the
  /// process ended. Cancelling ends the wait; podman then kills the process a little later than `grace`.
  ///
  /// How, and why so:
  /// - Before podman 5 a `kill` through the API does not mark the container as stopped by its user: `always` and
  ///   `unless-stopped` bring it back within 70 ms. Only `stop` marks it (as "stopping", before it sends the signal).
  /// - `stop` polls for the end every 100 or 250 ms. So its answer is not waited for: a pidfd says when the process is
  ///   gone, and the end of the container's monitor says when podman has cleaned up.
  /// - `stop` counts whole seconds. So the kill after `grace` is sent from here, and podman's own comes later, for
  ///   the case that this agent dies in between.
  @discardableResult
  public func stop(_ id: String, grace: Duration) async throws -> StopOutcome {
    let entry = try await requireOwned(id, to: "stop")
    let outcome = try await stopProcess(id, name: entry.name, grace: grace)
    owned.setStopped(id, true)
    return outcome
  }

  func stopProcess(_ id: String, name: String, grace: Duration) async throws -> StopOutcome {
    var outcome = StopOutcome(wasStopped: true)
    // More than one round only where a restart policy was just bringing the container back.
    for _ in 0..<5 {
      let found = try await settledInspection(of: id, to: "stop")
      guard let process = Self.runningProcess(of: found) else { return outcome }
      if ContainerPhase(found.state.status) == .paused { try await unpause(id, name: name) }
      let killed = try await end(process, id: id, name: name, grace: grace)
      outcome = StopOutcome(wasStopped: false, killed: outcome.killed || killed)
      if let monitor = process.monitor {
        _ = await ProcessWatcher.shared.waitForExit(pid: monitor, atMost: Self.settleLimit)
      }
      try Task.checkCancellation()
    }
    throw EngineError(
      .operationFailed, "cannot stop \(name): it is started again each time",
      hint: "another agent or a systemd unit may hold on to it")
  }

  private struct RunningProcess {
    var pid: Int
    var monitor: Int?
  }

  /// The process of a container that is up; `nil` where it has none, whatever podman says.
  private static func runningProcess(of found: ContainerInspection) -> RunningProcess? {
    switch ContainerPhase(found.state.status) {
    case .up, .paused:
      guard ProcessIdentity.isAlive(pid: found.state.pid) else { return nil }
      return RunningProcess(pid: found.state.pid, monitor: found.state.monitorPid)
    case .created, .ending, .ended, .unknown: return nil
    }
  }

  private enum Progress {
    case ended
    case refused(any Error)
    case graceIsOver
  }

  /// Ends a process, politely and then not; returns whether it had to be killed.
  private func end(_ process: RunningProcess, id: String, name: String, grace: Duration) async throws -> Bool
  {
    let progress = AsyncStream<Progress>.makeStream()
    guard
      let token = ProcessWatcher.shared.watch(
        pid: process.pid, onExit: { progress.continuation.yield(.ended) })
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
        if !ProcessIdentity.isAlive(pid: process.pid) { return killed }
        if !killed { throw error }
      case .graceIsOver:
        guard !killed else {
          stopping.cancel()
          throw EngineError(
            .timeout, "cannot stop \(name): its process \(process.pid) does not end, even after being killed",
            hint: "a process that waits for a device or a network file system cannot be killed; look at"
              + " `/proc/\(process.pid)/stack`")
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
    let request = PodmanRequest(
      .post, "/containers/\(PodmanRequest.segment(id))/stop", query: [("timeout", String(seconds))],
      limit: .seconds(seconds) + configuration.changeTimeout, purpose: "stop \(name)", isRepeatable: true)
    let client = client
    return Task {
      do {
        let answer = try await client.call(request)
        if !answer.isSuccess, answer.status != 304 {
          onFailure(answer.failure.error("cannot stop \(name)"))
        }
      } catch {
        onFailure(EngineError.wrap(error))
      }
    }
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
