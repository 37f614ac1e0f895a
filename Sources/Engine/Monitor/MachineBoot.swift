internal import Foundation
internal import Glibc

/// The last start of this machine.
enum MachineBoot {
  /// What no other start of a machine has; empty where the kernel does not tell.
  static let id: String = {
    let text = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
    return text?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
  }()

  /// When it was, by the clock as it is now.
  static var time: Date {
    var since = timespec()
    // The time that counts while the machine is suspended, too.
    guard clock_gettime(CLOCK_BOOTTIME, &since) == 0 else { return .distantPast }
    return Date(timeIntervalSinceNow: -(Double(since.tv_sec) + Double(since.tv_nsec) / 1e9))
  }
}
