internal import CLua

/// A function that answers at once, as the C part holds it; it is called on the state's own executor only.
final class LuaImmediate: Sendable {
  private let pointer: LuaPointer
  private let references: LuaReferences
  private let failures: LuaFailures
  private let body: @Sendable (borrowing LuaCall) throws -> LuaReturn

  init(
    pointer: LuaPointer, references: LuaReferences, failures: LuaFailures,
    body: @escaping @Sendable (borrowing LuaCall) throws -> LuaReturn
  ) {
    self.pointer = pointer
    self.references = references
    self.failures = failures
    self.body = body
  }

  /// What the C part calls it with; valid as long as the function lives.
  var context: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

  func call(_ count: Int) -> Int32 {
    let vm = pointer.raw
    do {
      switch try body(LuaCall(vm: vm, owner: references, count: count)) {
      case .nothing: return Int32(CLUA_VALUES)
      case .value(.bool(let flag)): return Int32(flag ? CLUA_TRUE : CLUA_FALSE)
      case .value(.integer(let number)):
        clua_give_integer(vm, number)
        return Int32(CLUA_INTEGER)
      case .value(.number(let number)):
        clua_give_number(vm, number)
        return Int32(CLUA_NUMBER)
      case .value(.string(let text)): LuaWriter(vm, owner: references).text(text)
      case .value(let value): LuaWriter(vm, owner: references).write([value])
      case .values(let values): LuaWriter(vm, owner: references).write(values)
      }
      return Int32(CLUA_VALUES)
    } catch {
      return LuaHost.answer(error, failures).write(to: vm, references)
    }
  }
}
