internal import CLinux
internal import Foundation
internal import Glibc

/// Mends podman's memory of its pause process, the one that keeps a rootless user's namespaces.
///
/// Where that was killed together with all containers podman 4 finds no process whose namespaces it could join, and
/// refuses everything with "invalid internal status" until `podman system migrate` has been called.
enum PauseProcess {
  private static let limit = Duration.seconds(30)

  /// Whether these messages of podman are about that.
  static func isBlamed(in log: String) -> Bool { log.contains("try resetting the pause process") }

  /// Calls `podman system migrate`; returns whether it did.
  ///
  /// That would stop containers, so it is not called while a monitor of this user's containers lives.
  static func reset(executable: String, environment: [String: String], log: String) async -> Bool {
    guard !hasMonitors() else { return false }
    guard
      let child = try? SessionProcess.spawn(
        "`podman system migrate`", executable: executable, arguments: ["system", "migrate"],
        environment: environment, log: log)
    else { return false }
    if await !ProcessWatcher.shared.waitForExit(pid: Int(child), atMost: limit) {
      kill(-child, SIGKILL)
      _ = await ProcessWatcher.shared.waitForExit(pid: Int(child), atMost: limit)
    }
    return clinux_reap(child) == 0
  }

  private static func hasMonitors() -> Bool {
    let uid = geteuid()
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return entries.contains { entry in
      Int(entry) != nil && FileFacts(path: "/proc/\(entry)")?.owner == uid
        && FileManager.default.contents(atPath: "/proc/\(entry)/comm") == Data("conmon\n".utf8)
    }
  }
}
