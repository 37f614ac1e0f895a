internal import Foundation

/// What the kernel tells of processes, long before a runtime does.
extension Monitor {
  func watch(_ instance: Instance, in runtime: any Runtime) async {
    guard let pid = instance.pid else { return }
    await watches.watch(instance.id, pid: pid) { [weak self] code in
      guard let self else { return }
      Task { await self.processEnded(instance, code: code, in: runtime) }
    }
  }

  /// The process is gone.
  ///
  /// The runtime learns it, with the exit code, a little later.
  private func processEnded(_ instance: Instance, code: Int?, in runtime: any Runtime) async {
    await watches.remove(instance.id, pid: instance.pid)
    if await tellAtOnce(instance, code: code, in: runtime) {
      // Its runtime may start it again. Asked, it would answer only after that.
      if runtime.startsAgain { await awaitRestart(of: instance, in: runtime) }
      return
    }
    let deadline = ContinuousClock.now + Self.exitCodeWait
    var pause = Duration.milliseconds(20)
    while ContinuousClock.now < deadline {
      guard let known = await observed.instance(instance.id), known.pid == instance.pid || known.pid == nil
      else { return }
      if let now = try? await runtime.inspect(instance.id), now.pid != instance.pid || !now.state.isUp {
        break
      }
      try? await Task.sleep(for: pause)
      pause = min(pause * 2, .milliseconds(200))
    }
    await look(at: instance.id, in: runtime)
  }

  /// Tells that a process ended, where its exit code is known before the runtime has noticed.
  private func tellAtOnce(_ instance: Instance, code: Int?, in runtime: any Runtime) async -> Bool {
    guard let code = await runtime.exitCode(of: instance.id, process: code),
      var known = await observed.instance(instance.id),
      known.pid == instance.pid, known.state.isUp
    else { return false }
    let time = now()
    await observed.noteExit(instance.id, code: code, at: time)
    known.state = .exited(code: code)
    known.pid = nil
    known.finishedAt = time
    // The runtime has not been asked: what it tells later still counts.
    known.asOf = nil
    if let change = await observed.observe(known) { await tell(change) }
    return true
  }

  /// Looks for the process with which a runtime starts something again by itself, and at the object after that.
  private func awaitRestart(of instance: Instance, in runtime: any Runtime) async {
    let end = now()
    let deadline = ContinuousClock.now + Self.exitCodeWait
    while ContinuousClock.now < deadline {
      guard let known = await observed.instance(instance.id), known.pid == nil else { return }
      if let pid = await runtime.startedProcess(of: instance.id, since: end), pid != instance.pid {
        return await tellStart(of: instance.id, at: now(), in: runtime)
      }
      if await runtime.isGone(instance.id) { break }
      try? await Task.sleep(for: .milliseconds(5))
    }
    await look(at: instance.id, in: runtime)
  }

  /// Tells that an object runs again, where its process is known before the runtime can be asked.
  func tellStart(of id: String, at time: Date, in runtime: any Runtime) async {
    guard var known = await observed.instance(id), (known.startedAt ?? .distantPast) < time,
      let pid = await runtime.startedProcess(of: id, since: time), pid != known.pid
    else { return }
    known.state = .running
    known.pid = pid
    known.startedAt = time
    known.finishedAt = nil
    // The runtime has not been asked: what it tells later still counts.
    known.asOf = nil
    let change = await observed.observe(known)
    await watch(known, in: runtime)
    if let change { await tell(change) }
  }
}
