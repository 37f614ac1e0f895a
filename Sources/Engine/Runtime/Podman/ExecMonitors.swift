internal import Foundation
internal import Glibc

/// The monitors that podman leaves behind for every finished exec session of its API.
///
/// A monitor (conmon) sleeps for `exit_command_delay`, five minutes by default, before it has podman forget the session:
/// two processes and 3 MiB for each exec, also after the container was removed. For an exec health check every ten
/// seconds that would be a hundred megabytes. The sleeper is the monitor's child; a SIGTERM ends its sleep and it goes
/// on to clean up. A monitor of another make just ends, which is as good.
enum ExecMonitors {
  enum Outcome {
    /// There is no monitor, or it was woken.
    case done
    /// There is one that does not sleep yet.
    case notYetAsleep
  }

  /// Ends the sleep of the monitor of a finished session.
  ///
  /// Finding it costs a look at each process of this user.
  static func wake(session: String) -> Outcome {
    let mine = processes(of: session)
    guard !mine.isEmpty else { return .done }
    let numbers = Set(mine.map(\.pid))
    let sleepers = mine.filter { numbers.contains($0.parent) }
    for sleeper in sleepers {
      let token = ProcessWatcher.shared.watch(pid: sleeper.pid, startTime: sleeper.startTime, onExit: {})
      token?.send(signal: SIGTERM)
      token?.cancel()
    }
    return sleepers.isEmpty ? .notYetAsleep : .done
  }

  /// The monitor processes of a session.
  static func processes(of session: String) -> [ProcessIdentity] {
    let uid = geteuid()
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return entries.compactMap { entry in
      guard let pid = Int(entry) else { return nil }
      guard FileFacts(path: "/proc/\(pid)")?.owner == uid,
        let name = FileManager.default.contents(atPath: "/proc/\(pid)/comm"), name == Data("conmon\n".utf8),
        let commandLine = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline"),
        commandLine.split(separator: 0).contains(where: { $0.elementsEqual(session.utf8) })
      else { return nil }
      return ProcessIdentity.read(pid: pid)
    }
  }
}
