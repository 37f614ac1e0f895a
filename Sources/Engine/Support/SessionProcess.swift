internal import CLinux
internal import Foundation
internal import Glibc

/// Programs that are started in a session and process group of their own, so that neither a signal to the agent's group
/// nor the agent's end reaches them.
enum SessionProcess {
  /// Starts a program and returns its pid; its messages go to `log`, which begins anew.
  ///
  /// `what` is what is started, for an error. The caller collects its exit status. Throws `unavailable`.
  static func spawn(
    _ what: String, executable: String, arguments: [String], environment: [String: String], log: String
  ) throws(EngineError) -> pid_t {
    _ = truncate(log, 0)
    var argv: [UnsafeMutablePointer<CChar>?] = ([executable] + arguments).map { strdup($0) } + [nil]
    var envp: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer {
      for pointer in argv + envp { free(pointer) }
    }
    var pid: pid_t = 0
    let result = clinux_spawn_session(executable, &argv, &envp, log, &pid)
    guard result == 0 else {
      throw EngineError(
        .unavailable, "cannot start \(what)", cause: String(cString: strerror(-result)),
        hint: "check that \(executable) can be executed and that \(log) can be written")
    }
    return pid
  }

  /// Runs a program to its end and returns its exit code; `nil` where it was killed because it took longer than `limit`.
  static func run(
    _ what: String, executable: String, arguments: [String], environment: [String: String], log: String,
    within limit: Duration
  ) async throws(EngineError) -> Int? {
    let pid = try spawn(
      what, executable: executable, arguments: arguments, environment: environment, log: log)
    let hasEnded = await ProcessWatcher.shared.waitForExit(pid: Int(pid), atMost: limit)
    if !hasEnded {
      kill(-pid, SIGKILL)
      _ = await ProcessWatcher.shared.waitForExit(pid: Int(pid), atMost: limit)
    }
    let code = reap(Int(pid))
    return hasEnded ? code : nil
  }

  /// The exit code of a child that has ended; `nil` where it is none of ours or goes on.
  static func reap(_ pid: Int) -> Int? {
    let status = clinux_reap(pid_t(pid))
    return status < 0 ? nil : Int(clinux_exit_code(status))
  }
}
