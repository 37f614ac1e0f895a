import Engine
import Foundation

/// The revisions of a service for people: a line for each, and below it what changed.
enum HistoryText {
  static func render(_ revisions: [RevisionSummary], now: Date, style: Style) -> String {
    revisions.map { revision in
      let when = RelativeTime.between(revision.createdAt, now) + " ago"
      let head =
        style.paint("revision \(revision.revision)", .bold) + (revision.current ? " (current)" : "")
        + "  \(when)  \(Printable.line(revision.actor.description))  "
        + style.paint(revision.outcome.rawValue, color(of: revision.outcome)) + "\n"
      return head + revision.changes.map { "  " + Printable.line(FieldChangeText.line($0)) + "\n" }.joined()
    }.joined()
  }

  private static func color(of outcome: RevisionRecord.Outcome) -> Style.Color? {
    switch outcome {
    case .deployed: .green
    case .failed, .incomplete: .red
    case .pending: nil
    }
  }
}

/// A changed field of a definition in one line.
enum FieldChangeText {
  static func line(_ change: FieldChange) -> String {
    switch (change.before, change.after) {
    case (nil, let after?): "+ \(change.path) = \(after)"
    case (let before?, nil): "- \(change.path) = \(before)"
    case (let before, let after): "~ \(change.path): \(before ?? "") → \(after ?? "")"
    }
  }
}
