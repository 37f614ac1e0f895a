import Engine
import Foundation

/// Values as the shell shows them.
enum ValueText {
  /// The most lines of a value that are shown; a list of records may be longer.
  private static let maximumLines = 400
  private static let lineWidth = 96

  /// Returns the lines of what a line returned: each value on its own, an error as an error.
  static func render(_ values: [LuaValue], width: Int?, style: Style) -> String {
    // What failed is nil and an error.
    if values.count == 2, values[0].isNil, case .failure(let error) = values[1] {
      return ErrorRenderer.text(error, style: style)
    }
    return values.map { render($0, width: width, style: style) }.joined()
  }

  /// Returns the lines of a value.
  static func render(_ value: LuaValue, width: Int?, style: Style) -> String {
    if case .failure(let error) = value { return ErrorRenderer.text(error, style: style) }
    if let table = RecordTable.make(value) { return table.rendered(width: width, style: style) }
    var lines = lines(value, indent: 0, style: style)
    if lines.count > maximumLines {
      let left = lines.count - maximumLines
      lines = lines.prefix(maximumLines) + [style.paint("… and \(left) more lines", .dim)]
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// A value that is short enough for one line.
  static func inline(_ value: LuaValue, style: Style = .plain) -> String {
    switch value {
    case .nil: return style.paint("nil", .dim)
    case .bool(let flag): return style.paint("\(flag)", .magenta)
    case .integer(let number): return style.paint("\(number)", .cyan)
    case .number(let number): return style.paint(text(number), .cyan)
    case .string(let text): return style.paint(quoted(text), .green)
    case .bytes(let bytes): return style.paint("<\(bytes.count) bytes>", .dim)
    case .function: return style.paint("<function>", .dim)
    case .opaque(let text): return style.paint("<\(Printable.line(text))>", .dim)
    case .failure(let error): return style.paint("<error: \(Printable.line(error.message))>", .red)
    case .array(let values):
      return "{" + values.map { inline($0, style: style) }.joined(separator: ", ") + "}"
    case .table(let table):
      return "{"
        + sorted(table).map { "\(key($0.key)) = \(inline($0.value, style: style))" }.joined(separator: ", ")
        + "}"
    }
  }

  private static func lines(_ value: LuaValue, indent: Int, style: Style) -> [String] {
    let plain = inline(value)
    if TextWidth.of(plain) + indent <= lineWidth || !isTable(value) { return [inline(value, style: style)] }
    let space = String(repeating: " ", count: indent + 2)
    var result = ["{"]
    func add(_ prefix: String, _ inner: LuaValue) {
      var inside = lines(inner, indent: indent + 2, style: style)
      inside[0] = space + prefix + inside[0]
      inside[inside.count - 1] += ","
      result += inside
    }
    switch value {
    case .array(let values): for value in values { add("", value) }
    case .table(let table): for entry in sorted(table) { add("\(key(entry.key)) = ", entry.value) }
    default: break
    }
    return result + [String(repeating: " ", count: indent) + "}"]
  }

  private static func isTable(_ value: LuaValue) -> Bool {
    switch value {
    case .array, .table: true
    default: false
    }
  }

  private static func sorted(_ table: LuaTable) -> [LuaTable.Entry] {
    table.entries.sorted { key($0.key) < key($1.key) }
  }

  private static func key(_ key: LuaValue) -> String {
    if case .string(let text) = key, isName(text) { return text }
    return "[\(inline(key))]"
  }

  private static let keywords: Set = [
    "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in", "local",
    "nil",
    "not", "or", "repeat", "return", "then", "true", "until", "while",
  ]

  /// Whether a string can stand for itself as a key.
  static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, !(0x30...0x39).contains(first), !keywords.contains(text) else {
      return false
    }
    return text.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x41...0x5a).contains($0) || (0x61...0x7a).contains($0) || $0 == 0x5f
    }
  }

  /// A number as Lua writes it.
  private static func text(_ number: Double) -> String {
    if number.isNaN { return "nan" }
    if number.isInfinite { return number < 0 ? "-inf" : "inf" }
    return "\(number)"
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        if scalar.value < 0x20 || (0x7f..<0xa0).contains(scalar.value) {
          result += "\\u{\(String(scalar.value, radix: 16))}"
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }
}

/// A list of records as a table.
enum RecordTable {
  /// What is shown first of a record, in this order.
  private static let first = [
    "name", "service", "component", "node", "kind", "level", "check", "occasion", "state", "desired",
    "observed",
    "active", "revision", "action", "time",
  ]
  private static let maximumColumns = 9

  /// Returns the table of a list of at least one table with named keys; `nil` for anything else.
  static func make(_ value: LuaValue) -> Table? {
    guard let rows = value.array, !rows.isEmpty else { return nil }
    var records: [[String: LuaValue]] = []
    for row in rows {
      guard case .table(let table) = row, table.entries.allSatisfy({ $0.key.string != nil }) else {
        return nil
      }
      records.append(table.fields)
    }
    let columns = columns(of: records)
    var table = Table(
      columns: columns.map { column in
        let isNumber = records.allSatisfy { record in record[column].map { $0.number != nil } ?? true }
        return Table.Column(column.uppercased(), isNumber: isNumber, shrinks: !isNumber)
      })
    table.rows = records.map { record in
      columns.map { Table.Cell(cell(record[$0])) }
    }
    return table
  }

  private static func columns(of records: [[String: LuaValue]]) -> [String] {
    var names: Set<String> = []
    for record in records { names.formUnion(record.keys) }
    let known = first.filter(names.contains)
    let rest = names.subtracting(known).sorted { left, right in
      (isLong(left, records) ? 1 : 0, left) < (isLong(right, records) ? 1 : 0, right)
    }
    let all = known + rest
    // Columns of tables only take room; they are shown where the record is looked at by itself.
    let useful = all.filter { name in records.contains { isScalar($0[name]) } }
    return Array((useful.isEmpty ? all : useful).prefix(maximumColumns))
  }

  private static func isScalar(_ value: LuaValue?) -> Bool {
    switch value {
    case .table, .array, .function, .opaque, nil: false
    default: true
    }
  }

  private static func isLong(_ name: String, _ records: [[String: LuaValue]]) -> Bool {
    records.contains { record in (record[name]?.string?.count ?? 0) > 40 }
  }

  private static func cell(_ value: LuaValue?) -> String {
    switch value {
    case nil, .nil: ""
    case .string(let text): text
    case .number(let number) where number > 1e9 && number < 1e11:
      // A point in time, as everything of that size here.
      Timestamp.local(Date(timeIntervalSince1970: number))
    case .integer(let number) where number > 1_000_000_000 && number < 100_000_000_000:
      Timestamp.local(Date(timeIntervalSince1970: Double(number)))
    case let value?: ValueText.inline(value)
    }
  }
}
