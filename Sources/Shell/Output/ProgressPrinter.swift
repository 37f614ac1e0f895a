import Engine
import Foundation
import Synchronization

/// Shows the progress of an operation on standard error while it runs.
///
/// On a terminal one line per component is redrawn in place; elsewhere every change is a line of its own.
final class ProgressPrinter: Sendable {
  private struct State {
    var board = ProgressBoard()
    var drawn = 0
    var isFinished = false
    var lastPull: [String: Date] = [:]
  }

  private let state = Mutex(State())
  private let console: Console
  private let style: Style
  private let now: @Sendable () -> Date

  /// What reports many times a second.
  private static let frequent: Set = ["pull", "push"]
  /// Of that a log gets one line per component in this time.
  private static let pullInterval: TimeInterval = 2

  init(console: Console, style: Style, now: @escaping @Sendable () -> Date) {
    self.console = console
    self.style = style
    self.now = now
  }

  /// Takes progress; may be called from any thread.
  var handler: ProgressHandler {
    { progress in self.show(progress) }
  }

  /// Ends the drawing; later progress is dropped, so that what is printed next stays whole.
  func finish() { state.withLock { $0.isFinished = true } }

  private func show(_ progress: OperationProgress) {
    state.withLock { state in
      guard !state.isFinished else { return }
      let isRepeatedPull = Self.frequent.contains(progress.phase) && isAnotherPull(progress, state.board)
      guard let row = state.board.apply(progress) else { return }
      guard console.errorIsTerminal else {
        if isRepeatedPull, let last = state.lastPull[row.name],
          now().timeIntervalSince(last) < Self.pullInterval
        {
          return
        }
        if Self.frequent.contains(row.phase) { state.lastPull[row.name] = now() }
        console.error(row.line + "\n")
        return
      }
      draw(&state)
    }
  }

  private func isAnotherPull(_ progress: OperationProgress, _ board: ProgressBoard) -> Bool {
    let name = Target(service: progress.service, component: progress.component).description
    return board.rows.contains { $0.name == name && Self.frequent.contains($0.phase) }
  }

  private func draw(_ state: inout State) {
    let size = console.size() ?? TerminalSize(columns: 80, rows: 24)
    let lines = state.board.lines(width: size.columns, height: size.rows, style: style)
    var text = state.drawn > 0 ? "\u{1b}[\(state.drawn)A" : ""
    for line in lines { text += "\r\u{1b}[K\(line)\n" }
    // Fewer lines than before: what is left below is wiped.
    if lines.count < state.drawn { text += "\u{1b}[J" }
    state.drawn = lines.count
    console.error(text)
  }
}
