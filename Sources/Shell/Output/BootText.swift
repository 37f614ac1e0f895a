import Engine
import Foundation

/// A boot sequence for people.
enum BootText {
  /// The stages in a table, below a line that says how it is.
  static func render(_ progress: BootProgress, now: Date, width: Int?, style: Style) -> String {
    var text = style.paint("boot", .bold) + " " + summary(progress, now: now) + "\n"
    guard !progress.stages.isEmpty else { return text }
    var table = Table(columns: [
      "STAGE", "STATE", Table.Column("SERVICES", shrinks: true), "REQUIRED",
      Table.Column("ATTEMPTS", isNumber: true), "SINCE", Table.Column("REASON", shrinks: true),
    ])
    table.rows = progress.stages.map { stage in
      [
        .init(stage.name), .init(stage.state.rawValue, colour(stage.state)),
        .init(stage.services.joined(separator: ", ")),
        .init(stage.required ? "yes" : "no"), "\(stage.attempts)",
        .init(RelativeTime.between(stage.since, now)),
        .init(stage.message ?? ""),
      ]
    }
    text += table.rendered(width: width, style: style)
    return text
  }

  /// What each stage would do.
  static func plan(_ report: BootReport, console width: Int?, style: Style) -> String {
    var text = "\(Printable.line(report.progress.script)): \(report.progress.stages.count) stages\n"
    for (index, stage) in report.progress.stages.enumerated() {
      let kind =
        stage.required ? "required, later stages wait for it" : "a failure is told and the boot goes on"
      text += "\n" + style.paint("\(index + 1). \(Printable.line(stage.name))", .bold) + " (\(kind))\n"
      if let message = stage.message { text += "  \(Printable.line(message))\n" }
      let results = report.results.filter { stage.services.contains($0.service) }
      for result in results {
        text += "  \(Printable.line(result.message))\n"
        text += result.steps.map { "    \(Printable.line($0.message))\n" }.joined()
      }
    }
    return text
  }

  private static func summary(_ progress: BootProgress, now: Date) -> String {
    let script = Printable.line(progress.script)
    let since = RelativeTime.between(progress.startedAt, progress.endedAt ?? now)
    return switch progress.state {
    case .running: "under way for \(since): \(script)"
    case .done: "done after \(since): \(script)"
    case .failed:
      "failed, everything was started without it: \(script): \(Printable.line(progress.message ?? "no reason"))"
    }
  }

  private static func colour(_ state: BootProgress.StageState) -> Style.Color? {
    switch state {
    case .pending: nil
    case .running: .yellow
    case .retrying, .failed: .red
    case .done: .green
    }
  }
}
