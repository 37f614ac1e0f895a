import Engine

/// How an operation ended, for people.
enum OperationText {
  /// Returns the line that sums up an operation and, for a plan, its steps.
  static func render(_ result: OperationResult, width: Int?, style: Style) -> String {
    let head = Printable.line(result.message) + "\n"
    guard result.planned else { return head }
    let changes = result.changes.map {
      style.paint(Printable.line(FieldChangeText.line($0)), color(of: $0)) + "\n"
    }
    let steps = result.steps.isEmpty ? "" : steps(result.steps, width: width, style: style)
    return head + changes.joined() + steps
  }

  private static func color(of change: FieldChange) -> Style.Color? {
    switch (change.before, change.after) {
    case (nil, _): .green
    case (_, nil): .red
    default: nil
    }
  }

  private static func steps(_ steps: [PlannedStep], width: Int?, style: Style) -> String {
    var table = Table(columns: ["COMPONENT", "ACTION", Table.Column("STEP", shrinks: true)])
    table.rows = steps.map {
      [.init($0.component), .init($0.action, color(of: $0.action)), .init($0.message)]
    }
    return table.rendered(width: width, style: style)
  }

  private static func color(of action: String) -> Style.Color? {
    switch action {
    case "create", "start", "network": .green
    case "stop", "remove", "remove-network": .red
    default: nil
    }
  }
}

/// The documented shape of an operation's result: the result itself and its node.
struct OperationDocument: Encodable {
  var result: OperationResult
  var node: String

  private enum CodingKeys: CodingKey { case node }

  func encode(to encoder: any Encoder) throws {
    try result.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(node, forKey: .node)
  }
}
