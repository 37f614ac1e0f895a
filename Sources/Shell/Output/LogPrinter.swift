import Engine

/// Lines of output as they are shown.
struct LogPrinter: Sendable {
  /// The documented shape of a line.
  private struct Document: Encodable {
    var line: LogLine
    var service: String

    private enum CodingKeys: CodingKey { case service }

    func encode(to encoder: any Encoder) throws {
      try line.encode(to: encoder)
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(service, forKey: .service)
    }
  }

  var service: String
  /// The components whose lines are told apart; empty where there is one.
  var components: [String] = []
  var isJSON = false
  var style = Style.plain

  private static let palette: [Style.Color] = [.cyan, .yellow, .green, .magenta, .blue, .red]

  /// Returns `line` with its newline, its text as it was written, colours included.
  func text(_ line: LogLine) throws -> String {
    if isJSON { return try JSON.line(Document(line: line, service: service)) }
    guard !components.isEmpty else { return line.text + "\n" }
    let width = components.reduce(0) { max($0, TextWidth.of($1)) }
    let padding = String(repeating: " ", count: max(0, width - TextWidth.of(line.component)))
    let color = components.firstIndex(of: line.component).map { Self.palette[$0 % Self.palette.count] }
    return style.paint(line.component, color) + padding + " | " + line.text + "\n"
  }
}
