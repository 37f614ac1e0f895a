import Engine
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Shell

/// The line editor's parts, and the editor over a scripted terminal.
@Suite struct EditorTests {
  @Test(arguments: [
    ("a", [Key.character("a")]), ("é", [.character("é")]), ("世", [.character("世")]), ("\u{1b}[A", [.up]),
    ("\u{1b}OH", [.home]), ("\u{1b}[1;5C", [.wordRight]), ("\u{1b}[3~", [.delete]), ("\u{1b}b", [.alt("b")]),
    ("\u{1b}\r", [.altEnter]), ("\u{3}", [.control("c")]), ("\u{1f}", [.control("_")]),
    ("\u{1b}[200~a\r\nb\rc\u{1b}[201~d", [.paste("a\nb\nc"), .character("d")]),
    ("\u{1b}[99;9z\u{7f}", [.backspace]),
    ("\t\r", [.tab, .enter]),
  ])
  func `bytes become keys, however they are cut`(_ bytes: String, _ keys: [Key]) {
    var whole = KeyDecoder()
    let read = whole.feed(Array(bytes.utf8))
    #expect(read == keys)
    var single = KeyDecoder()
    var fed: [Key] = []
    for byte in bytes.utf8 { fed += single.feed([byte]) }
    #expect(fed == keys)
  }

  @Test func `what is no UTF-8 becomes a replacement, and a lone escape is itself`() {
    var decoder = KeyDecoder()
    let broken = decoder.feed([0xc3, 0x28])
    #expect(broken == [.character("\u{fffd}"), .character("(")])
    let undecided = decoder.feed([0x1b])
    #expect(undecided.isEmpty)
    #expect(decoder.isUndecided)
    let decided = decoder.flush()
    #expect(decided == [.escape])
  }

  @Test func `a buffer moves, kills, yanks and takes back by characters and words`() {
    var buffer = EditBuffer()
    buffer.insert("mcp.ps 世界")
    buffer.wordLeft()
    #expect(buffer.cursor == 7)
    buffer.killToEnd()
    #expect(buffer.text == "mcp.ps ")
    buffer.home()
    buffer.yank()
    #expect(buffer.text == "世界mcp.ps ")
    buffer.undo()
    #expect(buffer.text == "mcp.ps ")
    buffer.end()
    buffer.killWordBefore()
    #expect(buffer.text == "mcp.")
    buffer.insert("e")
    buffer.insert("\u{301}")
    #expect(buffer.characters.count == 5)
    buffer.backspace()
    #expect(buffer.text == "mcp.")
  }

  @Test func `lines of a buffer are gone through keeping the column`() {
    var buffer = EditBuffer()
    buffer.insert("long line\nab\nanother")
    let (up, again, end) = (buffer.up(), buffer.up(), buffer.up())
    #expect((up, again, end) == (true, true, false))
    #expect(buffer.cursor == 7)
    let movedDown = buffer.down()
    #expect(movedDown)
    #expect(buffer.cursor == 12)
  }

  @Test(arguments: [
    ("for i = 1, 2 do", "  "), ("  if x then", "    "), ("local t = {", "  "), ("f(function(a)", "  "),
    ("x = undo", ""), ("  y = 1", "  "), ("print(1)", ""),
  ])
  func `a new line is indented as Lua is`(_ line: String, _ spaces: String) {
    #expect(Indentation.after(line) == spaces)
  }

  @Test func `random edits never leave the text, nor does their picture leave the terminal`() {
    var generator = SeededGenerator(seed: 7)
    let texts = ["a", "世", "e\u{301}", "\n", "\t", "👩‍👩‍👧", "\u{1b}", "for x "]
    for _ in 0..<200 {
      var buffer = EditBuffer()
      for _ in 0..<40 {
        switch Int.random(in: 0..<10, using: &generator) {
        case 0: buffer.left()
        case 1: buffer.wordLeft()
        case 2: buffer.backspace()
        case 3: buffer.undo()
        case 4: _ = buffer.up()
        case 5: buffer.killToEnd()
        case 6: buffer.delete()
        default: buffer.insert(texts.randomElement(using: &generator) ?? "a")
        }
        #expect((0...buffer.characters.count).contains(buffer.cursor))
        let width = Int.random(in: 4..<20, using: &generator)
        var screen = Screen(prompt: "> ", continuation: ".", buffer: buffer, width: width)
        #expect(screen.rows.allSatisfy { TextWidth.of($0) <= width })
        #expect(screen.rows.allSatisfy { !$0.unicodeScalars.contains { $0.value < 0x20 } })
        #expect(screen.rows.indices.contains(screen.cursorRow))
        #expect((0..<width).contains(screen.cursorColumn))
        screen.window(height: 3)
        #expect(screen.rows.count <= 3)
        #expect(screen.rows.indices.contains(screen.cursorRow))
      }
    }
  }

  @Test func `a history keeps lines over shells, of several lines too`() async throws {
    try await TemporaryDirectory.with { directory in
      let path = directory.file("state") + "/history"
      let history = History(path: path)
      for text in ["a\nb\\n", "x", "x", " secret", ""] { history.add(text) }
      #expect(History(path: path).entries == ["a\nb\\n", "x"])
      #expect(FileFacts(path: path)?.permissions == 0o600)
      #expect(history.search("b", before: 2) == 0)
      #expect(history.search("z", before: 2) == nil)
      #expect(History(path: "/proc/nothing/history").entries.isEmpty)
    }
  }

  @Test(arguments: [
    ("mcp.ps{serv", LuaPlace.Kind.key, "serv", "mcp.ps", 0),
    ("mcp.deploy(\"we", .string, "we", "mcp.deploy", 0),
    ("mcp.on('exit', f, {service = \"w", .string, "w", "mcp.on", 2),
    ("x = mcp.lo", .name(table: "mcp"), "lo", "", 0),
    ("print(mcp.log.i", .name(table: "mcp.log"), "i", "print", 0),
    ("f(')')  ma", .name(table: ""), "ma", "", 0),
  ])
  func `the place in the text says what can be completed`(
    _ text: String, _ kind: LuaPlace.Kind, _ word: String, _ call: String, _ argument: Int
  ) {
    let place = LuaPlace(text)
    #expect(place.kind == kind)
    #expect(place.word == word)
    #expect(place.call ?? "" == call)
    #expect(place.argument == argument)
  }

  /// Types into an editor and returns what it read.
  private static func type(_ inputs: String..., history: [String] = []) async -> LineInput {
    let waiting = Mutex(inputs.map { Array($0.utf8) })
    let log = History(path: nil)
    for entry in history { log.add(entry) }
    let editor = LineEditor(
      terminal: EditorTerminal(
        read: { _ in
          waiting.withLock { $0.isEmpty ? .end : $0[0].isEmpty ? .timeout : .bytes($0.removeFirst()) }
        }, write: { _ in }, size: { .init(columns: 40, rows: 10) }, enterRaw: { true }, leaveRaw: {},
        suspend: {}),
      history: log, style: .plain
    ) { text in
      text == "mcp.p"
        ? Completion(start: 4, candidates: [.init(text: "ps", suffix: "(")]) : Completion(start: 0)
    }
    return await editor.readLine(prompt: "> ", continuation: "..", isComplete: { !$0.hasSuffix(" do") })
  }

  @Test func `keys make lines`() async {
    #expect(await Self.type("1 + 1\r") == .line("1 + 1"))
    #expect(await Self.type("while x do\r", "end\r") == .line("while x do\n  end"))
    #expect(await Self.type("mcp.p\t)\r") == .line("mcp.ps()"))
    #expect(await Self.type("\u{1b}[200~a = 1\nb = 2\n\u{1b}[201~", "c\r") == .line("a = 1\nb = 2\nc"))
    #expect(await Self.type("abc\u{3}") == .interrupted)
    #expect(await Self.type("\u{4}") == .end)
    #expect(await Self.type("\u{1b}[A\u{1b}[A!\r", history: ["one", "two"]) == .line("one!"))
    #expect(await Self.type("\u{12}on\r", history: ["one", "two"]) == .line("one"))
    #expect(await Self.type("x\u{12}t\u{7}y\r", history: ["two"]) == .line("xy"))
  }
}
