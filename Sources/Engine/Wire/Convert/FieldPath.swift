/// The way to a field of a message, as an error names it: `definition.components[1].ports[0].host_port`.
package indirect enum FieldPath: Sendable {
  /// The message that was received.
  case root
  /// A field of a message.
  case field(FieldPath, String)
  /// An element of a repeated field.
  case element(FieldPath, Int)

  /// Returns the path of the field `name` in here, in the spelling of the `.proto`.
  package subscript(name: String) -> FieldPath { .field(self, name) }

  /// Returns the path of the element `index` in here.
  package subscript(index: Int) -> FieldPath { .element(self, index) }

  /// Returns the error that says what is wrong with this field.
  package func invalid(_ problem: String) -> EngineError {
    EngineError(.invalidArgument, "\(self): \(problem)")
  }

  /// Returns `text`; throws `invalidArgument` where it is empty.
  package func required(_ text: String) throws -> String {
    guard !text.isEmpty else { throw invalid("is required") }
    return text
  }

  /// Returns `number` as a port; throws `invalidArgument` where it is none.
  package func port(_ number: UInt32) throws -> Int {
    guard (1...65_535).contains(number) else { throw invalid("\(number) is not a port from 1 to 65535") }
    return Int(number)
  }

  /// Returns the error for a number that stands for nothing this version knows.
  package func unknown(_ value: Int) -> EngineError {
    EngineError(
      .invalidArgument, "\(self): the value \(value) is not known to this version",
      hint: "the sender is newer, or wrong: compare the versions with `mcp version`")
  }
}

extension FieldPath: CustomStringConvertible {
  package var description: String {
    switch self {
    case .root: ""
    case .field(.root, let name): name
    case .field(let parent, let name): "\(parent).\(name)"
    case .element(let parent, let index): "\(parent)[\(index)]"
    }
  }
}

extension Array {
  /// Converts every element with the path of its place.
  func converted<Result>(
    at path: FieldPath, _ convert: (Element, FieldPath) throws -> Result
  ) rethrows -> [Result] {
    var results: [Result] = []
    results.reserveCapacity(count)
    for (index, element) in enumerated() { results.append(try convert(element, path[index])) }
    return results
  }
}
