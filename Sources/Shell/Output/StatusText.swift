import Engine
import Foundation

/// A status report for people.
enum StatusText {
  static func render(_ report: StatusReport, now: Date, width: Int?, style: Style) -> String {
    var text = node(report.node, now: now, style: style)
    if !report.components.isEmpty {
      text += "\n" + components(report.components, now: now).rendered(width: width, style: style)
    }
    if let boot = report.boot { text += "\n" + BootText.render(boot, now: now, width: width, style: style) }
    text += "\n"
    text +=
      report.drift.isEmpty
      ? "no drift\n" : drift(report.drift).rendered(width: width, style: style)
    if !report.operations.isEmpty {
      text += "\n" + style.paint("under way", .bold) + "\n"
      text += report.operations.map { "  \(Printable.line($0))\n" }.joined()
    }
    if !report.events.isEmpty {
      text += "\n" + style.paint("recent events", .bold) + "\n"
      text += EventTable.make(
        report.events.map { NodeEvent(event: $0, node: "") }, now: now, showsNode: false
      )
      .rendered(width: width, style: style)
    }
    return text
  }

  private static func node(_ node: NodeInfo, now: Date, style: Style) -> String {
    let health = node.healthy ? style.paint("healthy", .green) : style.paint("degraded", .yellow)
    let uptime = RelativeTime.between(node.startedAt, now)
    let counts =
      "\(node.services) service\(node.services == 1 ? "" : "s"), "
      + "\(node.running) of \(node.components) component\(node.components == 1 ? "" : "s") running"
    return style.paint("node \(Printable.line(node.name))", .bold)
      + " \(health): agent \(Printable.line(node.agentVersion)), up \(uptime); "
      + "\(Printable.line(node.runtimes.joined(separator: ", "))); \(counts)\n"
  }

  private static func components(_ components: [ComponentStatus], now: Date) -> Table {
    var table = Table(columns: [
      Table.Column("SERVICE", shrinks: true), Table.Column("COMPONENT", shrinks: true), "DESIRED", "STATE",
      Table.Column("VERSION", shrinks: true), "SINCE", Table.Column("RESTARTS", isNumber: true),
      Table.Column("REVISION", isNumber: true), Table.Column("PORTS", shrinks: true),
    ])
    let showsHealth = components.contains { $0.health != nil }
    if showsHealth { table.columns.append(Table.Column("HEALTH", shrinks: true)) }
    table.rows = components.map { component in
      let cells: [Table.Cell] = [
        .init(component.service), .init(component.component), .init(component.desired.rawValue),
        .init(component.observed.description, .of(component.observed)), .init(component.version),
        .init(component.since.map { RelativeTime.between($0, now) } ?? ""), "\(component.restarts)",
        "\(component.revision)", .init(component.ports.joined(separator: " ")),
      ]
      return showsHealth ? cells + [.init(component.health ?? "")] : cells
    }
    return table
  }

  private static func drift(_ drift: [Drift]) -> Table {
    var table = Table(columns: [
      "DRIFT", Table.Column("COMPONENT", shrinks: true), Table.Column("FOUND", shrinks: true),
    ])
    table.rows = drift.map { drift in
      let subject = [drift.service, drift.component].filter { !$0.isEmpty }.joined(separator: "/")
      return [.init(drift.kind.rawValue, .red), .init(subject), .init(drift.message)]
    }
    return table
  }
}
