/// What differs between two definitions of a service, field by field.
///
/// Pure.
public enum DefinitionDiff {
  /// Returns the differences, ordered by path; `nil` is no definition, which gives one difference for each field.
  ///
  /// Paths are those of a definition file, with components and environment variables by their names:
  /// `components.api.image`, `components.api.env.LEVEL`.
  public static func changes(from old: ServiceDefinition?, to new: ServiceDefinition?) -> [FieldChange] {
    // The service's name is what the definitions have in common.
    let before = fields(of: old)
    let after = fields(of: new)
    return Set(before.keys).union(after.keys).sorted().compactMap { path in
      before[path] == after[path] ? nil : FieldChange(path: path, before: before[path], after: after[path])
    }
  }

  /// The values of a definition by their paths, in the spelling of a definition file.
  private static func fields(of definition: ServiceDefinition?) -> [String: String] {
    guard var definition else { return [:] }
    // The order of these says nothing.
    for index in definition.components.indices { definition.components[index].dependsOn.sort() }
    guard
      let root = try? TOMLDocument.parse(
        ServiceFile.format(definition), kind: "definition", source: definition.name)
    else { return [:] }
    var result: [String: String] = [:]
    collect(.table(root), at: "", into: &result)
    return result
  }

  private static func collect(_ node: TOMLNode, at path: String, into result: inout [String: String]) {
    func below(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
    switch node {
    case .table(let table) where table["secret"] != nil && table.count <= 2:
      result[path] = text(node)
    case .table(let table):
      for (key, value) in table {
        // What an element of a list is called by is in its path.
        if key == "name", path.isEmpty || path.contains(".") { continue }
        collect(value, at: below(key), into: &result)
      }
    case .array(let nodes) where path.hasSuffix(".env"):
      for node in nodes {
        if case .string(let pair) = node, let equals = pair.firstIndex(of: "=") {
          result[below(String(pair[..<equals]))] = TOMLText.string(String(pair[pair.index(after: equals)...]))
        } else if case .table(let table) = node, case .string(let name)? = table["name"] {
          result[below(name)] = table["secret"].map { text(.table(["secret": $0])) }
        }
      }
    case .array(let nodes) where !nodes.isEmpty && nodes.allSatisfy(\.isTable):
      for (index, node) in nodes.enumerated() {
        guard case .table(let table) = node else { continue }
        if case .string(let name)? = table["name"], !name.isEmpty {
          collect(node, at: below(name), into: &result)
        } else {
          collect(node, at: "\(path)[\(index)]", into: &result)
        }
      }
    default: result[path] = text(node)
    }
  }

  private static func text(_ node: TOMLNode) -> String {
    switch node {
    case .string(let text): TOMLText.string(text)
    case .integer(let number): String(number)
    case .float(let number): String(number)
    case .boolean(let flag): String(flag)
    case .moment: ""
    case .array(let nodes): "[" + nodes.map(text).joined(separator: ", ") + "]"
    case .table(let table):
      "{ "
        + table.sorted { $0.key < $1.key }.map { "\(TOMLText.key($0.key)) = \(text($0.value))" }
        .joined(separator: ", ") + " }"
    }
  }
}

extension TOMLNode {
  fileprivate var isTable: Bool {
    if case .table = self { true } else { false }
  }
}

/// A field of a definition that differs.
public struct FieldChange: Hashable, Sendable, Codable {
  /// Where it is: `components.api.image`.
  public var path: String
  /// The value before, as a definition file spells it; `nil` where there was none.
  public var before: String?
  /// The value after; `nil` where there is none.
  public var after: String?

  /// Creates a change.
  public init(path: String, before: String?, after: String?) {
    self.path = path
    self.before = before
    self.after = after
  }
}
