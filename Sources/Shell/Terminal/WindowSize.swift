import Dispatch
import Engine
import Foundation

/// The size of the terminal this process draws on.
enum WindowSize {
  /// The size of the first standard stream that is a terminal; `nil` where none is.
  static func current() -> TerminalSize? {
    for descriptor in [STDERR_FILENO, STDOUT_FILENO, STDIN_FILENO] {
      var size = winsize()
      if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 {
        return TerminalSize(columns: Int(size.ws_col), rows: Int(size.ws_row))
      }
    }
    return nil
  }

  /// Sizes as the operator changes them; ends with the consuming task.
  static func changes() -> AsyncStream<TerminalSize> {
    AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
      // A dispatch source may be cancelled from any thread; its type does not say so.
      nonisolated(unsafe) let source = DispatchSource.makeSignalSource(signal: SIGWINCH, queue: .global())
      source.setEventHandler {
        if let size = current() { continuation.yield(size) }
      }
      continuation.onTermination = { _ in source.cancel() }
      source.activate()
    }
  }
}
