internal import Foundation

/// How a VM ended.
///
/// Pure.
enum VMExit {
  /// The exit code: that of QEMU's process where it is not 0, else by the reason that QEMU gave, because every ending
  /// of a guest gives 0.
  ///
  /// See `ShutdownCause` in QEMU's `run-state.json`.
  static func code(process: Int?, reason: String?) -> Int {
    if let process, process != 0 { return process }
    return switch reason {
    // Under `-no-reboot` a guest that crashes resets, and so ends.
    case "guest-reset", "guest-panic", "host-error": 1
    case "host-signal": 128 + 15
    case nil: process ?? unknown
    default: 0
    }
  }

  /// The code where nobody can tell: killed while no agent ran.
  static let unknown = -1

  /// The reason of the last end in what QEMU said on its control socket: the `SHUTDOWN` event.
  static func reason(in dialogue: String) -> String? {
    let decoder = JSONDecoder()
    for text in dialogue.split(whereSeparator: \.isNewline).reversed() where text.contains("SHUTDOWN") {
      guard let line = try? decoder.decode(Line.self, from: Data(text.utf8)), line.event == "SHUTDOWN" else {
        continue
      }
      return line.data?.reason
    }
    return nil
  }

  private struct Line: Decodable {
    struct Facts: Decodable { var reason: String? }
    var event: String?
    var data: Facts?
  }
}
