internal import TOMLKit

/// A TOML value as a Swift value.
enum TOMLNode: Equatable {
  case string(String)
  case integer(Int64)
  case float(Double)
  case boolean(Bool)
  /// A date, a time or both; no key of ours takes one.
  case moment
  case array([TOMLNode])
  case table([String: TOMLNode])

  /// The type with its article, for messages.
  var typeName: String {
    switch self {
    case .string: "a string"
    case .integer: "an integer"
    case .float: "a floating-point number"
    case .boolean: "a boolean"
    case .moment: "a date or time"
    case .array: "an array"
    case .table: "a table"
    }
  }
}

/// Reads TOML text into values.
enum TOMLDocument {
  /// The most bytes a document may have.
  static let maximumBytes = 1 << 20

  /// Returns the root table of `text`.
  ///
  /// Throws `invalidArgument` with the line and the column where the text is not TOML, and for text that
  /// ``TOMLScan`` refuses.
  static func parse(_ text: String, kind: String, source: String) throws(EngineError) -> [String: TOMLNode] {
    func failure(_ detail: String) -> EngineError {
      EngineError(.invalidArgument, "\(source) is not a valid \(kind)", details: [detail])
    }
    guard text.utf8.count <= maximumBytes else {
      throw failure("the document is larger than \(SizeText.format(Int64(maximumBytes)))")
    }
    if let problem = TOMLScan.problem(in: text) {
      throw failure("line \(problem.line), column \(problem.column): \(problem.message)")
    }
    let document: TOMLTable
    do {
      document = try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      let position = error.source.begin
      throw failure("line \(position.line), column \(position.column): \(oneLine(error.description))")
    } catch {
      throw failure(oneLine(String(describing: error)))
    }
    // TOMLKit never frees a document; emptying it returns all but its root.
    defer { document.clear() }
    return table(document)
  }

  private static func oneLine(_ text: String) -> String {
    String(Text.quoted(text, limit: 400).dropFirst().dropLast())
  }

  private static func table(_ table: TOMLTable) -> [String: TOMLNode] {
    var result: [String: TOMLNode] = [:]
    for key in table.keys {
      guard let value = table[key] else { continue }
      result[key] = node(value)
    }
    return result
  }

  private static func node(_ value: any TOMLValueConvertible) -> TOMLNode {
    switch value.type {
    case .table: return .table(value.table.map(table) ?? [:])
    case .array: return .array(value.array.map { $0.map(node) } ?? [])
    case .string: return .string(value.string ?? "")
    case .int: return .integer(Int64(value.int ?? 0))
    case .double: return .float(value.double ?? 0)
    case .bool: return .boolean(value.bool ?? false)
    case .date, .time, .dateTime: return .moment
    }
  }
}
