import Engine
import Foundation

/// Where results, diagnostics and questions go, and what is known of the terminals behind them.
///
/// Commands write through this value only, so that tests read everything that an operator would see.
struct Console: Sendable {
  /// Writes results; what cannot be written ends the command.
  var writeOutput: @Sendable ([UInt8]) throws -> Void
  /// Writes diagnostics; what cannot be written is dropped.
  var writeError: @Sendable ([UInt8]) -> Void
  /// Reads an answer without its newline; `nil` at the end of input.
  var readAnswer: @Sendable () async -> String?
  /// Reads bytes of standard input; empty at its end.
  var readInput: @Sendable () async -> [UInt8]
  var inputIsTerminal: Bool
  var outputIsTerminal: Bool
  var errorIsTerminal: Bool
  /// The size of the terminal, `nil` where there is none.
  var size: @Sendable () -> TerminalSize?
  /// The sizes that the terminal takes from now on.
  var sizeChanges: @Sendable () -> AsyncStream<TerminalSize>
  /// Hands the terminal's keys through unprocessed; returns whether it does.
  var enterRaw: @Sendable () -> Bool
  /// Gives the terminal back as it was.
  var leaveRaw: @Sendable () -> Void

  /// Writes a result.
  func output(_ text: String) throws { try writeOutput(Array(text.utf8)) }

  /// Writes a diagnostic.
  func error(_ text: String) { writeError(Array(text.utf8)) }

  /// The width that tables are fitted to; `nil` where nothing is cut.
  var outputWidth: Int? { outputIsTerminal ? size()?.columns : nil }

  /// Whether somebody is there to answer a question.
  var canAsk: Bool { inputIsTerminal && errorIsTerminal }

  /// The standard streams of this process.
  static func process() -> Console {
    Console(
      writeOutput: { try StandardStream.writeOutput($0) },
      writeError: { StandardStream.writeError($0) },
      readAnswer: { await StandardStream.readLine() },
      readInput: { await StandardStream.readChunk() },
      inputIsTerminal: isatty(STDIN_FILENO) == 1,
      outputIsTerminal: isatty(STDOUT_FILENO) == 1,
      errorIsTerminal: isatty(STDERR_FILENO) == 1,
      size: { WindowSize.current() },
      sizeChanges: { WindowSize.changes() },
      enterRaw: { RawMode.enter(STDIN_FILENO) },
      leaveRaw: { RawMode.leave() })
  }
}
