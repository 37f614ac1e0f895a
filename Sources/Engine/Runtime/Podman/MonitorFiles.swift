internal import Foundation
internal import Synchronization

/// Where the monitors of this user's containers note process ids and exit codes, see conmon(8).
final class MonitorFiles: Sendable {
  private struct Places {
    /// Holds a file for each container, with its exit code.
    var exitDirectory: String
    /// The file with the process id, with a placeholder for the container's id.
    var pidFile: String
    /// The program that makes containers' processes, by its file's name.
    var runtime: String
  }

  private static let placeholder = "<id>"
  private let places = Mutex<Places?>(nil)

  /// Learns them from the command line of a container's monitor, once.
  func learn(from monitor: Int?, of id: String) {
    guard let monitor, places.withLock({ $0 == nil }),
      let line = FileManager.default.contents(atPath: "/proc/\(monitor)/cmdline")
    else { return }
    let words = line.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    func value(_ option: String) -> String? {
      words.firstIndex(of: option).flatMap { $0 + 1 < words.count ? words[$0 + 1] : nil }
    }
    guard let exits = value("--exit-dir"), let pidFile = value("-p"), pidFile.contains(id) else { return }
    let found = Places(
      exitDirectory: exits, pidFile: pidFile.replacing(id, with: Self.placeholder),
      runtime: ((value("-r") ?? "") as NSString).lastPathComponent)
    places.withLock { $0 = found }
  }

  /// Where the exit code of a container is noted; `nil` while that is not known.
  func exitFile(of id: String) -> String? { places.withLock { $0.map { "\($0.exitDirectory)/\(id)" } } }

  /// Where the process of a container is noted; `nil` while that is not known.
  func pidFile(of id: String) -> String? {
    places.withLock { $0?.pidFile.replacing(Self.placeholder, with: id) }
  }

  /// The directory that is there as long as the container is; `nil` while that is not known.
  func directory(of id: String) -> String? {
    guard let file = pidFile(of: id), let end = file.range(of: "/\(id)/") else { return nil }
    return String(file[..<end.upperBound].dropLast())
  }

  /// Whether a container's process runs the container's program, and not still the one that makes it.
  func isStarted(_ pid: Int) -> Bool {
    // Until then the kernel does not let us look: that program protects itself.
    guard let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(pid)/exe") else {
      return false
    }
    let name = (program as NSString).lastPathComponent
    return !program.hasPrefix("/memfd:") && name != places.withLock { $0?.runtime }
  }

  /// The number in a file that was written within a few seconds of `time`.
  static func number(in path: String, writtenAround time: Date) -> Int? {
    guard let facts = try? FileManager.default.attributesOfItem(atPath: path),
      let written = facts[.modificationDate] as? Date, abs(written.timeIntervalSince(time)) < age,
      let text = try? String(contentsOfFile: path, encoding: .utf8)
    else { return nil }
    return Int(text.trimmingCharacters(in: .whitespacesAndNewlines))
  }

  /// A file that is older is not of the process that is meant.
  private static let age = 5.0
}
