/// Definitions as tables: the same keys and spellings as in a definition file.
enum LuaDefinition {
  /// Makes a definition of a table; throws `invalidArgument` with every problem by its key's path.
  static func decode(_ value: LuaValue) throws(EngineError) -> ServiceDefinition {
    guard case .table(let root)? = LuaTOML.node(value) else {
      throw EngineError(.invalidArgument, "a definition is a table with `name` and `components`")
    }
    return try ServiceFile.decode(root, source: "the table")
  }

  /// Makes a table of a definition.
  static func encode(_ definition: ServiceDefinition) throws(EngineError) -> LuaValue {
    try LuaTOML.decode(ServiceFile.format(definition), source: definition.name)
  }
}

/// TOML and Lua values.
enum LuaTOML {
  /// Reads a document; throws `invalidArgument` with line and column.
  static func decode(_ text: String, source: String) throws(EngineError) -> LuaValue {
    value(.table(try TOMLDocument.parse(text, kind: "TOML document", source: source)))
  }

  /// The value of a node.
  static func value(_ node: TOMLNode) -> LuaValue {
    switch node {
    case .string(let text): .string(text)
    case .integer(let number): .integer(number)
    case .float(let number): .number(number)
    case .boolean(let flag): .bool(flag)
    case .moment: .nil
    case .array(let nodes): .array(nodes.map(value))
    case .table(let table):
      .table(LuaTable(table.map { LuaTable.Entry(key: .string($0.key), value: value($0.value)) }))
    }
  }

  /// The node of a value; `nil` for what TOML does not have.
  ///
  /// An empty table inside is left out: it may stand for an empty list as well.
  static func node(_ value: LuaValue) -> TOMLNode? {
    switch value {
    case .bool(let flag): return .boolean(flag)
    case .integer(let number): return .integer(number)
    case .number(let number): return .float(number)
    case .string(let text): return .string(text)
    case .array(let values): return .array(values.compactMap(node))
    case .table(let table):
      var result: [String: TOMLNode] = [:]
      for entry in table.entries {
        let key: String? =
          switch entry.key {
          case .string(let text): text
          case .integer(let number): "[\(number)]"
          default: nil
          }
        if let inner = entry.value.anyTable, inner.entries.isEmpty { continue }
        guard let key, let node = node(entry.value) else { continue }
        result[key] = node
      }
      return .table(result)
    case .nil, .bytes, .function, .opaque, .failure: return nil
    }
  }
}
