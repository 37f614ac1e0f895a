import Engine
import Foundation

/// A secret with the node that it is on: the documented shape of a secret.
struct NodeSecret: Encodable, Sendable {
  var secret: SecretInfo
  var node: String

  private enum CodingKeys: CodingKey { case service, name, node, setAt, actor, usedBy, outdated }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(secret.service, forKey: .service)
    try container.encode(secret.name, forKey: .name)
    try container.encode(node, forKey: .node)
    try container.encode(secret.setAt, forKey: .setAt)
    try container.encode(secret.actor, forKey: .actor)
    try container.encode(secret.usedBy, forKey: .usedBy)
    try container.encode(secret.outdated, forKey: .outdated)
  }
}

/// Secrets as a table.
enum SecretTable {
  static func make(_ secrets: [NodeSecret], now: Date, showsNode: Bool) -> Table {
    var table = Table(columns: ["SERVICE", "SECRET"])
    if showsNode { table.columns.append("NODE") }
    table.columns += ["SET", "BY", Table.Column("USED BY", shrinks: true), "OUTDATED"]
    for item in secrets {
      var row: [Table.Cell] = [.init(item.secret.service), .init(item.secret.name)]
      if showsNode { row.append(.init(item.node)) }
      row += [
        .init(RelativeTime.between(item.secret.setAt, now) + " ago"), .init("\(item.secret.actor)"),
        .init(item.secret.usedBy.joined(separator: ", ")),
        .init(item.secret.outdated.joined(separator: ", "), .yellow),
      ]
      table.rows.append(row)
    }
    return table
  }
}
