import Foundation

/// What the word before the cursor may become.
struct Completion: Equatable, Sendable {
  /// One possibility.
  struct Candidate: Equatable, Sendable {
    /// The word.
    var text: String
    /// What it is, in a few words.
    var note = ""
    /// What follows it where it is the only one.
    var suffix = ""
  }

  /// Where the word begins, in characters.
  var start: Int
  var candidates: [Candidate] = []

  /// What all candidates begin with.
  var commonPrefix: String {
    guard let first = candidates.first else { return "" }
    return candidates.dropFirst().reduce(first.text) { $0.commonPrefix(with: $1.text, options: .literal) }
  }

  /// The candidates as rows: one each with its note where they are few, else in columns.
  func listing(width: Int, height: Int, style: Style) -> [String] {
    if candidates.count <= min(height, 40), candidates.contains(where: { !$0.note.isEmpty }) {
      let longest = candidates.map { TextWidth.of($0.text) }.max() ?? 0
      return candidates.map { candidate in
        let space = String(repeating: " ", count: longest - TextWidth.of(candidate.text) + 2)
        let room = max(0, width - longest - 5)
        return "  " + Printable.line(candidate.text) + space
          + style.paint(TextWidth.truncate(Printable.line(candidate.note), to: room), .dim)
      }
    }
    let cell = (candidates.map { TextWidth.of($0.text) }.max() ?? 0) + 2
    let columns = max(1, (width - 2) / cell)
    var rows: [String] = []
    for start in stride(from: 0, to: candidates.count, by: columns) {
      if rows.count == height - 1 {
        rows.append(style.paint("  … and \(candidates.count - start) more", .dim))
        break
      }
      rows.append(
        "  "
          + candidates[start..<min(start + columns, candidates.count)].map {
            Printable.line($0.text) + String(repeating: " ", count: cell - TextWidth.of($0.text))
          }.joined())
    }
    return rows
  }
}
