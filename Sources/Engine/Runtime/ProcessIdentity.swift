internal import CLinux
internal import Foundation
internal import Glibc

/// A process of this machine as the kernel sees it: its number together with the time it was started.
///
/// A number alone is reused after a while; number and start time together name one process until the next boot.
public struct ProcessIdentity: Hashable, Sendable {
  /// The process id.
  public var pid: Int
  /// The process that started it, or that adopted it.
  public var parent: Int
  /// When it was started, in clock ticks since the boot of the machine.
  public var startTime: UInt64
  /// Whether it has ended and only waits for its parent to collect it.
  public var isZombie: Bool

  /// Reads a process from `/proc/<pid>/stat`; `nil` where there is none.
  public static func read(pid: Int) -> ProcessIdentity? {
    guard pid > 0, let bytes = FileManager.default.contents(atPath: "/proc/\(pid)/stat") else { return nil }
    return ProcessIdentity(pid: pid, stat: String(decoding: bytes, as: UTF8.self))
  }

  /// The living processes of this user that run a program of that name, or with `isPrefix` one whose name begins so, as
  /// `/proc/<pid>/comm` has it.
  static func own(named name: String, isPrefix: Bool = false) -> [ProcessIdentity] {
    let wanted = Data((isPrefix ? name : name + "\n").utf8)
    let uid = geteuid()
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return entries.compactMap { Int($0) }.compactMap { pid in
      guard FileFacts(path: "/proc/\(pid)")?.owner == uid,
        let found = FileManager.default.contents(atPath: "/proc/\(pid)/comm"),
        isPrefix ? found.starts(with: wanted) : found == wanted,
        let process = read(pid: pid), !process.isZombie
      else { return nil }
      return process
    }
  }

  /// How a process ended that its parent has not asked for yet, as waitpid(2) gives it; `nil` where it is no zombie, or
  /// another user's, or ended with 0: the kernel hides other users' by a 0.
  static func zombieStatus(of pid: Int) -> Int32? {
    guard let bytes = FileManager.default.contents(atPath: "/proc/\(pid)/stat"),
      case let line = String(decoding: bytes, as: UTF8.self), let end = line.lastIndex(of: ")")
    else { return nil }
    let fields = line[line.index(after: end)...].split(whereSeparator: \.isWhitespace)
    guard fields.first == "Z", fields.count >= 50, let status = fields.last.flatMap({ Int32($0) }),
      status != 0
    else { return nil }
    return status
  }

  /// Whether a process of that number is alive; one that started at another time, or a zombie, is not it.
  public static func isAlive(pid: Int, startTime: UInt64? = nil) -> Bool {
    let descriptor = clinux_pidfd_open(pid_t(truncatingIfNeeded: pid))
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return isAlive(descriptor: descriptor, pid: pid, startTime: startTime)
  }

  /// Whether the process behind a pidfd is alive and, where a start time is given, the one that is meant.
  ///
  /// The descriptor is asked, not `/proc`: a hardened service may not see other users' processes there.
  static func isAlive(descriptor: Int32, pid: Int, startTime: UInt64?) -> Bool {
    guard clinux_pidfd_has_exited(descriptor) == 0 else { return false }
    guard let startTime, let found = read(pid: pid) else { return true }
    return found.startTime == startTime
  }

  /// Reads the kernel's line; `nil` where it is damaged.
  ///
  /// The second field is the program's name in parentheses and may itself hold spaces and parentheses.
  init?(pid: Int, stat: String) {
    guard let nameEnd = stat.lastIndex(of: ")") else { return nil }
    let fields = stat[stat.index(after: nameEnd)...].split(separator: " ")
    guard fields.count > 19, let parent = Int(fields[1]), let startTime = UInt64(fields[19]) else {
      return nil
    }
    self.pid = pid
    self.parent = parent
    self.startTime = startTime
    self.isZombie = fields[0] == "Z" || fields[0] == "X"
  }
}
