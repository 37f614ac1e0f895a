internal import Foundation

/// JSON and Lua values.
///
/// An object becomes a table by name, an array a list, `null` nil. An empty table is written as an object; numbers that are
/// whole stay whole.
enum LuaJSON {
  /// The most bytes that are read or written at once.
  static let maximumBytes = 4 << 20

  /// Reads a text; throws `invalidArgument` with the parser's words.
  static func decode(_ text: some Collection<UInt8>) throws(EngineError) -> LuaValue {
    guard text.count <= maximumBytes else {
      throw EngineError(.resourceExhausted, "the JSON text is larger than \(maximumBytes >> 20) MiB")
    }
    do {
      return value(try JSONSerialization.jsonObject(with: Data(text), options: .fragmentsAllowed), depth: 0)
    } catch {
      let words = (error as NSError).userInfo["NSDebugDescription"] as? String
      throw EngineError(.invalidArgument, "the text is not JSON", cause: words)
    }
  }

  /// Writes a value, keys in order; throws `invalidArgument` for what JSON does not have.
  static func encode(_ value: LuaValue, pretty: Bool = false) throws(EngineError) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
    do {
      return String(decoding: try encoder.encode(Written(value: value)), as: UTF8.self)
    } catch let error as EngineError {
      throw error
    } catch {
      throw EngineError(
        .invalidArgument, "the value cannot be written as JSON", cause: "not a number or infinite")
    }
  }

  /// Converts one of the engine's values by way of its documented JSON shape, with times as seconds since 1970.
  static func value(of encodable: some Encodable) throws -> LuaValue {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.dateEncodingStrategy = .secondsSince1970
    return value(
      try JSONSerialization.jsonObject(with: try encoder.encode(encodable), options: .fragmentsAllowed),
      depth: 0)
  }

  private static func value(_ object: Any, depth: Int) -> LuaValue {
    guard depth < 64 else { return .nil }
    switch object {
    case let text as String: return .string(text)
    case let list as [Any]: return .array(list.map { value($0, depth: depth + 1) })
    case let table as [String: Any]:
      return .table(
        LuaTable(
          table.map { LuaTable.Entry(key: .string($0.key), value: value($0.value, depth: depth + 1)) }))
    case let number as NSNumber: return self.number(number)
    default: return .nil
    }
  }

  private static func number(_ number: NSNumber) -> LuaValue {
    switch UInt8(bitPattern: number.objCType.pointee) {
    case UInt8(ascii: "c"), UInt8(ascii: "B"): return .bool(number.boolValue)
    case UInt8(ascii: "d"), UInt8(ascii: "f"):
      return Int64(exactly: number.doubleValue).flatMap { abs($0) < 1 << 53 ? .integer($0) : nil }
        ?? .number(number.doubleValue)
    default: return .integer(number.int64Value)
    }
  }

  /// A value on its way into JSON.
  private struct Written: Encodable {
    struct Key: CodingKey {
      var stringValue: String
      var intValue: Int? { nil }

      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }

    let value: LuaValue

    func encode(to encoder: any Encoder) throws {
      switch value {
      case .array(let values):
        var container = encoder.unkeyedContainer()
        for value in values { try container.encode(Written(value: value)) }
      case .table(let table):
        var container = encoder.container(keyedBy: Key.self)
        for entry in table.entries {
          try container.encode(Written(value: entry.value), forKey: Key(stringValue: try key(entry.key)))
        }
      case .failure(let error): try Written(value: .table(LuaTable(error.luaFields))).encode(to: encoder)
      default: try encodeScalar(to: encoder)
      }
    }

    private func encodeScalar(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch value {
      case .nil: try container.encodeNil()
      case .bool(let flag): try container.encode(flag)
      case .integer(let number): try container.encode(number)
      case .number(let number): try container.encode(number)
      case .string(let text): try container.encode(text)
      default: throw refusal(value)
      }
    }

    private func key(_ key: LuaValue) throws -> String {
      switch key {
      case .string(let text): return text
      case .integer(let number): return String(number)
      default: throw refusal(key)
      }
    }

    private func refusal(_ value: LuaValue) -> EngineError {
      EngineError(.invalidArgument, "\(value.description) cannot be written as JSON")
    }
  }
}

extension LuaValue {
  /// Converts a value by way of its documented JSON shape, with times as seconds since 1970.
  public init(encoding value: some Encodable) throws { self = try LuaJSON.value(of: value) }
}
