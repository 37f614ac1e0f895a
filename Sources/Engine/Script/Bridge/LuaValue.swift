/// A value as scripts have it, outside of Lua.
public enum LuaValue: Sendable {
  /// Nothing.
  case `nil`
  /// A truth value.
  case bool(Bool)
  /// A whole number.
  case integer(Int64)
  /// A floating-point number.
  case number(Double)
  /// A string that is valid UTF-8.
  case string(String)
  /// A string that is not valid UTF-8.
  case bytes([UInt8])
  /// A table whose keys are 1, 2, 3 and so on; an empty table arrives as an empty ``table(_:)``.
  case array([LuaValue])
  /// Any other table.
  case table(LuaTable)
  /// A function of the script, kept alive as long as this value is.
  case function(LuaFunction)
  /// The description of a value that has no meaning outside of Lua; only where values are asked for to be shown.
  case opaque(String)
  /// A failure: in Lua a table with `code`, `message`, `hint` and so on, which `tostring` reads as a message.
  case failure(EngineError)
}

/// The entries of a table, in no particular order.
public struct LuaTable: Sendable {
  /// A key and its value.
  public struct Entry: Sendable {
    /// The key, which is neither nil nor not-a-number.
    public var key: LuaValue
    /// The value.
    public var value: LuaValue

    /// Creates an entry.
    public init(key: LuaValue, value: LuaValue) {
      self.key = key
      self.value = value
    }
  }

  /// The entries.
  public var entries: [Entry]

  /// Creates a table of entries.
  public init(_ entries: [Entry] = []) { self.entries = entries }

  /// Creates a table of named fields.
  public init(_ fields: [String: LuaValue]) {
    entries = fields.map { Entry(key: .string($0.key), value: $0.value) }
  }

  /// The value of a named field.
  public subscript(_ name: String) -> LuaValue? {
    for entry in entries {
      if case .string(let key) = entry.key, key == name { return entry.value }
    }
    return nil
  }

  /// The named fields.
  public var fields: [String: LuaValue] {
    var result: [String: LuaValue] = [:]
    for entry in entries {
      if case .string(let key) = entry.key { result[key] = entry.value }
    }
    return result
  }
}

extension LuaTable: Hashable {
  private var dictionary: [LuaValue: LuaValue] {
    Dictionary(entries.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
  }

  /// Says whether both have the same entries in whatever order.
  public static func == (left: LuaTable, right: LuaTable) -> Bool { left.dictionary == right.dictionary }

  /// Hashes the number of entries, which does not depend on their order.
  public func hash(into hasher: inout Hasher) { hasher.combine(entries.count) }
}

extension LuaValue: Hashable {}

extension LuaValue {
  /// The truth value, if it is one.
  public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }

  /// The whole number, also of a floating-point number that is whole and in range.
  public var integer: Int64? {
    switch self {
    case .integer(let value): value
    case .number(let value): Int64(exactly: value)
    default: nil
    }
  }

  /// The number as a floating-point number.
  public var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }

  /// The text, if it is a string in UTF-8.
  public var string: String? { if case .string(let value) = self { value } else { nil } }

  /// The elements of an array; none for an empty table.
  public var array: [LuaValue]? {
    switch self {
    case .array(let values): values
    case .table(let table) where table.entries.isEmpty: []
    default: nil
    }
  }

  /// The table, if it is one that has not only numbered elements.
  public var table: LuaTable? { if case .table(let value) = self { value } else { nil } }

  /// The function, if it is one.
  public var function: LuaFunction? { if case .function(let value) = self { value } else { nil } }

  /// Says whether it is nil.
  public var isNil: Bool { if case .nil = self { true } else { false } }

  /// What Lua calls this kind of value.
  public var typeName: String {
    switch self {
    case .nil: "nil"
    case .bool: "boolean"
    case .integer, .number: "number"
    case .string, .bytes: "string"
    case .array, .table, .failure: "table"
    case .function: "function"
    case .opaque: "value"
    }
  }
}

extension LuaValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  /// Creates a string.
  public init(stringLiteral value: String) { self = .string(value) }
  /// Creates a whole number.
  public init(integerLiteral value: Int64) { self = .integer(value) }
  /// Creates a floating-point number.
  public init(floatLiteral value: Double) { self = .number(value) }
  /// Creates a truth value.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// Creates nil.
  public init(nilLiteral: ()) { self = .nil }
  /// Creates an array.
  public init(arrayLiteral elements: LuaValue...) { self = .array(elements) }
  /// Creates a table of named fields.
  public init(dictionaryLiteral elements: (String, LuaValue)...) {
    self = .table(LuaTable(elements.map { LuaTable.Entry(key: .string($0.0), value: $0.1) }))
  }
}
