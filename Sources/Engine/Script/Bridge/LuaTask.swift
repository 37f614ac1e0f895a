internal import CLua
import Synchronization

/// A pointer that one executor uses; others may hold it.
///
/// Unchecked: whoever reads it does so on the state's executor, or under the lock of ``LuaTask``.
struct LuaPointer: @unchecked Sendable {
  let raw: OpaquePointer
}

/// One run or call, as it is seen from any thread.
final class LuaTask: Sendable {
  private struct State {
    var pointer: LuaPointer?
    var waiter: CheckedContinuation<LuaHost.Answer?, Never>?
    var work: Task<Void, Never>?
    var turn = 0
    var stopped = false
  }

  /// The run or call that waits for what this Swift task does.
  @TaskLocal static var current: LuaTask?

  /// Which Lua state it belongs to.
  let owner: ObjectIdentifier
  private let state: Mutex<State>

  init(_ pointer: LuaPointer, state owner: ObjectIdentifier) {
    self.owner = owner
    state = Mutex(State(pointer: pointer))
  }

  /// Makes `child` a part of this one, if both are of one state; called on its executor.
  func share(with child: LuaTask) {
    guard child.owner == owner, child !== self else { return }
    state.withLock { mine in
      child.state.withLock { other in
        guard let parent = mine.pointer, let pointer = other.pointer else { return }
        clua_task_share(pointer.raw, parent.raw)
      }
    }
  }

  var isStopped: Bool { state.withLock { $0.stopped } }

  /// Stops the task wherever it is: running or waiting.
  func stop(_ reason: LuaStopReason) {
    let (waiter, work) = state.withLock { state in
      guard let pointer = state.pointer else {
        return (CheckedContinuation<LuaHost.Answer?, Never>?.none, Task<Void, Never>?.none)
      }
      clua_task_stop(pointer.raw, reason.rawValue)
      state.stopped = true
      defer { (state.waiter, state.work) = (nil, nil) }
      return (state.waiter, state.work)
    }
    work?.cancel()
    waiter?.resume(returning: nil)
  }

  /// Begins to wait; returns the number of this wait, or nil where the task is to stop.
  func wait(_ waiter: CheckedContinuation<LuaHost.Answer?, Never>) -> Int? {
    let turn = state.withLock { state -> Int? in
      if state.stopped { return nil }
      state.turn += 1
      state.waiter = waiter
      return state.turn
    }
    if turn == nil { waiter.resume(returning: nil) }
    return turn
  }

  /// Keeps what is waited for, so that a stop cancels it.
  func attach(_ work: Task<Void, Never>, turn: Int) {
    let late = state.withLock { state in
      if state.turn == turn, state.waiter != nil { state.work = work }
      return state.stopped
    }
    if late { work.cancel() }
  }

  /// Ends a wait with its answer, unless it was given up.
  func answer(_ answer: LuaHost.Answer, turn: Int) {
    let waiter = state.withLock { state -> CheckedContinuation<LuaHost.Answer?, Never>? in
      guard state.turn == turn else { return nil }
      defer { (state.waiter, state.work) = (nil, nil) }
      return state.waiter
    }
    waiter?.resume(returning: answer)
  }

  /// Forgets the pointer, which is then freed.
  func end() { state.withLock { $0.pointer = nil } }
}
