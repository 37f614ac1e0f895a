extension ServiceDecoder {
  /// Stands for a variable that could not be read.
  private static let unreadable = EnvironmentVariable(name: "", value: .literal(""))

  /// Reads `env`: an array of `KEY=value` or a table; both may refer to secrets.
  mutating func environment(_ reader: TableReader) -> [EnvironmentVariable] {
    let path = reader.path(of: "env")
    switch reader.node("env") {
    case nil: return []
    case .array(let nodes):
      return nodes.enumerated().map { index, node in
        element(node, KeyPath.index(path, index), reader.log)
      }
    case .table(let table):
      var variables: [EnvironmentVariable] = []
      for (name, node) in table.sorted(by: { $0.key < $1.key }) {
        let place = KeyPath.key(path, name)
        paths[KeyPath.index(path, variables.count)] = place
        let value = value(node, place, reader.log) ?? .literal("")
        variables.append(EnvironmentVariable(name: name, value: value))
      }
      return variables
    case let other?:
      reader.wrongType(path, other, expected: "an array of `KEY=value` or a table")
      return []
    }
  }

  private func element(_ node: TOMLNode, _ path: String, _ log: ProblemLog) -> EnvironmentVariable {
    switch node {
    case .string(let text):
      let parts = Text.split(text, "=", max: 2)
      guard parts.count == 2 else {
        log.add(path, "must be `KEY=value`, not \(Text.quoted(text))")
        return Self.unreadable
      }
      return EnvironmentVariable(name: parts[0], value: .literal(parts[1]))
    case .table(let table):
      let reader = TableReader(table, path: path, log: log)
      let name = reader.requiredString("name")
      let secret = reader.requiredString("secret")
      reader.finish()
      guard let name, let secret else {
        log.settle(path)
        return Self.unreadable
      }
      return EnvironmentVariable(name: name, value: .secret(secret))
    default:
      log.add(path, "must be a string `KEY=value`, not \(node.typeName)")
      return Self.unreadable
    }
  }

  private func value(_ node: TOMLNode, _ path: String, _ log: ProblemLog) -> EnvironmentVariable.Value? {
    switch node {
    case .string(let text): return .literal(text)
    case .table(let table):
      let reader = TableReader(table, path: path, log: log)
      let secret = reader.requiredString("secret")
      reader.finish()
      return secret.map { .secret($0) }
    case .integer, .float, .boolean:
      log.add(path, "must be a string, not \(node.typeName): put the value in quotes")
      return nil
    default:
      log.add(path, "must be a string or `{ secret = \"name\" }`, not \(node.typeName)")
      return nil
    }
  }
}
