/// The difference between two texts, line by line.
enum LineDiff {
  private enum Edit: Equatable {
    case keep(String)
    case delete(String)
    case insert(String)

    var isKeep: Bool { if case .keep = self { true } else { false } }
  }

  /// Returns a unified diff; empty where the texts are the same.
  static func unified(
    from old: String, to new: String, oldName: String, newName: String, style: Style, context: Int = 3
  ) -> String {
    guard old != new else { return "" }
    let edits = edits(lines(old), lines(new))
    var text = style.paint("--- \(oldName)", .bold) + "\n" + style.paint("+++ \(newName)", .bold) + "\n"
    for range in hunks(edits, context: context) {
      text += hunk(edits, range, style)
    }
    return text
  }

  /// Lines with their ends, so that a missing last newline is a difference too.
  private static func lines(_ text: String) -> [String] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { $0 + "\n" }
    let last = lines.removeLast()
    if last != "\n" { lines.append(String(last.dropLast()) + "\n\\ No newline at end of file\n") }
    return lines.map(String.init)
  }

  private static func edits(_ old: [String], _ new: [String]) -> [Edit] {
    let difference = new.difference(from: old)
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var edits: [Edit] = []
    var (oldIndex, newIndex) = (0, 0)
    while oldIndex < old.count || newIndex < new.count {
      if removed.contains(oldIndex) {
        edits.append(.delete(old[oldIndex]))
        oldIndex += 1
      } else if inserted.contains(newIndex) {
        edits.append(.insert(new[newIndex]))
        newIndex += 1
      } else {
        edits.append(.keep(old[oldIndex]))
        oldIndex += 1
        newIndex += 1
      }
    }
    return edits
  }

  /// Changes with the lines around them, merged where they touch.
  private static func hunks(_ edits: [Edit], context: Int) -> [Range<Int>] {
    var hunks: [Range<Int>] = []
    for index in edits.indices where !edits[index].isKeep {
      let range = max(0, index - context)..<min(edits.count, index + context + 1)
      if let last = hunks.last, range.lowerBound <= last.upperBound {
        hunks[hunks.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        hunks.append(range)
      }
    }
    return hunks
  }

  private static func hunk(_ edits: [Edit], _ range: Range<Int>, _ style: Style) -> String {
    let before = edits[..<range.lowerBound]
    let oldStart = before.count { if case .insert = $0 { false } else { true } }
    let newStart = before.count { if case .delete = $0 { false } else { true } }
    let oldCount = edits[range].count { if case .insert = $0 { false } else { true } }
    let newCount = edits[range].count { if case .delete = $0 { false } else { true } }
    let place = { (start: Int, count: Int) in "\(count == 0 ? start : start + 1),\(count)" }
    var text = style.paint("@@ -\(place(oldStart, oldCount)) +\(place(newStart, newCount)) @@", .cyan) + "\n"
    for edit in edits[range] {
      switch edit {
      case .keep(let line): text += " " + line
      case .delete(let line): text += painted("-" + line, .red, style)
      case .insert(let line): text += painted("+" + line, .green, style)
      }
    }
    return text
  }

  private static func painted(_ line: String, _ color: Style.Color, _ style: Style) -> String {
    style.paint(String(line.dropLast()), color) + "\n"
  }
}
