internal import Engine
public import Foundation

/// Processes of the user who runs the tests.
public enum Processes {
  /// A process.
  public struct Entry: Sendable {
    /// Its number.
    public let pid: pid_t
    /// Its session.
    public let session: pid_t
    /// Its command line.
    public let arguments: [String]
  }

  /// Processes that are alive and whose command line fulfils `matches`.
  public static func find(_ matches: ([String]) -> Bool) -> [Entry] {
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return entries.compactMap { entry in
      // The command line of a zombie is empty.
      guard let pid = pid_t(entry), FileFacts(path: "/proc/\(pid)")?.owner == geteuid(),
        let line = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline"), !line.isEmpty
      else { return nil }
      let arguments = line.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
      return matches(arguments) ? Entry(pid: pid, session: getsid(pid), arguments: arguments) : nil
    }
  }

  /// The memory that a process has at the moment, in KiB.
  public static func residentKiB(_ pid: Int32) throws -> Int {
    let status = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS") }
    guard
      let number = line?.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap({
        Int($0)
      })
    else { throw EngineError(.notFound, "process \(pid) does not say how much memory it has") }
    return number
  }
}
