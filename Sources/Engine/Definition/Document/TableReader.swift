/// Reads one table of a document by key.
///
/// What is wrong goes to the log under the key's path and is read as absent. Keys that nobody asked for are
/// unknown: ``finish()`` reports them, with the nearest key that was asked for.
final class TableReader {
  let path: String
  let log: ProblemLog
  private let table: [String: TOMLNode]
  private let overrides: EnvironmentOverrides?
  private let variablePrefix: String
  private var known: [String] = []

  init(
    _ table: [String: TOMLNode], path: String = "", log: ProblemLog, overrides: EnvironmentOverrides? = nil,
    variablePrefix: String = ""
  ) {
    self.table = table
    self.path = path
    self.log = log
    self.overrides = overrides
    self.variablePrefix = variablePrefix
  }

  /// A value with the place to blame for it.
  struct Found {
    let node: TOMLNode
    let path: String
    let fromEnvironment: Bool
  }

  func path(of key: String) -> String { KeyPath.key(path, key) }

  func report(_ key: String, _ message: String) { log.add(path(of: key), message) }

  /// Whether the document has `key`, whatever its value.
  func has(_ key: String) -> Bool { table[key] != nil }

  /// The value of `key` as it stands in the document.
  func node(_ key: String) -> TOMLNode? {
    known.append(key)
    return table[key]
  }

  /// The value of `key`, from the environment where that overrides it.
  func scalar(_ key: String) -> Found? {
    let node = node(key)
    let variable = variablePrefix + key.uppercased()
    if let value = overrides?.value(of: variable) {
      return Found(node: .string(value), path: variable, fromEnvironment: true)
    }
    return node.map { Found(node: $0, path: path(of: key), fromEnvironment: false) }
  }

  func wrongType(_ path: String, _ node: TOMLNode, expected: String) {
    log.add(path, "must be \(expected), not \(node.typeName)")
  }

  /// Reports every key that was not asked for.
  func finish() {
    for key in table.keys.sorted() where !known.contains(key) {
      let near = NearestWord.find(key, among: known)
      report(key, "unknown key" + (near.map { "; did you mean `\($0)`?" } ?? ""))
    }
  }
}

extension TableReader {
  /// The table at `key`; `nil` where it is absent or not a table.
  func table(_ key: String) -> TableReader? {
    switch node(key) {
    case nil: return nil
    case .table(let table): return child(table, key)
    case let other?:
      wrongType(path(of: key), other, expected: "a table")
      return nil
    }
  }

  /// The table at `key`, an empty one where it is absent, so that the environment can speak for its keys.
  func section(_ key: String) -> TableReader { table(key) ?? child([:], key) }

  private func child(_ table: [String: TOMLNode], _ key: String) -> TableReader {
    TableReader(
      table, path: path(of: key), log: log, overrides: overrides,
      variablePrefix: "\(variablePrefix)\(key.uppercased())_")
  }

  /// The elements of the array at `key` with their paths.
  func elements(_ key: String, of expected: String) -> [(path: String, node: TOMLNode)]? {
    switch node(key) {
    case nil: return nil
    case .array(let nodes):
      let path = path(of: key)
      return nodes.enumerated().map { (KeyPath.index(path, $0.offset), $0.element) }
    case let other?:
      wrongType(path(of: key), other, expected: expected)
      return nil
    }
  }

  /// The tables of the array at `key`; an element that is no table is reported and `nil`.
  func tables(_ key: String) -> [TableReader?] {
    let elements = elements(key, of: "an array of tables, written `[[\(path(of: key))]]`") ?? []
    return elements.map { path, node in
      if case .table(let table) = node { return TableReader(table, path: path, log: log) }
      wrongType(path, node, expected: "a table")
      return nil
    }
  }
}

extension TableReader {
  func string(_ key: String) -> String? { value(key) { $0 } }

  /// The string at `key`; reports where it is absent.
  func requiredString(_ key: String) -> String? {
    if !has(key) { report(key, "is required") }
    return string(key)
  }

  /// What `convert` makes of the string at `key`.
  func value<Value>(_ key: String, _ convert: (String) throws(ValueError) -> Value) -> Value? {
    guard let found = scalar(key) else { return nil }
    guard case .string(let text) = found.node else {
      wrongType(found.path, found.node, expected: "a string")
      return nil
    }
    do {
      return try convert(text)
    } catch {
      log.add(found.path, error.message)
      return nil
    }
  }

  /// One of the words of `Choice`.
  func choice<Choice: RawRepresentable & CaseIterable>(_ key: String, _: Choice.Type) -> Choice?
  where Choice.RawValue == String {
    value(key) { (text) throws(ValueError) in
      if let choice = Choice(rawValue: text) { return choice }
      let words = Choice.allCases.map(\.rawValue)
      throw ValueError("must be \(Text.alternatives(words)), not \(Text.quoted(text))")
    }
  }

  func boolean(_ key: String) -> Bool? {
    guard let found = scalar(key) else { return nil }
    switch found.node {
    case .boolean(let value): return value
    case .string("true") where found.fromEnvironment: return true
    case .string("false") where found.fromEnvironment: return false
    default:
      if found.fromEnvironment {
        log.add(found.path, "must be `true` or `false`")
      } else {
        wrongType(found.path, found.node, expected: "a boolean")
      }
      return nil
    }
  }

  func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
    guard let found = scalar(key) else { return nil }
    var value: Int?
    switch found.node {
    case .integer(let integer): value = Int(exactly: integer)
    case .string(let text) where found.fromEnvironment: value = Int(text)
    default:
      wrongType(found.path, found.node, expected: "an integer")
      return nil
    }
    if let number = value, !range.contains(number) { value = nil }
    if value == nil {
      log.add(found.path, "must be an integer from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  /// The strings of the array at `key`, each as `convert` has it.
  ///
  /// `placeholder` stands for one that is wrong, so that the others keep their places. From the environment
  /// the strings are separated by commas.
  func list<Value>(
    _ key: String, placeholder: Value, _ convert: (String) throws(ValueError) -> Value
  ) -> [Value]? {
    guard let found = scalar(key) else { return nil }
    let nodes: [TOMLNode]
    switch found.node {
    case .array(let array): nodes = array
    case .string(let text) where found.fromEnvironment:
      nodes = text.isEmpty ? [] : Text.split(text, ",").map { .string($0) }
    default:
      wrongType(found.path, found.node, expected: "an array of strings")
      return nil
    }
    return nodes.enumerated().map { index, node in
      let path = KeyPath.index(found.path, index)
      guard case .string(let text) = node else {
        wrongType(path, node, expected: "a string")
        return placeholder
      }
      do throws(ValueError) {
        return try convert(text)
      } catch {
        log.add(path, error.message)
        return placeholder
      }
    }
  }

  func strings(_ key: String) -> [String]? { list(key, placeholder: "") { $0 } }

  /// The table of strings at `key`.
  func stringTable(_ key: String) -> [String: String]? {
    guard let reader = table(key) else { return nil }
    var result: [String: String] = [:]
    for name in reader.table.keys.sorted() { result[name] = reader.string(name) ?? "" }
    return result
  }

  /// The keys of this table, for tables whose keys are free.
  var keys: [String] { table.keys.sorted() }
}
