internal import CLinux
internal import Foundation
internal import Glibc

/// A `podman system service` that this agent, or an earlier one, started on its own socket.
///
/// It runs in its own session and process group, so that neither a signal to the agent's group nor the agent's end
/// reaches it, and so that all of it can be ended together: without a pause process podman forks once more.
struct PodmanServiceProcess: Sendable, Hashable {
  var pid: Int
  var startTime: UInt64
  /// Its process group.
  var group: Int
  /// Whether it is this process's child and has to be collected.
  var isChild: Bool

  /// Starts a service on `socket`; its messages go to `log`, which begins anew.
  static func spawn(
    executable: String, socket: String, log: String, environment: [String: String]
  ) throws -> PodmanServiceProcess {
    let arguments = ["system", "service", "--time=0", "unix://\(socket)"]
    let pid = try SessionProcess.spawn(
      "the podman service `\(([executable] + arguments).joined(separator: " "))`", executable: executable,
      arguments: arguments, environment: environment, log: log)
    return PodmanServiceProcess(
      pid: Int(pid), startTime: ProcessIdentity.read(pid: Int(pid))?.startTime ?? 0, group: Int(pid),
      isChild: true)
  }

  /// Finds the service that listens on `socket`, if it is one of ours: same user, started for that socket.
  static func find(socket: String) -> PodmanServiceProcess? {
    var pid: pid_t = 0
    var uid: uid_t = 0
    guard clinux_unix_listener(socket, &pid, &uid) == 0, uid == geteuid(),
      let listener = ProcessIdentity.read(pid: Int(pid)),
      let commandLine = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline")
    else { return nil }
    let group = getpgid(pid)
    let arguments = commandLine.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    guard arguments.contains("service"), arguments.contains("unix://\(socket)"), group > 1, group != getpgrp()
    else { return nil }
    return PodmanServiceProcess(
      pid: listener.pid, startTime: listener.startTime, group: Int(group), isChild: false)
  }

  var isAlive: Bool { ProcessIdentity.isAlive(pid: pid, startTime: startTime) }

  /// Collects the exit status of a child that has ended.
  func reap() { if isChild { _ = clinux_reap(pid_t(pid)) } }

  /// Ends it: politely, then after `grace` not.
  func end(grace: Duration = .seconds(3)) async {
    defer { reap() }
    guard isAlive else { return }
    kill(-pid_t(group), SIGTERM)
    if await ProcessWatcher.shared.waitForExit(pid: pid, startTime: startTime, atMost: grace) { return }
    kill(-pid_t(group), SIGKILL)
    _ = await ProcessWatcher.shared.waitForExit(pid: pid, startTime: startTime, atMost: grace)
  }
}
