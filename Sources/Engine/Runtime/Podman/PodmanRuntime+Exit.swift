internal import Foundation
internal import Synchronization

/// Where the monitors of this user's containers note exit codes.
final class ExitDirectory: Sendable {
  private let path = Mutex<String?>(nil)

  /// The directory; `nil` while it is not known.
  var value: String? { path.withLock { $0 } }

  /// Learns it from a monitor, once: its command line names it, see conmon(8).
  func learn(from monitor: Int?) {
    guard let monitor, value == nil,
      let line = FileManager.default.contents(atPath: "/proc/\(monitor)/cmdline")
    else { return }
    let words = line.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    guard let option = words.firstIndex(of: "--exit-dir"), option + 1 < words.count else { return }
    path.withLock { $0 = words[option + 1] }
  }
}

extension PodmanRuntime {
  /// How long the monitor gets to note the code: it does so before anything else.
  private static let exitWait = Duration.milliseconds(20)
  /// A file that is older is not of the process that has just ended.
  private static let exitAge = 5.0

  /// With which code the process of a container has just ended: its monitor writes that into a file, 70 ms before podman
  /// tells of it.
  public func exitCode(of id: String) async -> Int? {
    guard let directory = exitDirectory.value else { return nil }
    let path = "\(directory)/\(id)"
    let deadline = ContinuousClock.now + Self.exitWait
    while true {
      if let facts = try? FileManager.default.attributesOfItem(atPath: path),
        let time = facts[.modificationDate] as? Date, abs(time.timeIntervalSinceNow) < Self.exitAge,
        let text = try? String(contentsOfFile: path, encoding: .utf8),
        let code = Int(text.trimmingCharacters(in: .whitespacesAndNewlines))
      {
        return code
      }
      guard ContinuousClock.now < deadline else { return nil }
      try? await Task.sleep(for: .microseconds(300))
    }
  }
}
