internal import CLinux
internal import Glibc

/// Collects QEMU processes that this agent has started.
enum VMReaper {
  /// The exit code of a child that has ended; `nil` where it is none of ours or goes on.
  static func reap(_ pid: Int) -> Int? {
    let status = clinux_reap(pid_t(pid))
    return status < 0 ? nil : Int(clinux_exit_code(status))
  }
}
