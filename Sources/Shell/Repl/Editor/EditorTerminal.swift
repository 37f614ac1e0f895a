import Dispatch
import Engine
import Foundation

/// The terminal as the editor uses it.
struct EditorTerminal: Sendable {
  /// What a read brought.
  enum ReadResult: Equatable, Sendable {
    case bytes([UInt8])
    case timeout
    case end
  }

  /// Waits for bytes, at most so long; without a limit until there are some.
  var read: @Sendable (Duration?) async -> ReadResult
  var write: @Sendable (String) -> Void
  var size: @Sendable () -> TerminalSizeInCells
  var enterRaw: @Sendable () -> Bool
  var leaveRaw: @Sendable () -> Void
  /// Stops the process until it is continued.
  var suspend: @Sendable () -> Void

  /// Columns and rows.
  struct TerminalSizeInCells: Equatable, Sendable {
    var columns: Int
    var rows: Int
  }

  /// The terminal of this process.
  static func process(_ console: Console) -> EditorTerminal {
    EditorTerminal(
      read: { limit in
        await Blocking.run {
          var poller = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
          let milliseconds =
            limit.map {
              Int32(
                clamping: $0.components.seconds * 1000 + $0.components.attoseconds / 1_000_000_000_000_000)
            } ?? 250
          let ready = poll(&poller, 1, milliseconds)
          guard ready > 0 else { return .timeout }
          var buffer = [UInt8](repeating: 0, count: 4096)
          let count = Foundation.read(STDIN_FILENO, &buffer, buffer.count)
          if count > 0 { return .bytes(Array(buffer[..<count])) }
          return count < 0 && (errno == EINTR || errno == EAGAIN) ? .timeout : .end
        }
      },
      write: { console.error($0) },
      size: {
        let size = console.size()
        return TerminalSizeInCells(columns: size?.columns ?? 80, rows: size?.rows ?? 24)
      },
      enterRaw: { console.enterRaw() }, leaveRaw: { console.leaveRaw() },
      suspend: { raise(SIGTSTP) })
  }
}
