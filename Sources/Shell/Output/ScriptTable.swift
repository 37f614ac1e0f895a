import Engine
import Foundation

/// A script with the node that it is on: the documented shape of a script.
struct NodeScript: Encodable, Sendable {
  var script: ScriptInfo
  var node: String

  private enum CodingKeys: CodingKey { case name, node, state, loadedAt, hooks, memory, error }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(script.name, forKey: .name)
    try container.encode(node, forKey: .node)
    try container.encode(script.state, forKey: .state)
    try container.encodeIfPresent(script.loadedAt, forKey: .loadedAt)
    try container.encode(script.hooks, forKey: .hooks)
    try container.encode(script.memory, forKey: .memory)
    try container.encodeIfPresent(script.error.map { ErrorDocument($0) }, forKey: .error)
  }
}

/// Scripts as a table, a line for each hook.
enum ScriptTable {
  static func make(_ scripts: [NodeScript], now: Date, showsNode: Bool) -> Table {
    var table = Table(columns: [Table.Column("SCRIPT", shrinks: true)])
    if showsNode { table.columns.append("NODE") }
    table.columns += [
      "STATE", Table.Column("HOOK", shrinks: true), Table.Column("RUNS", isNumber: true),
      Table.Column("FAILED", isNumber: true), "LAST", "NEXT", Table.Column("LAST ERROR", shrinks: true),
    ]
    for item in scripts {
      let hooks = item.script.hooks.map(Optional.some)
      for hook in hooks.isEmpty ? [nil] : hooks {
        var row: [Table.Cell] = [.init(item.script.name)]
        if showsNode { row.append(.init(item.node)) }
        row += [
          .init(item.script.state.rawValue, color(item.script)), .init(hook?.occasion ?? ""),
          .init(hook.map { "\($0.runs)" } ?? ""), .init(hook.map { "\($0.failures)" } ?? ""),
          .init(hook?.lastRun.map { RelativeTime.between($0, now) + " ago" } ?? ""),
          .init(hook?.nextRun.map { "in " + RelativeTime.between(now, $0) } ?? ""),
          .init(hook?.lastError ?? "", .red),
        ]
        table.rows.append(row)
      }
    }
    return table
  }

  private static func color(_ script: ScriptInfo) -> Style.Color? {
    switch script.state {
    case .loaded: script.error == nil ? .green : .yellow
    case .loading: .yellow
    case .failed, .disabled: .red
    }
  }
}

/// What became of scripts, a line each.
enum ScriptReportText {
  static func render(_ reports: [ScriptReport], style: Style) -> String {
    reports.map { report in
      let mark = report.ok ? style.paint("ok", .green) : style.paint("failed", .red)
      let hooks = report.hooks.isEmpty ? "" : " (\(report.hooks.joined(separator: ", ")))"
      var text = "\(mark)  \(Printable.line(report.name)): \(Printable.line(report.message + hooks))\n"
      if let error = report.error {
        let lines = ErrorRenderer.text(error, style: style).split(separator: "\n")
        text += lines.map { "    \($0)\n" }.joined()
      }
      return text
    }.joined()
  }
}
