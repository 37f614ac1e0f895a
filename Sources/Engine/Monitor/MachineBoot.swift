internal import Foundation

/// The last start of this machine.
enum MachineBoot {
  /// What no other start of a machine has; empty where the kernel does not tell.
  static let id: String = {
    let text = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
    return text?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
  }()

  /// When it was, by the clock as it is now: `btime` of proc(5), in whole seconds.
  static var time: Date {
    let text = (try? String(contentsOfFile: "/proc/stat", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("btime ") }
    guard let seconds = line.flatMap({ Double($0.dropFirst("btime ".count)) }) else { return .distantPast }
    return Date(timeIntervalSince1970: seconds)
  }
}
