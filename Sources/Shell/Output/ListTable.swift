import Engine
import Foundation

/// Services of the registry as a table.
enum ListTable {
  static func make(_ services: [ServiceSummary], now: Date) -> Table {
    var table = Table(columns: [
      "SERVICE", "NODE", "ACTIVE", Table.Column("COMPONENTS", shrinks: true),
      Table.Column("REVISION", isNumber: true), "DEPLOYED",
    ])
    table.rows = services.map { service in
      [
        .init(service.name), .init(service.node),
        .init(service.active ? "yes" : "no", service.active ? .green : .dim),
        .init(service.components.joined(separator: ", ")), "\(service.revision)",
        .init(RelativeTime.between(service.updatedAt, now) + " ago"),
      ]
    }
    return table
  }
}

/// Components as they are, as a table.
enum PsTable {
  static func make(_ components: [ComponentStatus], now: Date) -> Table {
    var table = Table(columns: [
      Table.Column("SERVICE", shrinks: true), Table.Column("COMPONENT", shrinks: true), "NODE", "STATE",
      Table.Column("VERSION", shrinks: true), "UPTIME", Table.Column("RESTARTS", isNumber: true),
    ])
    table.rows = components.map { component in
      let uptime = component.observed.isUp ? component.since.map { RelativeTime.between($0, now) } : nil
      return [
        .init(component.service), .init(component.component), .init(component.node),
        .init(component.observed.description, .of(component.observed)), .init(component.version),
        .init(uptime ?? ""), "\(component.restarts)",
      ]
    }
    return table
  }
}

/// Nodes as a table.
enum NodeTable {
  /// A configured node and what it said of itself.
  struct Row {
    var name: String
    var address: String
    var info: NodeInfo?
  }

  static func make(_ rows: [Row], now: Date) -> Table {
    var table = Table(columns: [
      "NAME", Table.Column("ADDRESS", shrinks: true), "HEALTH", "VERSION", "UPTIME",
      Table.Column("SERVICES", isNumber: true), Table.Column("RUNNING", isNumber: true),
    ])
    table.rows = rows.map { row in
      guard let info = row.info else {
        return [.init(row.name), .init(row.address), .init("unreachable", .red), "", "", "", ""]
      }
      return [
        .init(row.name), .init(row.address),
        info.healthy ? .init("healthy", .green) : .init("degraded", .yellow), .init(info.agentVersion),
        .init(RelativeTime.between(info.startedAt, now)), "\(info.services)",
        "\(info.running)/\(info.components)",
      ]
    }
    return table
  }
}
