internal import Foundation

/// One call of a function of the API, its arguments checked against the declaration.
struct APICall: Sendable {
  let function: APIFunction
  let arguments: [LuaValue]
  let script: ScriptContext

  /// Checks the arguments; throws ``LuaMisuse`` naming the function and the argument.
  init(_ function: APIFunction, _ arguments: [LuaValue], in script: ScriptContext) throws {
    let name = function.fullName
    let count = (arguments.lastIndex { !$0.isNil } ?? -1) + 1
    if count > function.parameters.count {
      let most = function.parameters.count
      throw LuaMisuse(
        "\(name): takes \(most == 0 ? "no" : "at most \(most)") argument\(most == 1 ? "" : "s"), got \(count)"
      )
    }
    for (index, parameter) in function.parameters.enumerated() {
      let value = index < arguments.count ? arguments[index] : .nil
      if value.isNil {
        if parameter.isOptional || parameter.type == .any { continue }
        throw LuaMisuse(
          "\(name): argument #\(index + 1) '\(parameter.name)' is missing: \(parameter.type.expectation) expected"
        )
      }
      if let problem = parameter.type.problem(with: value, at: "argument #\(index + 1) '\(parameter.name)'") {
        throw LuaMisuse("\(name): \(problem)")
      }
    }
    self.function = function
    self.arguments = arguments
    self.script = script
  }

  /// The argument at a position from 0; nil where it is left out.
  subscript(_ position: Int) -> LuaValue { position < arguments.count ? arguments[position] : .nil }

  /// The options at a position from 0.
  func options(_ position: Int) -> APIOptions { APIOptions(self[position].anyTable?.fields ?? [:]) }

  /// The string at a position from 0.
  func string(_ position: Int) -> String {
    switch self[position] {
    case .string(let text): text
    case .bytes(let bytes): String(decoding: bytes, as: UTF8.self)
    default: ""
    }
  }

  /// The bytes of the string at a position from 0.
  func bytes(_ position: Int) -> [UInt8] {
    switch self[position] {
    case .string(let text): Array(text.utf8)
    case .bytes(let bytes): bytes
    default: []
    }
  }

  /// The target at a position from 0, whose spelling was checked.
  func target(_ position: Int) throws -> Target {
    do {
      return try Target(parsing: string(position))
    } catch {
      throw LuaMisuse("\(function.fullName): \(error.message)")
    }
  }

  /// The whole service at a position from 0.
  func service(_ position: Int) throws -> String {
    let target = try target(position)
    if target.component != nil {
      throw LuaMisuse("\(function.fullName): '\(target)' is a component; this takes a whole service")
    }
    return target.service
  }

  /// The function at a position from 0, which was checked.
  func function(_ position: Int) throws -> LuaFunction {
    guard let value = self[position].function else {
      throw LuaMisuse("\(function.fullName): a function expected")
    }
    return value
  }
}

/// A table of options whose keys and types were checked.
struct APIOptions: Sendable {
  let fields: [String: LuaValue]

  init(_ fields: [String: LuaValue]) { self.fields = fields }

  func flag(_ name: String) -> Bool { fields[name]?.bool ?? false }
  func string(_ name: String) -> String? { fields[name]?.string }
  func integer(_ name: String) -> Int? { fields[name]?.integer.flatMap { Int(exactly: $0) } }
  func duration(_ name: String) -> Duration? { fields[name].flatMap(APIType.duration) }
  func table(_ name: String) -> LuaTable? { fields[name]?.anyTable }
  func strings(_ name: String) -> [String]? { fields[name]?.array?.compactMap(\.string) }

  /// A point in time: a number is one, a duration is that long ago.
  func time(_ name: String, now: Date) -> Date? {
    guard let value = fields[name] else { return nil }
    if let seconds = value.number { return Date(timeIntervalSince1970: seconds) }
    return APIType.duration(value).map { now.addingTimeInterval(-$0.seconds) }
  }
}

extension Duration {
  /// The duration in seconds.
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
