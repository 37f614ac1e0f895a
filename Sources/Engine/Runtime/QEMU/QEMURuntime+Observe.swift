public import Foundation
internal import Logging
internal import Synchronization

extension QEMURuntime {
  /// All VMs of this node, those included whose process was found although nothing else was known of it.
  public func list() async throws -> [Instance] {
    try await takeBack()
    return await withTaskGroup(of: Instance?.self) { group in
      for record in store.all() { group.addTask { try? await self.inspect(record.id) } }
      var instances: [Instance] = []
      for await instance in group { if let instance { instances.append(instance) } }
      return instances.sorted { $0.name < $1.name }
    }
  }

  /// None: a QEMU of somebody else is not ours to know.
  public func listUnmanaged() async throws -> [UnmanagedInstance] { [] }

  /// One VM as it is now: its process looked for, and QEMU asked whether the guest runs.
  public func inspect(_ id: String) async throws -> Instance {
    let asOf = Date()
    var record = try store.require(id)
    if let run = record.run, record.end == nil, !record.isAlive {
      await noteEnd(of: id, pid: run.pid, code: nil)
      record = try store.require(id)
    }
    watch(record)
    var instance = Instance(
      id: id, name: record.name, labels: record.labels, runtime: .unikernel, state: .stopped,
      image: record.image, imageID: record.imageID ?? "", startedAt: record.run?.startedAt,
      finishedAt: record.end?.time, restarts: record.restarts, asOf: asOf)
    if record.isAlive {
      let problem = await problem(of: record)
      instance.problem = problem
      instance.state = problem == nil ? .running : .unhealthy
      instance.pid = record.run?.pid
    } else if record.run != nil, !record.isStopWanted {
      instance.state = .exited(code: record.end?.code ?? VMExit.unknown)
    }
    return instance
  }

  /// Why a VM that runs does not work; `nil` where it does.
  func problem(of record: VMRecord) async -> String? {
    let socket = store.files(record.id).socket
    let uuid = record.uuid
    var problem: String?
    do {
      let (status, found) = try await QMPSession.with(socket, within: configuration.answerTimeout) {
        session in
        (try await session.status(), try await session.uuid())
      }
      if found != uuid {
        problem = "another VM answers on \(socket): \(found)"
      } else if !status.running {
        problem = "QEMU says that the guest is \(status.status)"
      }
    } catch {
      let error = EngineError.wrap(error)
      problem = FileFacts(path: socket) == nil ? "QEMU's control socket \(socket) is gone" : error.message
    }
    if Task.isCancelled { return problems.withLock { $0[record.id] } }
    problems.withLock { $0[record.id] = problem }
    return problem
  }

  /// Takes back VMs whose record does not know of their process, or is gone.
  private func takeBack() async throws {
    for found in VMProcesses.all(of: configuration.node) {
      try await locks.withLock(found.record.id) {
        let known = try? self.store.find(found.record.id)
        guard known?.run?.pid != found.process.pid || known?.end != nil else { return }
        if known?.isAlive == true { return }
        var record = known ?? found.record
        let ticks = Double(found.process.startTime) / Double(sysconf(Int32(_SC_CLK_TCK)))
        record.run = VMRecord.Run(
          pid: found.process.pid, startTime: found.process.startTime, machineBoot: MachineBoot.id,
          startedAt: MachineBoot.time.addingTimeInterval(ticks))
        record.end = nil
        try self.store.save(record)
        self.logger.info("\(record.name) runs already", metadata: ["pid": "\(found.process.pid)"])
      }
    }
  }

  /// What happens to VMs from now on, or happened after `since` while this driver watched.
  public func events(since: Date?) -> AsyncThrowingStream<RuntimeEvent, any Error> {
    happenings.stream(since: since)
  }
}
