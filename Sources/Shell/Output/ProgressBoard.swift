import Engine

/// What every component of an operation is doing, as lines.
struct ProgressBoard {
  /// One component, or the service as a whole.
  struct Row: Equatable {
    var name: String
    var phase: String
    var message: String

    /// The plain line of it.
    var line: String { "\(name): \(message)" }
  }

  private(set) var rows: [Row] = []

  /// Takes progress in and returns the row it changed; `nil` where nothing changed.
  mutating func apply(_ progress: OperationProgress) -> Row? {
    let name = Target(service: progress.service, component: progress.component).description
    let row = Row(
      name: Printable.line(name), phase: progress.phase, message: Printable.line(progress.message))
    if let index = rows.firstIndex(where: { $0.name == row.name }) {
      guard rows[index] != row else { return nil }
      rows[index] = row
    } else {
      rows.append(row)
    }
    return row
  }

  /// Returns one line per row, cut to the terminal so that no line wraps and nothing scrolls away; rows that
  /// are done give way first.
  func lines(width: Int, height: Int, style: Style) -> [String] {
    let room = max(1, height - 1)
    var shown = Array(rows.indices)
    if shown.count > room {
      let busy = shown.filter { !rows[$0].isDone }
      shown = Array((busy + shown.filter { rows[$0].isDone }).prefix(max(1, room - 1))).sorted()
    }
    let nameWidth = shown.reduce(0) { max($0, TextWidth.of(rows[$1].name)) }
    var lines = shown.map { index in
      let row = rows[index]
      let padding = String(repeating: " ", count: nameWidth - TextWidth.of(row.name))
      let space = max(0, width - nameWidth - 3)
      return "\(row.name)\(padding)  \(style.paint(TextWidth.truncate(row.message, to: space), row.color))"
    }
    let hidden = rows.count - shown.count
    if hidden > 0, lines.count < room { lines.append(style.paint("… \(hidden) more", .dim)) }
    return lines
  }
}

extension ProgressBoard.Row {
  /// Whether nothing more is expected of it.
  var isDone: Bool { phase == "done" }

  /// The colour of its message.
  var color: Style.Color? {
    switch phase {
    case "done": .green
    case "failed": .red
    case "undo": .yellow
    default: nil
    }
  }
}
