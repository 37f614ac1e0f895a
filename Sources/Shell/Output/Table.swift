/// Rows under aligned titles.
///
/// Rendering is a pure function of the rows, the width and the style. Without a width nothing is cut, so
/// that another program sees everything.
struct Table {
  /// One column.
  struct Column: ExpressibleByStringLiteral {
    var title: String
    /// Numbers are aligned at their end.
    var isNumber = false
    /// Whether the column gives way where the terminal is narrow.
    var shrinks = false

    init(_ title: String, isNumber: Bool = false, shrinks: Bool = false) {
      self.title = title
      self.isNumber = isNumber
      self.shrinks = shrinks
    }

    init(stringLiteral value: String) { self.init(value) }
  }

  /// One cell; an empty one shows as a dash.
  struct Cell: ExpressibleByStringInterpolation {
    var text: String
    var color: Style.Color?

    init(_ text: String, _ color: Style.Color? = nil) {
      self.text = text.isEmpty ? "-" : Printable.line(text)
      self.color = color
    }

    init(stringLiteral value: String) { self.init(value) }
  }

  var columns: [Column]
  var rows: [[Cell]] = []

  /// The fewest cells that a shrinking column keeps.
  private static let narrowest = 8
  private static let gap = "  "

  /// Returns the table as lines that end without spaces, each closed by a newline.
  func rendered(width: Int?, style: Style) -> String {
    let widths = columnWidths(limit: width)
    var text = line(columns.map { Cell($0.title, .bold) }, widths, style)
    for row in rows { text += line(row, widths, style) }
    return text
  }

  private func columnWidths(limit: Int?) -> [Int] {
    var widths = columns.indices.map { index in
      rows.reduce(TextWidth.of(columns[index].title)) { max($0, TextWidth.of($1[index].text)) }
    }
    guard let limit else { return widths }
    var excess = widths.reduce(0, +) + Self.gap.count * (columns.count - 1) - limit
    while excess > 0 {
      let candidates = columns.indices.filter {
        columns[$0].shrinks && widths[$0] > max(Self.narrowest, TextWidth.of(columns[$0].title))
      }
      guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { break }
      widths[widest] -= 1
      excess -= 1
    }
    return widths
  }

  private func line(_ cells: [Cell], _ widths: [Int], _ style: Style) -> String {
    var text = ""
    for (index, cell) in cells.enumerated() {
      let shown = TextWidth.truncate(cell.text, to: widths[index])
      let padding = String(repeating: " ", count: max(0, widths[index] - TextWidth.of(shown)))
      let painted = style.paint(shown, cell.color)
      let isLast = index == cells.count - 1
      if columns[index].isNumber {
        text += padding + painted
      } else {
        text += isLast ? painted : painted + padding
      }
      if !isLast { text += Self.gap }
    }
    return text + "\n"
  }
}
