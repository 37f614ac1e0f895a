import Engine
import Foundation

/// Reads one input after another from a terminal, and lets the operator edit it.
actor LineEditor {
  /// Finds what the word before the cursor may become.
  typealias Completer = @Sendable (String) async -> Completion

  private let terminal: EditorTerminal
  private let history: History
  private let style: Style
  private let complete: Completer
  private var decoder = KeyDecoder()
  /// Keys that were typed ahead.
  private var waiting: [Key] = []

  // The input that is being read.
  private var buffer = EditBuffer()
  private var prompts = (first: "", next: "")
  private var drawnRow = 0
  private var drawnSize = EditorTerminal.TerminalSizeInCells(columns: 0, rows: 0)
  private var place = 0
  private var draft = ""
  private var listed: [String] = []
  private var wasTab = false

  init(terminal: EditorTerminal, history: History, style: Style, complete: @escaping Completer) {
    self.terminal = terminal
    self.history = history
    self.style = style
    self.complete = complete
  }

  /// Reads an input; Enter ends it where `isComplete` says so, and begins a new line elsewhere.
  func readLine(
    prompt: String, continuation: String, isComplete: @Sendable (String) async -> Bool
  ) async -> LineInput {
    guard terminal.enterRaw() else { return .end }
    terminal.write("\u{1b}[?2004h")
    defer {
      terminal.write("\u{1b}[?2004l")
      terminal.leaveRaw()
    }
    buffer = EditBuffer()
    prompts = (prompt, continuation)
    (drawnRow, place, draft, listed, wasTab) = (0, history.entries.count, "", [], false)
    draw()
    while true {
      guard let key = await nextKey() else { return finish(.end) }
      if !listed.isEmpty, key != .tab { listed = [] }
      switch key {
      case .enter:
        // Several lines are finished at their end only.
        if buffer.isAtEnd || !buffer.text.contains("\n"), await isComplete(buffer.text) {
          let text = buffer.text
          history.add(text)
          return finish(.line(text))
        }
        buffer.insert("\n" + Indentation.after(buffer.before))
      case .control("c"): return finish(.interrupted)
      case .control("d"):
        if buffer.isEmpty { return finish(.end) }
        buffer.delete()
      case .control("r"):
        if let text = await search() {
          if await isComplete(text) {
            buffer.set(text)
            history.add(text)
            return finish(.line(text))
          }
        }
      case .control("z"): suspend()
      case .control("l"):
        terminal.write("\u{1b}[H\u{1b}[2J")
        drawnRow = 0
      case .tab: await completeWord()
      default: edit(key)
      }
      wasTab = key == .tab
      draw()
    }
  }

  private func edit(_ key: Key) {
    switch key {
    case .character(let character): buffer.insert(String(character))
    case .paste(let text): buffer.insert(text)
    case .altEnter: buffer.insert("\n" + Indentation.after(buffer.before))
    case .backspace: buffer.backspace()
    case .control("w"), .altBackspace: buffer.killWordBefore()
    case .alt("d"): buffer.killWordAfter()
    case .delete: buffer.delete()
    case .left, .control("b"): buffer.left()
    case .right, .control("f"): buffer.right()
    case .wordLeft, .alt("b"): buffer.wordLeft()
    case .wordRight, .alt("f"): buffer.wordRight()
    case .home, .control("a"): buffer.home()
    case .end, .control("e"): buffer.end()
    case .control("k"): buffer.killToEnd()
    case .control("u"): buffer.killToStart()
    case .control("y"): buffer.yank()
    case .control("t"): buffer.transpose()
    case .control("_"): buffer.undo()
    case .up: if !buffer.up() { recall(place - 1) }
    case .down: if !buffer.down() { recall(place + 1) }
    case .control("p"): recall(place - 1)
    case .control("n"): recall(place + 1)
    default: break
    }
  }

  /// Shows another entry of the history; the one after the last is what is being typed.
  private func recall(_ index: Int) {
    let entries = history.entries
    guard (0...entries.count).contains(index) else { return }
    if place == entries.count { draft = buffer.text }
    place = index
    buffer.set(index == entries.count ? draft : entries[index])
  }

  // MARK: - Completion

  private func completeWord() async {
    let before = buffer.before
    if before.trimmingSpaces.isEmpty || before.hasSuffix("\n") {
      buffer.insert("  ")
      return
    }
    let complete = complete
    let found = try? await TimeLimit(duration: .milliseconds(700), subject: "a completion").apply {
      await complete(before)
    }
    guard let found, !found.candidates.isEmpty else { return }
    let prefix = found.commonPrefix
    let word = String(buffer.characters[found.start..<buffer.cursor])
    if prefix.count > word.count || found.candidates.count == 1 {
      let only = found.candidates.count == 1 ? found.candidates[0] : nil
      buffer.replace(from: found.start, with: (only?.text ?? prefix) + (only?.suffix ?? ""))
    } else if wasTab || found.candidates.count <= 12 {
      let size = terminal.size()
      listed = found.listing(width: size.columns, height: max(3, size.rows - 4), style: style)
    }
  }

  // MARK: - Search

  /// Searches the history; returns the entry that is to be run at once.
  private func search() async -> String? {
    let before = buffer
    var (wanted, index) = ("", history.entries.count)
    while true {
      let found = history.entries.indices.contains(index) ? history.entries[index] : ""
      buffer.set(found)
      let isMissing = !wanted.isEmpty && found.isEmpty
      draw(prompt: "(\(isMissing ? "no match" : "search") '\(wanted)'): ")
      guard let key = await nextKey() else { return nil }
      switch key {
      case .character(let character):
        wanted.append(character)
        index = history.search(wanted, before: history.entries.count) ?? history.entries.count
      case .paste(let text):
        wanted += text
        index = history.search(wanted, before: history.entries.count) ?? history.entries.count
      case .backspace:
        _ = wanted.popLast()
        index = history.search(wanted, before: history.entries.count) ?? history.entries.count
      case .control("r"): index = history.search(wanted, before: index) ?? index
      case .enter: return found.isEmpty ? nil : found
      case .control("g"), .control("c"):
        buffer = before
        return nil
      default:
        if found.isEmpty { buffer = before } else { place = index }
        if key != .escape { edit(key) }
        return nil
      }
    }
  }

  // MARK: - Terminal

  private func nextKey() async -> Key? {
    while waiting.isEmpty {
      switch await terminal.read(decoder.isUndecided ? .milliseconds(40) : nil) {
      case .bytes(let bytes): waiting += decoder.feed(bytes)
      case .timeout:
        waiting += decoder.flush()
        if terminal.size() != drawnSize { draw() }
      case .end: return nil
      }
      if Task.isCancelled { return nil }
    }
    return waiting.removeFirst()
  }

  private func draw(prompt: String? = nil) {
    let size = terminal.size()
    let old = drawnSize
    drawnSize = size
    var screen = Screen(
      prompt: prompt ?? prompts.first, continuation: prompts.next, buffer: buffer, width: size.columns,
      spans: style.isEnabled ? LuaHighlight.spans(buffer.characters) : [], style: style)
    screen.window(height: size.rows - 1)
    // The terminal has wrapped the rows anew; it is enough to be above where they began.
    if old.columns > size.columns, size.columns > 0 { drawnRow = drawnRow * (old.columns / size.columns + 1) }
    terminal.write(screen.drawing(over: min(drawnRow, size.rows - 1), below: listed))
    drawnRow = screen.cursorRow
  }

  private func finish(_ input: LineInput) -> LineInput {
    listed = []
    var last = buffer
    last.move(to: last.characters.count)
    buffer = last
    draw()
    terminal.write(input == .interrupted ? "^C\r\n" : input == .end ? "" : "\r\n")
    return input
  }

  private func suspend() {
    terminal.write("\r\n\u{1b}[?2004l")
    terminal.leaveRaw()
    terminal.suspend()
    _ = terminal.enterRaw()
    terminal.write("\u{1b}[?2004h")
    drawnRow = 0
  }
}
