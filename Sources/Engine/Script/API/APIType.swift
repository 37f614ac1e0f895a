/// The types that the declarations of the API know.
public indirect enum APIType: Sendable, Hashable {
  /// Anything, nil included.
  case any
  /// A truth value.
  case boolean
  /// A whole number.
  case integer
  /// A number.
  case number
  /// A string.
  case string
  /// One of these strings.
  case word([String])
  /// A span of time: a number of seconds, or a string such as `"1m30s"`.
  case duration
  /// A point in time: seconds since 1970 as ``mcp.now`` returns them, or a duration, which means that long ago.
  case time
  /// `"service"` or `"service/component"`.
  case target
  /// A function, with what it takes and returns in LuaCATS' words.
  case function(String)
  /// A list.
  case list(APIType)
  /// A table with free keys.
  case map(APIType)
  /// Any table.
  case table
  /// A table of that ``APIRecord``.
  case record(String)
  /// A service's definition, with the keys of a definition file.
  case definition
  /// A table of options; a key that is not among them is a mistake.
  case options([APIField])
  /// One of several types.
  case either([APIType])

  /// The type as LuaCATS writes it.
  public var annotation: String {
    switch self {
    case .any: "any"
    case .boolean: "boolean"
    case .integer: "integer"
    case .number: "number"
    case .string: "string"
    case .word(let words): words.map { "\"\($0)\"" }.joined(separator: "|")
    case .duration: "mcp.Duration"
    case .time: "mcp.Time"
    case .target: "mcp.Target"
    case .function(let signature): signature
    case .list(let element):
      if case .either = element { "(\(element.annotation))[]" } else { "\(element.annotation)[]" }
    case .map(let value): "table<string, \(value.annotation)>"
    case .table: "table"
    case .record(let name): name
    case .definition: "mcp.Definition"
    case .options(let fields):
      "{ "
        + fields.map { "\($0.name)\($0.isOptional ? "?" : ""): \($0.type.annotation)" }.joined(
          separator: ", ")
        + " }"
    case .either(let types): types.map(\.annotation).joined(separator: "|")
    }
  }

  /// The type for people, with its article.
  var expectation: String {
    switch self {
    case .any: "a value"
    case .boolean: "a boolean"
    case .integer: "a whole number"
    case .number: "a number"
    case .string: "a string"
    case .word(let words): words.map { "\"\($0)\"" }.joined(separator: " or ")
    case .duration: "a duration such as \"30s\""
    case .time: "a time or a duration"
    case .target: "a \"service\" or \"service/component\""
    case .function: "a function"
    case .list: "a list"
    case .map, .table, .record: "a table"
    case .definition: "a definition table"
    case .options: "a table of options"
    case .either(let types): types.map(\.expectation).joined(separator: " or ")
    }
  }

  /// What is wrong with `value` as a value of this type; `nil` where nothing is.
  ///
  /// `place` names the value, as in `argument #1 'target'`.
  func problem(with value: LuaValue, at place: String) -> String? {
    var mismatch: String { "\(place): \(expectation) expected, got \(value.description)" }
    switch self {
    case .any: return nil
    case .boolean: return value.bool == nil ? mismatch : nil
    case .integer: return value.integer == nil ? mismatch : nil
    case .number: return value.number == nil ? mismatch : nil
    case .string:
      if case .bytes = value { return nil }
      return value.string == nil ? mismatch : nil
    case .word(let words): return value.string.map(words.contains) == true ? nil : mismatch
    case .duration: return Self.duration(value) == nil ? mismatch : nil
    case .time: return value.number == nil && Self.duration(value) == nil ? mismatch : nil
    case .target:
      guard let text = value.string else { return mismatch }
      do {
        _ = try Target(parsing: text)
        return nil
      } catch {
        return "\(place): \(error.message)"
      }
    case .function: return value.function == nil ? mismatch : nil
    case .list(let type):
      guard let elements = value.array else { return mismatch }
      return elements.enumerated().lazy.compactMap { index, element in
        type.problem(with: element, at: "\(place)[\(index + 1)]")
      }.first
    case .map(let type):
      guard let table = value.anyTable else { return mismatch }
      return table.entries.lazy.compactMap { entry in
        guard let key = entry.key.string else { return "\(place): the keys must be strings" }
        return type.problem(with: entry.value, at: "\(place).\(key)")
      }.first
    case .table, .record, .definition:
      switch value {
      case .table, .array, .failure: return nil
      default: return mismatch
      }
    case .options(let fields): return Self.problem(with: value, at: place, fields) ?? nil
    case .either(let types):
      let problems = types.map { $0.problem(with: value, at: place) }
      if problems.contains(where: { $0 == nil }) { return nil }
      // A table that is nearly right is better described by its own mistake.
      let near = zip(types, problems).first { type, _ in type.isKind(of: value) }
      return near.flatMap(\.1) ?? mismatch
    }
  }

  private func isKind(of value: LuaValue) -> Bool {
    switch (self, value) {
    case (.options, .table), (.definition, .table), (.target, .string): true
    default: false
    }
  }

  private static func problem(with value: LuaValue, at place: String, _ fields: [APIField]) -> String? {
    guard let table = value.anyTable else {
      return "\(place): a table of options expected, got \(value.description)"
    }
    for entry in table.entries {
      guard let key = entry.key.string else { return "\(place): the keys of options must be names" }
      guard let field = fields.first(where: { $0.name == key }) else {
        let near = NearestWord.find(key, among: fields.map(\.name))
        return "\(place): unknown option '\(key)'"
          + (near.map { "; did you mean '\($0)'?" }
            ?? "; there are: \(fields.map(\.name).joined(separator: ", "))")
      }
      if let problem = field.type.problem(with: entry.value, at: "\(place).\(key)") { return problem }
    }
    for field in fields where !field.isOptional && table[field.name] == nil {
      return "\(place): the option '\(field.name)' is required"
    }
    return nil
  }

  /// The span of time that a value means.
  static func duration(_ value: LuaValue) -> Duration? {
    if let text = value.string { return (try? DurationText.parse(text)).map { .milliseconds($0) } }
    guard let seconds = value.number, seconds >= 0, seconds <= Double(DurationText.maximum) / 1000 else {
      return nil
    }
    return .milliseconds(Int64((seconds * 1000).rounded()))
  }
}

extension LuaValue {
  /// The table, an empty one for an empty array.
  var anyTable: LuaTable? {
    switch self {
    case .table(let table): table
    case .array(let values) where values.isEmpty: LuaTable()
    default: nil
    }
  }

  /// The value in short, for messages.
  var description: String {
    switch self {
    case .nil: "nil"
    case .bool(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .string(let text): Text.quoted(text, mark: "\"", limit: 60)
    case .bytes: "a string that is not UTF-8"
    case .opaque(let text): text
    case .array, .table, .failure: "a table"
    case .function: "a function"
    }
  }
}
