internal import TOMLKit

/// A TOML value as a Swift value.
enum TOMLNode: Equatable {
  case string(String)
  case integer(Int64)
  case float(Double)
  case boolean(Bool)
  /// A date, a time or both; ``TOMLScan`` lets none pass.
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
      // What the parser finds on an earlier line is nearer to the mistake. The space puts the end of the text
      // onto the problem's line.
      let beginning = String(decoding: text.utf8.prefix(problem.offset), as: UTF8.self) + " "
      if case .failure(let earlier) = read(beginning), earlier.line < problem.line {
        throw failure(earlier.description)
      }
      throw failure("line \(problem.line), column \(problem.column): \(problem.message)")
    }
    let document: TOMLTable
    switch read(text) {
    case .success(let table): document = table
    case .failure(let error): throw failure(error.description)
    }
    // TOMLKit never frees a document; emptying it returns all but its root.
    defer { document.clear() }
    return table(document)
  }

  private struct SyntaxError: Error, CustomStringConvertible {
    let line: Int
    let column: Int
    let message: String

    var description: String { "line \(line), column \(column): \(message)" }
  }

  private static func read(_ text: String) -> Result<TOMLTable, SyntaxError> {
    do {
      return .success(try TOMLTable(string: text))
    } catch let error as TOMLParseError {
      let position = error.source.begin
      return .failure(
        SyntaxError(line: position.line, column: position.column, message: oneLine(error.description)))
    } catch {
      return .failure(SyntaxError(line: 1, column: 1, message: oneLine(String(describing: error))))
    }
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
