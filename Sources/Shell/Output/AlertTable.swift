import Engine
import Foundation

/// The alerts of a node: the documented shape of `mcp alerts --json`.
struct NodeAlerts: Encodable, Sendable {
  var list: AlertList
  var node: String

  private enum CodingKeys: CodingKey { case node, alerts, silences }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(node, forKey: .node)
    try container.encode(list.alerts, forKey: .alerts)
    try container.encode(list.silences, forKey: .silences)
  }
}

/// Alerts and silences as tables.
enum AlertTable {
  static func render(_ lists: [NodeAlerts], now: Date, width: Int?, style: Style) -> String {
    let showsNode = lists.count > 1
    let alerts = lists.flatMap { list in list.list.alerts.map { (list.node, $0) } }
    let silences = lists.flatMap { list in list.list.silences.map { (list.node, $0) } }
    var texts: [String] = []
    if !alerts.isEmpty {
      texts.append(self.alerts(alerts, now: now, showsNode: showsNode).rendered(width: width, style: style))
    }
    if !silences.isEmpty {
      texts.append(
        style.paint("silenced", .bold) + "\n"
          + self.silences(silences, now: now, showsNode: showsNode).rendered(width: width, style: style))
    }
    return texts.joined(separator: "\n")
  }

  private static func alerts(_ alerts: [(String, Alert)], now: Date, showsNode: Bool) -> Table {
    var table = Table(columns: ["SEVERITY", "STATE", "SINCE", Table.Column("COUNT", isNumber: true)])
    if showsNode { table.columns.append("NODE") }
    table.columns += [Table.Column("SUMMARY", shrinks: true), Table.Column("KEY", shrinks: true)]
    table.rows = alerts.map { node, alert in
      var row: [Table.Cell] = [
        .init(alert.severity.rawValue, alert.resolvedAt == nil ? colour(alert.severity) : nil),
        .init(state(alert, now: now)), .init(RelativeTime.between(alert.since, now)), "\(alert.count)",
      ]
      if showsNode { row.append(.init(node)) }
      return row + [.init(alert.summary), .init(alert.key)]
    }
    return table
  }

  private static func silences(_ silences: [(String, Silence)], now: Date, showsNode: Bool) -> Table {
    var table = Table(columns: [Table.Column("ID", isNumber: true), "MATCH", "LEFT"])
    if showsNode { table.columns.append("NODE") }
    table.columns += ["BY", Table.Column("REASON", shrinks: true)]
    table.rows = silences.map { node, silence in
      var row: [Table.Cell] = [
        "\(silence.id)", .init(silence.match), .init(RelativeTime.between(now, silence.until)),
      ]
      if showsNode { row.append(.init(node)) }
      return row + [.init("\(silence.actor)"), .init(silence.reason)]
    }
    return table
  }

  private static func state(_ alert: Alert, now: Date) -> String {
    if let time = alert.resolvedAt { return "over for \(RelativeTime.between(time, now))" }
    return alert.silencedUntil == nil ? "active" : "silenced"
  }

  private static func colour(_ severity: Alert.Severity) -> Style.Color? {
    switch severity {
    case .critical: .red
    case .warning: .yellow
    case .info: nil
    }
  }
}
