/// What is seen of an input: rows of cells, and where the cursor is.
///
/// Pure. A row is never wider than the terminal; wide characters are not split.
struct Screen: Equatable, Sendable {
  /// A part of the text with a colour.
  struct Span: Equatable, Sendable {
    var range: Range<Int>
    var color: Style.Color
  }

  private(set) var rows: [String] = [""]
  private(set) var cursorRow = 0
  private(set) var cursorColumn = 0

  /// Lays an input out.
  init(
    prompt: String, continuation: String, buffer: EditBuffer, width: Int, spans: [Span] = [],
    style: Style = .plain
  ) {
    let width = max(2, width)
    var column = 0
    func beginRow() {
      rows.append("")
      column = 0
    }
    func put(_ text: String, cells: Int) {
      if column + cells > width { beginRow() }
      rows[rows.count - 1] += text
      column += cells
    }
    func put(prompt: String) {
      for character in prompt { put(String(character), cells: TextWidth.of(character)) }
    }
    put(prompt: prompt)
    for (index, character) in buffer.characters.enumerated() {
      if index == buffer.cursor {
        // At the end of a row that is full, the cursor has a row of its own; before a wide character it may
        // be set again below.
        if character == "\n", column >= width { beginRow() }
        (cursorRow, cursorColumn) = (rows.count - 1, column)
      }
      if character == "\n" {
        beginRow()
        put(prompt: continuation)
        continue
      }
      let shown = Self.shown(character)
      let color = spans.first { $0.range.contains(index) }?.color
      put(style.paint(shown, color), cells: TextWidth.of(shown))
      // The cursor sits on what was put last where that began a new row.
      if index == buffer.cursor, cursorRow != rows.count - 1 {
        (cursorRow, cursorColumn) = (rows.count - 1, 0)
      }
    }
    if buffer.isAtEnd {
      if column >= width { beginRow() }
      (cursorRow, cursorColumn) = (rows.count - 1, column)
    }
  }

  /// Leaves the rows around the cursor that fit a terminal of that height.
  mutating func window(height: Int) {
    let height = max(1, height)
    guard rows.count > height else { return }
    let first = min(max(0, cursorRow - height / 2), rows.count - height)
    rows = Array(rows[first..<(first + height)])
    cursorRow -= first
  }

  /// The bytes that draw this over an earlier picture whose cursor is in `row` of it, with further rows below.
  func drawing(over row: Int, below: [String] = []) -> String {
    var text = row > 0 ? "\u{1b}[\(row)A" : ""
    text += "\r\u{1b}[J" + (rows + below).joined(separator: "\r\n")
    let up = rows.count + below.count - 1 - cursorRow
    if up > 0 { text += "\u{1b}[\(up)A" }
    text += "\r"
    if cursorColumn > 0 { text += "\u{1b}[\(cursorColumn)C" }
    return text
  }

  private static func shown(_ character: Character) -> String {
    if character == "\t" { return "  " }
    return Printable.line(String(character))
  }
}
