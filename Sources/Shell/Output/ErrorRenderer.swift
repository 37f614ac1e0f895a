import Engine

/// Errors as operators read them: what was being done, to what, why it failed, what to do next.
enum ErrorRenderer {
  /// Returns the lines of `error`, each closed by a newline; `node` names where it happened.
  static func text(_ error: EngineError, node: String? = nil, style: Style) -> String {
    let place = node.map { "\(Printable.line($0)): " } ?? ""
    var lines = labelled("error", place + error.message, .red, style)
    if let cause = error.cause, !cause.isEmpty { lines += labelled("cause", cause, .yellow, style) }
    lines += error.details.flatMap(Printable.lines).map { "  " + $0 }
    if let hint = error.hint, !hint.isEmpty { lines += labelled("hint", hint, .cyan, style) }
    return lines.map { trimmed($0) + "\n" }.joined()
  }

  /// Returns the lines of a usage error.
  static func text(_ error: UsageError, style: Style) -> String {
    var lines = labelled("error", error.message, .red, style)
    if let hint = error.hint { lines += labelled("hint", hint, .cyan, style) }
    return lines.map { trimmed($0) + "\n" }.joined()
  }

  /// Returns `error` as one line of JSON for standard error.
  static func json(_ error: EngineError, node: String? = nil) -> String {
    line(Document(error: .init(error, node: node)))
  }

  /// Returns a usage error as one line of JSON for standard error.
  static func json(_ error: UsageError) -> String {
    line(Document(error: .init(code: "usage", message: error.message, hint: error.hint)))
  }

  private struct Document: Encodable {
    let error: ErrorDocument
  }

  private static func line(_ document: Document) -> String {
    // Only strings are inside, so this encodes; the fallback keeps the promise of one JSON line anyway.
    (try? JSON.line(document)) ?? "{\"error\":{\"code\":\"internal\"}}\n"
  }

  private static func labelled(
    _ label: String, _ text: String, _ color: Style.Color, _ style: Style
  ) -> [String] {
    let lines = Printable.lines(text)
    return [style.paint("\(label):", color) + " " + (lines.first ?? "")] + lines.dropFirst().map { "  " + $0 }
  }

  private static func trimmed(_ line: String) -> String {
    var line = Substring(line)
    while line.last == " " { line.removeLast() }
    return String(line)
  }
}

/// The documented shape of an error.
struct ErrorDocument: Encodable {
  var code: String
  var message: String
  var cause: String?
  var hint: String?
  var node: String?
  var service: String?
  var component: String?
  var details: [String] = []

  init(code: String, message: String, hint: String? = nil) {
    self.code = code
    self.message = message
    self.hint = hint
  }

  init(_ error: EngineError, node: String? = nil) {
    code = error.code.rawValue
    message = error.message
    cause = error.cause
    hint = error.hint
    self.node = node
    service = error.service
    component = error.component
    details = error.details
  }
}
