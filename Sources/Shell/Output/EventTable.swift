import Engine
import Foundation

/// An event with the node it happened on: the documented shape of an event.
struct NodeEvent: Encodable, Sendable {
  var event: Event
  var node: String

  private enum CodingKeys: CodingKey { case node }

  func encode(to encoder: any Encoder) throws {
    try event.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(node, forKey: .node)
  }
}

/// Events for people.
enum EventTable {
  /// Returns past events as a table with their age.
  static func make(_ events: [NodeEvent], now: Date, showsNode: Bool) -> Table {
    var table = Table(columns: ["AGE"])
    if showsNode { table.columns.append("NODE") }
    table.columns += ["KIND", "SERVICE", "ACTOR", Table.Column("MESSAGE", shrinks: true)]
    table.rows = events.map { item in
      var row: [Table.Cell] = [.init(RelativeTime.between(item.event.time, now))]
      if showsNode { row.append(.init(item.node)) }
      return row + [
        .init(item.event.kind, color(of: item.event)), .init(subject(of: item.event)),
        .init(item.event.actor.description), .init(item.event.message),
      ]
    }
    return table
  }

  /// Returns one event as a line for a stream, where an age would soon be wrong.
  static func line(_ item: NodeEvent, showsNode: Bool, style: Style) -> String {
    let event = item.event
    var parts = [Timestamp.local(event.time)]
    if showsNode { parts.append(item.node) }
    parts += [style.paint(Printable.line(event.kind), color(of: event)), subject(of: event)]
    parts += [event.actor.description, event.message]
    return parts.enumerated().filter { !$0.element.isEmpty }.map { index, part in
      // The kind was made safe before it was painted.
      index == (showsNode ? 2 : 1) ? part : Printable.line(part)
    }.joined(separator: "  ") + "\n"
  }

  private static func subject(of event: Event) -> String {
    [event.service, event.component].compactMap(\.self).joined(separator: "/")
  }

  private static func color(of event: Event) -> Style.Color? {
    if event.details["result"] == "failed" { return .red }
    switch event.kind {
    case EventKind.exit, EventKind.removed, EventKind.denied, EventKind.unhealthy: return .red
    case EventKind.deploy, EventKind.rollback, EventKind.start, EventKind.running, EventKind.healthy:
      return .green
    default: return nil
    }
  }
}
