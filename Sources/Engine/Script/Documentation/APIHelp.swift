/// Help about the API for people at a prompt.
public enum APIHelp {
  /// The text about a function, a record, a topic or, for an empty name, about everything; `nil` for what is not known.
  public static func text(about name: String) -> String? {
    if name.isEmpty || name == "mcp" { return overview }
    if let function = ScriptAPI.function(name) { return text(about: function) }
    if let record = ScriptAPI.records.first(where: {
      $0.name.lowercased() == "mcp.\(name)".lowercased() || $0.name == name
    }) {
      return text(about: record)
    }
    let prefix = (name.hasPrefix("mcp.") ? String(name.dropFirst(4)) : name) + "."
    let members = ScriptAPI.functions.filter { $0.name.hasPrefix(prefix) }
    return members.isEmpty ? nil : list(members)
  }

  /// The names that are nearest to one that is not known.
  public static func suggestion(for name: String) -> String? {
    let bare = name.hasPrefix("mcp.") ? String(name.dropFirst(4)) : name
    return NearestWord.find(bare, among: ScriptAPI.functions.map(\.name))
  }

  private static var overview: String {
    var text = ""
    for topic in APITopic.allCases where topic != .testing {
      let functions = ScriptAPI.functions.filter { $0.topic == topic }
      text += "\(topic.rawValue)\n" + list(functions) + "\n"
    }
    return text
      + """
      help("deploy") or ?deploy tells more. What can fail returns nil and an error; assert(…) raises it.

      """
  }

  private static func list(_ functions: [APIFunction]) -> String {
    let width = functions.map(\.signature.count).filter { $0 <= 44 }.max() ?? 0
    return functions.map { function in
      let signature = function.signature
      let padding = String(repeating: " ", count: max(0, width - signature.count))
      let gap = signature.count > width ? "\n" + String(repeating: " ", count: width + 4) : padding + "  "
      return "  \(signature)\(gap)\(function.summary)\n"
    }.joined()
  }

  private static func text(about function: APIFunction) -> String {
    var text = "\(function.signature)\n\n  \(function.summary)\n"
    if !function.details.isEmpty { text += wrapped(function.details) }
    for parameter in function.parameters {
      text += "\n  \(parameter.name): \(shown(parameter.type))"
      text += parameter.isOptional ? ", optional: " : ": "
      text += parameter.meaning + "\n"
      text += options(of: parameter.type)
    }
    for result in function.results {
      text += "\n  returns \(result.name): \(shown(result.type)): \(result.meaning)\n"
    }
    if function.mayFail { text += "\n  or nil and an error (help(\"Error\"))\n" }
    if function.places.count < 3 {
      let places = function.places.map(\.description).sorted().joined(separator: " and ")
      text += "\n  Works in \(places).\n"
    }
    if let primitive = function.primitive { text += "\n  Needs the role \(primitive.role.rawValue).\n" }
    text += "\n  Example:\n" + function.example.split(separator: "\n").map { "    \($0)\n" }.joined()
    return text
  }

  private static func text(about record: APIRecord) -> String {
    let width = record.fields.map(\.name.count).max() ?? 0
    return "\(record.name): \(record.summary)\n\n"
      + record.fields.map { field in
        let padding = String(repeating: " ", count: width - field.name.count)
        return
          "  \(field.name)\(padding)  \(shown(field.type)): \(field.meaning)\(field.isOptional ? " (may be absent)" : "")\n"
      }.joined()
  }

  private static func options(of type: APIType) -> String {
    guard case .options(let fields) = type else { return "" }
    let width = fields.map(\.name.count).max() ?? 0
    return fields.map { field in
      let padding = String(repeating: " ", count: width - field.name.count)
      return
        "    \(field.name)\(padding)  \(shown(field.type)): \(field.meaning)\(field.isOptional ? "" : " (required)")\n"
    }.joined()
  }

  private static func shown(_ type: APIType) -> String {
    switch type {
    case .options: "table"
    case .duration: "duration (\"30s\" or seconds)"
    case .time: "time (seconds since 1970, or \"10m\" for that long ago)"
    case .target: "\"service\" or \"service/component\""
    case .definition: "definition table"
    case .either(let types): types.map(shown).joined(separator: " or ")
    default: type.annotation
    }
  }

  private static func wrapped(_ text: String) -> String {
    var lines = [""]
    for word in text.split(separator: " ") {
      let last = lines.count - 1
      if lines[last].count + word.count > 90 {
        lines.append(String(word))
      } else {
        lines[last] += lines[last].isEmpty ? String(word) : " \(word)"
      }
    }
    return lines.map { "  \($0)\n" }.joined()
  }
}
