internal import CLinux
@preconcurrency internal import Dispatch
internal import Foundation
internal import Glibc
internal import Synchronization

/// Tells within a millisecond when processes end, children or not.
///
/// Every watched process costs one descriptor; all of them wait in one epoll of the system's event loop.
public final class ProcessWatcher: Sendable {
  /// The watcher that the runtimes share.
  public static let shared = ProcessWatcher()

  private let queue = DispatchQueue(label: "mcp.process-watcher", qos: .userInitiated)

  /// Creates a watcher.
  public init() {}

  /// Calls `onExit` once when the process ends, unless the token is cancelled or dropped before.
  ///
  /// Returns `nil` where there is no such process, where it is a zombie, and where `startTime` is given and the
  /// process of that number started at another time: it has ended then. `onExit` runs on the watcher's queue and
  /// must not block.
  public func watch(
    pid: Int, startTime: UInt64? = nil, onExit: @escaping @Sendable () -> Void
  ) -> WatchToken? {
    watchCode(pid: pid, startTime: startTime) { _ in onExit() }
  }

  /// As ``watch(pid:startTime:onExit:)``; tells the exit code too, `nil` where the kernel does not.
  ///
  /// Linux 6.15 always does, an older one while the parent has not asked for it. What a signal ended has 128 and the
  /// signal's number, as shells and container runtimes say.
  public func watchCode(
    pid: Int, startTime: UInt64? = nil, onExit: @escaping @Sendable (Int?) -> Void
  ) -> WatchToken? {
    let descriptor = clinux_pidfd_open(pid_t(truncatingIfNeeded: pid))
    guard descriptor >= 0 else { return nil }
    // Looked at after the descriptor was opened: from here on the number cannot mean another process.
    guard ProcessIdentity.isAlive(descriptor: descriptor, pid: pid, startTime: startTime) else {
      close(descriptor)
      return nil
    }
    return WatchToken(descriptor: descriptor, pid: pid, queue: queue, onExit: onExit)
  }

  /// Waits until the process ends, at most for `limit`.
  ///
  /// Returns whether it has ended. Cancelling the task ends the wait with `false`.
  public func waitForExit(pid: Int, startTime: UInt64? = nil, atMost limit: Duration) async -> Bool {
    let exit = AsyncStream<Void>.makeStream()
    guard let token = watch(pid: pid, startTime: startTime, onExit: { exit.continuation.finish() }) else {
      return true
    }
    defer { token.cancel() }
    let timer = Task {
      try? await Task.sleep(for: limit)
      exit.continuation.finish()
    }
    defer { timer.cancel() }
    for await _ in exit.stream {}
    return token.hasFired
  }
}

/// One process that is being watched; cancelling or dropping it ends the watch.
public final class WatchToken: Sendable {
  private let source: any DispatchSourceRead
  private let state: WatchState

  fileprivate init(
    descriptor: Int32, pid: Int, queue: DispatchQueue, onExit: @escaping @Sendable (Int?) -> Void
  ) {
    let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
    let state = WatchState(descriptor: descriptor)
    self.source = source
    self.state = state
    // The source lives as long as its handlers; cancelling lets go of them, and of the descriptor.
    source.setEventHandler {
      let code = Self.exitCode(descriptor: descriptor, pid: pid)
      source.cancel()
      if state.end(fired: true) { onExit(code) }
    }
    source.setCancelHandler { state.close() }
    source.activate()
  }

  private static func exitCode(descriptor: Int32, pid: Int) -> Int? {
    var status = clinux_pidfd_exit_status(descriptor)
    if status < 0 { status = ProcessIdentity.zombieStatus(of: pid) ?? -1 }
    // It may have been collected in between.
    if status < 0 { status = clinux_pidfd_exit_status(descriptor) }
    return status < 0 ? nil : Int(clinux_exit_code(status))
  }

  /// Whether the process has ended while it was watched.
  public var hasFired: Bool { state.hasFired }

  /// Ends the watch at once: `onExit` is not called any more, unless it already is; without effect after the
  /// process has ended.
  public func cancel() {
    state.end(fired: false)
    source.cancel()
  }

  /// Sends a signal to exactly the watched process, never to a later one of the same number.
  ///
  /// Returns whether it was delivered; after ``cancel()`` or the exit nothing is sent.
  @discardableResult
  public func send(signal: Int32) -> Bool { state.send(signal: signal) }

  deinit { cancel() }
}

/// The descriptor, open until the event source lets go of it, and how the watch ended.
private final class WatchState: Sendable {
  private struct Content {
    var descriptor: Int32?
    var ended = false
    var fired = false
  }

  private let content: Mutex<Content>

  init(descriptor: Int32) { content = Mutex(Content(descriptor: descriptor)) }

  var hasFired: Bool { content.withLock { $0.fired } }

  /// Ends the watch, with the process or before it; returns whether it had not ended yet.
  @discardableResult
  func end(fired: Bool) -> Bool {
    content.withLock { content in
      guard !content.ended else { return false }
      content.ended = true
      content.fired = fired
      return true
    }
  }

  func send(signal: Int32) -> Bool {
    // Under the lock: a descriptor that was closed meanwhile may already stand for another process. A process that
    // has ended still takes signals until its parent has asked for it.
    content.withLock { content in
      guard !content.ended, let descriptor = content.descriptor else { return false }
      return clinux_pidfd_send_signal(descriptor, signal) == 0
    }
  }

  func close() {
    content.withLock { content in
      if let descriptor = content.descriptor { Glibc.close(descriptor) }
      content.descriptor = nil
    }
  }
}
