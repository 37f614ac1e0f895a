import Foundation
import Synchronization

/// The thread on which one Lua state lives, as the executor of its actor.
///
/// The thread starts with the first work. Unchecked: the queue and its state are touched under `condition` only.
final class LuaExecutor: SerialExecutor, @unchecked Sendable {
  /// Lua nests 200 C calls; this is room for them several times over, reserved and not used.
  static let stackSize = 8 << 20

  private let condition = NSCondition()
  private var jobs: [UnownedJob] = []
  private var ending: (@Sendable () -> Void)?
  private var ended = false
  private var isStarted = false
  private let niceness: Int

  /// Creates an executor; `niceness` makes its thread give way to others.
  init(niceness: Int) { self.niceness = niceness }

  private func start() {
    let thread = Thread { [niceness] in
      // On Linux the priority of a thread is its own.
      if niceness > 0 { setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, Int32(niceness)) }
      self.loop()
    }
    thread.stackSize = Self.stackSize
    thread.name = "lua"
    thread.start()
  }

  /// Ends the thread after all that is enqueued, with `last` as its last work; without a thread that is done here.
  func finish(_ last: @escaping @Sendable () -> Void) {
    let hasThread = condition.withLock {
      ending = last
      ended = true
      condition.signal()
      return isStarted
    }
    if !hasThread { last() }
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let isFirst = condition.withLock {
      defer { isStarted = true }
      jobs.append(job)
      condition.signal()
      return !isStarted
    }
    if isFirst { start() }
  }

  func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }

  private func loop() {
    var batch: [UnownedJob] = []
    while true {
      condition.lock()
      while jobs.isEmpty && !ended { condition.wait() }
      swap(&batch, &jobs)
      let last = batch.isEmpty ? ending : nil
      condition.unlock()
      if let last { return last() }
      for job in batch { job.runSynchronously(on: asUnownedSerialExecutor()) }
      batch.removeAll(keepingCapacity: true)
    }
  }
}
