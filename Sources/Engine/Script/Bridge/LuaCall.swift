internal import CLua

/// The arguments of an immediate function, valid during the call only.
public struct LuaCall: ~Copyable {
  let vm: OpaquePointer
  /// Not counted: the function that is called holds it.
  unowned(unsafe) let owner: LuaReferences

  /// How many arguments there are.
  public let count: Int

  /// The argument at a position from 0, if it is a whole number.
  public func integer(_ position: Int) -> Int64? {
    guard position >= 0, position < count else { return nil }
    var value: Int64 = 0
    return clua_call_integer(vm, Int32(truncatingIfNeeded: position &+ 1), &value) ? value : nil
  }

  /// The argument at a position from 0, if it is a number.
  public func number(_ position: Int) -> Double? {
    guard position >= 0, position < count else { return nil }
    var value = 0.0
    return clua_call_number(vm, Int32(truncatingIfNeeded: position &+ 1), &value) ? value : nil
  }

  /// The argument at a position from 0, if it is a string; what is not valid UTF-8 in it is replaced.
  public func string(_ position: Int) -> String? {
    guard position >= 0, position < count else { return nil }
    var length = 0
    guard let text = clua_call_string(vm, Int32(truncatingIfNeeded: position &+ 1), &length) else {
      return nil
    }
    return String(decoding: UnsafeRawBufferPointer(start: text, count: length), as: UTF8.self)
  }

  /// All arguments as values.
  public var arguments: [LuaValue] {
    if clua_call_written(vm) { return LuaReader.values(vm, owner: owner) }
    return (0..<count).map { scalar(Int32($0 + 1)) }
  }

  private func scalar(_ index: Int32) -> LuaValue {
    switch Int(clua_call_tag(vm, index)) {
    case CLUA_TAG_FALSE: return .bool(false)
    case CLUA_TAG_TRUE: return .bool(true)
    case CLUA_TAG_INTEGER:
      var value: Int64 = 0
      _ = clua_call_integer(vm, index, &value)
      return .integer(value)
    case CLUA_TAG_NUMBER:
      var value = 0.0
      _ = clua_call_number(vm, index, &value)
      return .number(value)
    case CLUA_TAG_STRING:
      var length = 0
      guard let text = clua_call_string(vm, index, &length) else { return .nil }
      return LuaReader.string(UnsafeRawBufferPointer(start: text, count: length))
    default: return .nil
    }
  }
}

/// What an immediate function returns to the script.
public enum LuaReturn: Sendable {
  /// Nothing.
  case nothing
  /// One value.
  case value(LuaValue)
  /// Several values.
  case values([LuaValue])
}
