internal import Foundation
public import Logging
internal import Synchronization

/// Runs VMs, each as a QEMU process of this user.
///
/// A VM outlives the agent: it has a session of its own, and under systemd a scope of its own. A later agent finds it by the
/// record in its directory, by its process and that process's start time, and by what QEMU answers. QEMU has no restart
/// policy: what ends is the agent's to start again (``startsAgain``).
public final class QEMURuntime: Runtime {
  let configuration: QEMUConfiguration
  let store: VMStore
  let boots: BootFiles
  let accelerator: Accelerator
  let happenings = VMEvents()
  let locks = KeyedLock<String>()
  let images: PodmanRuntime?
  let logger: Logger
  private let watches = Mutex<[String: (pid: Int, token: WatchToken)]>([:])
  /// Why VMs do not work, of those that run and do not.
  let problems = Mutex<[String: String]>([:])

  /// A guest is asked after once in so many seconds.
  private static let standingTurns = 5

  /// Creates a driver, which takes images from `images`; touches nothing yet.
  public init(configuration: QEMUConfiguration, images: PodmanRuntime?, logger: Logger) {
    self.configuration = configuration
    self.images = images
    self.logger = logger
    store = VMStore(directory: configuration.stateDirectory, node: configuration.node)
    boots = BootFiles(directory: configuration.stateDirectory + "/images", images: images)
    accelerator = Accelerator(configuration: configuration)
  }

  /// VMs.
  public var kind: RuntimeKind { .unikernel }

  /// Never: the agent does.
  public var startsAgain: Bool { false }

  /// Looks after consoles and after VMs that hang, until the task is cancelled.
  public func run() async {
    var turn = 0
    while !Task.isCancelled {
      turn += 1
      for record in store.all() where record.isAlive {
        let files = store.files(record.id)
        ConsoleLog(path: files.console).maintain(limit: configuration.consoleLimit)
        Self.trim(files.dialogue)
        if turn % Self.standingTurns == 0 { await lookAtStanding(of: record) }
      }
      try? await Task.sleep(for: .seconds(1))
    }
  }

  /// What QEMU can do here.
  public func capabilities() async throws -> RuntimeCapabilities {
    let executable = try requireExecutable()
    let choice = await accelerator.choice(executable: executable)
    return RuntimeCapabilities(
      version: "qemu (\(choice.name))", exec: false, limits: true,
      notes: choice.name == "kvm" ? [] : ["guests run without KVM: \(choice.reason)"])
  }

  func requireExecutable() throws(EngineError) -> String {
    guard let executable = configuration.findExecutable() else {
      throw EngineError(
        .unavailable, "QEMU is not installed: there is no executable \(configuration.executable)",
        hint: "install it (`apt install qemu-system-x86`), or say where it is: `qemu` in [unikernel]")
    }
    return executable
  }

  /// There is none: a VM is a machine of its own.
  public func exec(_ id: String, request: ExecRequest) async throws -> ExecSession {
    let record = try store.require(id)
    throw EngineError(
      .unsupported, "no command can be run in \(record.name): it is a VM, into which the agent cannot reach",
      hint: "mcp logs shows its console")
  }

  /// VMs have no networks of their own: refused when a definition is read.
  public func ensureNetwork(_ name: String) async throws -> Bool { false }

  /// There is none.
  public func removeNetwork(_ name: String) async throws -> Bool { false }

  /// None is given to a VM.
  public func removeSecret(_ version: String) async throws {}

  // MARK: - Watching

  /// Sees to it that the end of a VM's process is noted.
  func watch(_ record: VMRecord) {
    guard let run = record.run, record.end == nil else { return }
    let id = record.id
    let isWatched = watches.withLock { $0[id]?.pid == run.pid }
    guard !isWatched else { return }
    let token = ProcessWatcher.shared.watchCode(pid: run.pid, startTime: run.startTime) { [weak self] code in
      Task { _ = await self?.noteEnd(of: id, pid: run.pid, code: code) }
    }
    if let token { watches.withLock { $0[id] = (run.pid, token) } }
  }

  func forgetWatch(_ id: String) {
    watches.withLock { $0.removeValue(forKey: id) }?.token.cancel()
    _ = problems.withLock { $0.removeValue(forKey: id) }
  }

  /// Notes that the process of a VM has ended; returns the exit code.
  @discardableResult
  func noteEnd(of id: String, pid: Int, code: Int?) async -> Int? {
    try? await locks.withLock(id) { try self.noteEndLocked(of: id, pid: pid, code: code) }
  }

  /// As ``noteEnd(of:pid:code:)``, by who holds the lock.
  func noteEndLocked(of id: String, pid: Int, code: Int?) throws -> Int? {
    guard var record = try store.find(id), let run = record.run, run.pid == pid else { return nil }
    if let end = record.end { return end.code }
    // A child waits to be collected, and tells on every kernel.
    let status = run.machineBoot == MachineBoot.id ? SessionProcess.reap(pid) : nil
    let said = try? String(contentsOfFile: store.files(id).dialogue, encoding: .utf8)
    let reason = said.flatMap { VMExit.reason(in: $0) }
    let end = VMRecord.End(
      code: VMExit.code(process: status ?? code, reason: reason), time: Date(), reason: reason)
    record.end = end
    try store.save(record)
    unlink(store.files(id).socket)
    forgetWatch(id)
    happenings.tell(.died(exitCode: end.code), record)
    return end.code
  }

  /// With which code a VM ended whose process has ended with `code`.
  public func exitCode(of id: String, process code: Int?) async -> Int? {
    guard let run = try? store.find(id)?.run else { return nil }
    return await noteEnd(of: id, pid: run.pid, code: code)
  }

  private func lookAtStanding(of record: VMRecord) async {
    let before = problems.withLock { $0[record.id] }
    let now = await problem(of: record)
    guard before != now, (try? store.find(record.id))?.isAlive == true else { return }
    if let now {
      logger.warning("\(record.name) does not work: \(now)")
    } else {
      logger.info("\(record.name) works again")
    }
    happenings.tell(.changed, record)
  }

  /// Keeps what QEMU says on its control socket small; its last words are what counts.
  private static func trim(_ path: String) {
    if let facts = FileFacts(path: path), facts.size > 256 << 10 { _ = truncate(path, 0) }
  }
}
