import Engine
import Foundation
import Synchronization

/// The lines that were typed, also in earlier shells.
///
/// A file that cannot be read or written leaves a history that lasts as long as the shell.
final class History: Sendable {
  /// How many entries are kept.
  static let maximum = 1000

  private struct State {
    var entries: [String] = []
    var path: String?
  }

  private let state = Mutex(State())

  /// Opens the history in a file; `nil` keeps none.
  init(path: String?) {
    guard let path else { return }
    let directory = (path as NSString).deletingLastPathComponent
    try? FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let data = (try? Data(contentsOf: URL(filePath: path))) ?? Data()
    let lines = data.split(separator: UInt8(ascii: "\n")).suffix(Self.maximum)
      .compactMap { String(validating: $0, as: UTF8.self) }.map(Self.decode)
    state.withLock { state in
      state.entries = Array(lines)
      state.path = path
    }
    if data.count > 4 << 20 { shorten(path, to: Array(lines)) }
  }

  /// The entries, oldest first.
  var entries: [String] { state.withLock { $0.entries } }

  /// Adds an entry, unless it is empty, begins with a space, or is the last one again.
  func add(_ text: String) {
    guard !text.isEmpty, !text.hasPrefix(" ") else { return }
    let path = state.withLock { state -> String? in
      guard state.entries.last != text else { return nil }
      state.entries.append(text)
      if state.entries.count > Self.maximum { state.entries.removeFirst() }
      return state.path
    }
    guard let path else { return }
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    // One write of a whole line: several shells may append.
    let bytes = Array((Self.encode(text) + "\n").utf8)
    _ = flock(descriptor, LOCK_EX)
    _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
  }

  /// The newest entry before `index` that contains a text.
  func search(_ text: String, before index: Int) -> Int? {
    let entries = entries
    guard !text.isEmpty else { return nil }
    return entries.indices.prefix(max(0, index)).reversed().first { entries[$0].contains(text) }
  }

  static func encode(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
  }

  static func decode(_ line: String) -> String {
    var result = ""
    var isEscaped = false
    for character in line {
      if isEscaped {
        result.append(character == "n" ? "\n" : character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else {
        result.append(character)
      }
    }
    return result
  }

  private func shorten(_ path: String, to entries: [String]) {
    try? AtomicFile.write(entries.map { Self.encode($0) + "\n" }.joined(), to: path)
  }
}
