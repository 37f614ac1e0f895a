import Engine
import Foundation
import Synchronization
import Testing

@testable import Shell

@Suite struct ProgressTests {
  private func progress(_ component: String?, _ phase: String, _ message: String) -> OperationProgress {
    OperationProgress(service: "web", component: component, phase: phase, message: message)
  }

  /// Shows `items` and returns what was written.
  private func shown(
    _ items: [OperationProgress], terminal: Bool, seconds: Double = 0, rows: Int = 24
  ) -> String {
    let written = Mutex("")
    let clock = Mutex(Sample.now)
    let console = Console(
      writeOutput: { _ in },
      writeError: { bytes in written.withLock { $0 += String(decoding: bytes, as: UTF8.self) } },
      readAnswer: { nil }, readInput: { [] }, inputIsTerminal: terminal, outputIsTerminal: terminal,
      errorIsTerminal: terminal, size: { TerminalSize(columns: 40, rows: rows) },
      sizeChanges: { AsyncStream { $0.finish() } }, enterRaw: { false }, leaveRaw: {})
    let printer = ProgressPrinter(console: console, style: .plain) {
      clock.withLock { time in
        time += seconds
        return time
      }
    }
    for item in items { printer.handler(item) }
    printer.finish()
    printer.handler(progress("late", "start", "dropped"))
    return written.withLock { $0 }
  }

  @Test func `without a terminal every change is a plain line`() {
    let items = [
      progress("api", "create", "creating container"), progress("api", "create", "creating container"),
      progress("db", "start", "starting"), progress(nil, "done", "done"),
    ]
    #expect(
      shown(items, terminal: false) == "web/api: creating container\nweb/db: starting\nweb: done\n")
  }

  @Test func `a pull that reports often gives few lines`() {
    let pulls = (0..<10).map { progress("api", "pull", "pulling layer \($0)") }
    let items = pulls + [progress("api", "create", "creating")]
    #expect(shown(items, terminal: false) == "web/api: pulling layer 0\nweb/api: creating\n")
    #expect(shown(items, terminal: false, seconds: 3).split(separator: "\n").count == 11)
  }

  @Test func `a terminal shows one line per component and redraws it`() {
    let items = [
      progress("api", "create", "creating"), progress("database", "pull", "pulling"),
      progress("api", "done", "running"),
    ]
    #expect(
      shown(items, terminal: true) == "\r\u{1b}[Kweb/api  creating\n"
        + "\u{1b}[1A\r\u{1b}[Kweb/api       creating\n\r\u{1b}[Kweb/database  pulling\n"
        + "\u{1b}[2A\r\u{1b}[Kweb/api       running\n\r\u{1b}[Kweb/database  pulling\n")
  }

  @Test func `a line never wraps and the board never scrolls`() {
    var board = ProgressBoard()
    for index in 0..<30 {
      _ = board.apply(progress("c\(index)", index < 20 ? "done" : "pull", String(repeating: "x", count: 100)))
    }
    let lines = board.lines(width: 40, height: 10, style: .plain)
    #expect(lines.count == 9)
    #expect(lines.allSatisfy { TextWidth.of($0) <= 40 })
    #expect(lines.last == "… 22 more")
    #expect(lines.first?.hasPrefix("web/c20") == true)
  }
}
