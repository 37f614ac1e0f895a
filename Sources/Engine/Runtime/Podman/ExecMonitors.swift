internal import Foundation
internal import Glibc
internal import Synchronization

/// The monitors that podman leaves behind for every finished exec session of its API.
///
/// A monitor (conmon) sleeps for `exit_command_delay`, five minutes by default, before it has podman forget the session:
/// two processes and 3 MiB for each exec, also after the container was removed. For an exec health check every ten
/// seconds that would be a hundred megabytes. The sleeper is the monitor's child; a SIGTERM ends its sleep and it goes
/// on to clean up. A monitor of another make just ends, which is as good.
package enum ExecMonitors {
  private static let dismissals = Mutex<[String: Task<Void, Never>]>([:])

  /// Has the monitors of a finished session, or of all sessions of a container that is gone, clean up and end: at once
  /// where they sleep already, otherwise, beside what the caller does, within the minute.
  ///
  /// Finding them costs a look at each process of this user.
  package static func dismiss(_ session: String) {
    guard !wake(session) else { return }
    dismissals.withLock { dismissals in
      dismissals[session] = Task.detached(priority: .background) {
        for attempt in 0..<13 {
          try? await Task.sleep(for: .milliseconds(10 << attempt))
          if wake(session) { break }
        }
        _ = Self.dismissals.withLock { $0.removeValue(forKey: session) }
      }
    }
  }

  /// Waits until all monitors that were dismissed have ended, or for that long.
  package static func settle(within limit: Duration) async {
    let deadline = ContinuousClock.now + limit
    while dismissals.withLock({ !$0.isEmpty }), ContinuousClock.now < deadline {
      try? await Task.sleep(for: .milliseconds(20))
    }
  }

  /// Returns whether there is no monitor any more, after telling those that there are to go on.
  ///
  /// One that does not sleep yet gets no signal: it would end without its cleaning up.
  private static func wake(_ session: String) -> Bool {
    let mine = processes(of: session)
    let numbers = Set(mine.map(\.pid))
    for sleeper in mine where numbers.contains(sleeper.parent) {
      let token = ProcessWatcher.shared.watch(pid: sleeper.pid, startTime: sleeper.startTime, onExit: {})
      token?.send(signal: SIGTERM)
      token?.cancel()
    }
    return mine.isEmpty
  }

  /// The monitor processes of a session or a container.
  static func processes(of session: String) -> [ProcessIdentity] {
    ProcessIdentity.own(named: "conmon").filter { process in
      let commandLine = FileManager.default.contents(atPath: "/proc/\(process.pid)/cmdline") ?? Data()
      return commandLine.split(separator: 0).contains { $0.elementsEqual(session.utf8) }
    }
  }
}
