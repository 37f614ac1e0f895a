/// A mistake in how a script uses a function: it raises in the script, with the script's place before the message.
public struct LuaMisuse: Error, Sendable, Hashable {
  /// What is wrong, such as `mcp.deploy: a service name expected, got a number`.
  public var message: String

  /// Creates a mistake.
  public init(_ message: String) { self.message = message }
}

/// A value that a script raised, to be raised again as it is.
struct LuaRaised: Error {
  /// The value.
  var value: LuaValue
  /// Where it was raised, one place a line.
  var trace: [String]

  /// The value as an error.
  var error: EngineError { EngineError(raised: value, trace: trace) }
}

extension EngineError {
  /// The fields that the error has as a table in Lua.
  var luaFields: [LuaTable.Entry] {
    var fields: [LuaTable.Entry] = []
    func add(_ name: String, _ value: String?) {
      if let value { fields.append(LuaTable.Entry(key: .string(name), value: .string(value))) }
    }
    add("code", code.rawValue)
    add("message", message)
    add("cause", cause)
    add("hint", hint)
    add("service", service)
    add("component", component)
    if !details.isEmpty {
      fields.append(LuaTable.Entry(key: "details", value: .array(details.map { .string($0) })))
    }
    return fields
  }

  /// Creates an error from a table that a script raised; what it lacks or has wrong is filled in.
  init(_ table: LuaTable) {
    let fields = table.fields
    self.init(
      fields["code"]?.string.flatMap(Code.init(rawValue:)) ?? .operationFailed,
      fields["message"]?.string ?? "the script raised an error without a message",
      cause: fields["cause"]?.string, hint: fields["hint"]?.string, service: fields["service"]?.string,
      component: fields["component"]?.string,
      details: fields["details"]?.array?.compactMap(\.string) ?? [])
  }

  /// Creates an error from whatever value a script raised.
  init(raised value: LuaValue?, trace: [String]) {
    switch value {
    case .failure(let error): self = error
    case .table(let table) where table["message"]?.string != nil: self.init(table)
    case .string(let text): self.init(.operationFailed, text)
    case .integer(let number): self.init(.operationFailed, "\(number)")
    case .number(let number): self.init(.operationFailed, "\(number)")
    default:
      self.init(.operationFailed, "the script raised a \(value?.typeName ?? "nil") value as an error")
    }
    if details.isEmpty { details = trace }
  }
}
