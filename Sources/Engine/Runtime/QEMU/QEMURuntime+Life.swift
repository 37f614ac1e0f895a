internal import Foundation
internal import Glibc
internal import Logging

extension QEMURuntime {
  /// How long QEMU gets to end after it was told to quit.
  private static let quitLimit = Duration.seconds(2)
  /// How long the kernel gets to end a process that was killed.
  private static let killLimit = Duration.seconds(10)

  /// Boots a VM; one that runs already is left alone.
  ///
  /// Throws `failedPrecondition` where a file is not what it was when the VM was made, `resourceExhausted` where its
  /// memory is not free, `conflict` where a port is taken, `operationFailed` with QEMU's words where it does not start.
  @discardableResult
  public func start(_ id: String) async throws -> Instance {
    _ = try store.require(id)
    try await locks.withLock(id) { try await startLocked(id) }
    return try await inspect(id)
  }

  private func startLocked(_ id: String) async throws {
    let made = try store.require(id)
    guard !made.isAlive else { return }
    let executable = try requireExecutable()
    try await BootFiles.verify(made)
    for port in made.component.ports.map(HostPort.init) {
      switch port.problem() {
      case nil: break
      case .taken:
        throw EngineError(
          .conflict, "cannot start \(made.name): port \(port) of this machine is taken",
          hint: "`ss -ltnup` shows by whom")
      case .refused(let number):
        throw EngineError(
          .operationFailed, "cannot start \(made.name): port \(port) of this machine cannot be listened on",
          cause: String(cString: strerror(number)))
      }
    }
    let choice = await accelerator.choice(executable: executable)
    // One at a time: what is free is not free for two.
    let record = try await locks.withLock("memory") {
      try refuseOvercommit(made)
      return try launch(made, executable: executable, accelerator: choice.name)
    }
    watch(record)
    try await awaitAnswer(of: record)
    happenings.tell(.started, record)
  }

  private func refuseOvercommit(_ record: VMRecord) throws(EngineError) {
    let others = store.all().filter { $0.id != record.id && $0.isAlive }
      .map { (name: $0.name, bytes: $0.component.memory ?? 0) }
    try VMMemory.check(
      record.name, wants: record.component.memory ?? 0, beside: others,
      of: configuration.memory ?? VMMemory.capacity(ofMachine: VMMemory.machine))
  }

  private func launch(
    _ made: VMRecord, executable: String, accelerator: String
  ) throws(EngineError) -> VMRecord {
    var record = made
    let files = store.files(record.id)
    unlink(files.socket)
    _ = truncate(files.dialogue, 0)
    if record.run != nil, !record.isStopWanted { record.restarts += 1 }
    record.run = nil
    record.end = nil
    record.isStopWanted = false
    let arguments = QEMUArguments.of(
      record, files: files, accelerator: accelerator,
      diskFormat: record.boot.disk.map { BootFiles.diskFormat($0.path) })
    let command = VMScope.command(
      executable, arguments, id: record.id, environment: configuration.environment)
    let pid = try SessionProcess.spawn(
      "QEMU for \(record.name)", executable: command.executable, arguments: command.arguments,
      environment: VMProcesses.environment(
        record, base: configuration.environment, directory: files.directory), log: files.messages)
    record.run = VMRecord.Run(
      pid: Int(pid), startTime: ProcessIdentity.read(pid: Int(pid))?.startTime ?? 0,
      machineBoot: MachineBoot.id, startedAt: Date())
    try store.save(record)
    return record
  }

  /// Waits until QEMU answers; where it ends before, its words are the error.
  private func awaitAnswer(of record: VMRecord) async throws {
    guard let run = record.run else { return }
    let socket = store.files(record.id).socket
    let deadline = ContinuousClock.now + configuration.startTimeout
    var pause = Duration.milliseconds(2)
    while true {
      // From then on it notes down how it ends.
      if FileFacts(path: socket)?.kind == .socket,
        (try? await QMPSession.with(socket, within: configuration.answerTimeout) { try await $0.status() })
          != nil
      {
        return
      }
      guard ProcessIdentity.isAlive(pid: run.pid, startTime: run.startTime) else { break }
      guard ContinuousClock.now < deadline else {
        _ = try await end(record, grace: .zero)
        throw EngineError(
          .timeout, "cannot start \(record.name): QEMU does not answer within \(configuration.startTimeout)",
          details: messages(of: record))
      }
      try await Task.sleep(for: pause)
      pause = min(pause * 2, .milliseconds(50))
    }
    let code = try noteEndLocked(of: record.id, pid: run.pid, code: nil)
    // A guest may be done before anybody has asked.
    let words = messages(of: record)
    if code == 0 || words.isEmpty { return }
    var failed = try store.require(record.id)
    failed.run = nil
    failed.end = nil
    try store.save(failed)
    throw EngineError(
      .operationFailed, "cannot start \(record.name): QEMU ended with code \(code ?? VMExit.unknown)",
      cause: words.last, details: words)
  }

  private func messages(of record: VMRecord) -> [String] {
    let text = (try? String(contentsOfFile: store.files(record.id).messages, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").suffix(5).map(String.init)
  }

  /// Stops a VM: its power button, after `grace` QEMU is told to quit, then it is killed.
  ///
  /// Returns when its process is gone. Cancelling ends the wait; the guest has been asked by then.
  @discardableResult
  public func stop(_ id: String, grace: Duration) async throws -> StopOutcome {
    _ = try store.require(id)
    return try await locks.withLock(id) {
      var record = try store.require(id)
      let isAlive = record.isAlive
      if !record.isStopWanted {
        if let run = record.run, record.end == nil, !isAlive {
          _ = try noteEndLocked(of: id, pid: run.pid, code: nil)
          record = try store.require(id)
        }
        record.isStopWanted = true
        try store.save(record)
      }
      guard isAlive else { return StopOutcome(wasStopped: true) }
      return StopOutcome(killed: try await end(record, grace: grace))
    }
  }

  /// Ends a VM's process; returns whether it had to be made to.
  func end(_ record: VMRecord, grace: Duration) async throws -> Bool {
    guard let run = record.run else { return false }
    let socket = store.files(record.id).socket
    func hasEnded(within limit: Duration) async throws -> Bool {
      let ended = await ProcessWatcher.shared.waitForExit(
        pid: run.pid, startTime: run.startTime, atMost: limit)
      try Task.checkCancellation()
      if ended { _ = try noteEndLocked(of: record.id, pid: run.pid, code: nil) }
      return ended
    }
    if grace > .zero {
      do {
        // Pressed again and again: a guest that is still booting does not hear the first time.
        let deadline = ContinuousClock.now + grace
        var pause = Duration.milliseconds(500)
        while ContinuousClock.now < deadline {
          try await QMPSession.with(socket, within: configuration.answerTimeout) { try await $0.powerdown() }
          if try await hasEnded(within: min(pause, deadline - .now)) { return false }
          pause = min(pause * 2, .seconds(10))
        }
      } catch let error as EngineError {
        // It may have ended before it could answer.
        if try await hasEnded(within: .milliseconds(200)) { return false }
        logger.warning("\(record.name) cannot be asked to power down", metadata: ["error": "\(error)"])
      }
    }
    try? await QMPSession.with(socket, within: configuration.answerTimeout) { try await $0.quit() }
    if try await hasEnded(within: Self.quitLimit) { return true }
    let token = ProcessWatcher.shared.watch(pid: run.pid, startTime: run.startTime, onExit: {})
    token?.send(signal: SIGKILL)
    token?.cancel()
    guard try await hasEnded(within: Self.killLimit) else {
      throw EngineError(
        .timeout, "cannot stop \(record.name): its process \(run.pid) does not end, even after being killed",
        hint: "a process that waits for a device or a network file system cannot be killed")
    }
    return true
  }
}
