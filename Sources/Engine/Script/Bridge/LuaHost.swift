internal import CLua

/// The arguments of an immediate function, valid during the call only.
public struct LuaCall: ~Copyable {
  let vm: OpaquePointer
  let owner: LuaReferences

  /// How many arguments there are.
  public let count: Int

  private func index(_ position: Int, _ tags: Int...) -> Int32? {
    guard position >= 0, position < count, let index = Int32(exactly: position + 1) else { return nil }
    return tags.contains(Int(clua_call_tag(vm, index))) ? index : nil
  }

  /// The argument at a position from 0, if it is a whole number.
  public func integer(_ position: Int) -> Int64? {
    guard position >= 0, position < count else { return nil }
    let index = Int32(truncatingIfNeeded: position &+ 1)
    guard clua_call_tag(vm, index) == CLUA_TAG_INTEGER else { return nil }
    return clua_call_integer(vm, index)
  }

  /// The argument at a position from 0, if it is a number.
  public func number(_ position: Int) -> Double? {
    index(position, CLUA_TAG_NUMBER, CLUA_TAG_INTEGER).map { clua_call_number(vm, $0) }
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
    case CLUA_TAG_INTEGER: return .integer(clua_call_integer(vm, index))
    case CLUA_TAG_NUMBER: return .number(clua_call_number(vm, index))
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

/// What becomes of an ``EngineError`` that a function throws.
public enum LuaFailures: Sendable {
  /// The function returns nil and the error as a table.
  case returned
  /// The function raises the error as a table.
  case raised
}

/// The text of a module and what it is called in messages.
public struct LuaModule: Sendable {
  /// What messages call it, such as `lib/health.lua`.
  public var name: String
  /// The text.
  public var text: String

  /// Creates a module.
  public init(name: String, text: String) {
    self.name = name
    self.text = text
  }
}

/// What a state calls outside of Lua.
///
/// Unchecked: it is used on the state's own executor only.
final class LuaHost: @unchecked Sendable {
  enum Function {
    case immediate(@Sendable (borrowing LuaCall) throws -> LuaReturn)
    case waiting(LuaState.Waiting)
  }

  struct Entry {
    let function: Function
    let failures: LuaFailures
  }

  enum Answer: Sendable {
    case values([LuaValue])
    case raise(LuaValue)
  }

  let references = LuaReferences()
  let modules: LuaState.Loader
  let output: @Sendable (String) -> Void
  var entries: [Entry] = []
  var vm: OpaquePointer?

  init(modules: @escaping LuaState.Loader, output: @escaping @Sendable (String) -> Void) {
    self.modules = modules
    self.output = output
  }

  /// The functions that the C part calls.
  var table: clua_host {
    clua_host(
      context: Unmanaged.passUnretained(self).toOpaque(),
      call: { context, id, count in LuaHost.of(context)?.call(Int(id), Int(count)) ?? 0 },
      print: { context, text, length in
        LuaHost.of(context)?.say(UnsafeRawBufferPointer(start: text, count: length))
      },
      module: { context, name, length in
        LuaHost.of(context)?.module(
          String(decoding: UnsafeRawBufferPointer(start: name, count: length), as: UTF8.self)) ?? 0
      })
  }

  private static func of(_ context: UnsafeMutableRawPointer?) -> LuaHost? {
    context.map { Unmanaged<LuaHost>.fromOpaque($0).takeUnretainedValue() }
  }

  static func answer(_ error: any Error, _ failures: LuaFailures) -> Answer {
    if let misuse = error as? LuaMisuse { return .raise(.string(misuse.message)) }
    if let raised = error as? LuaRaised { return .raise(raised.value) }
    let failure = LuaValue.failure(EngineError.wrap(error))
    return failures == .raised ? .raise(failure) : .values([.nil, failure])
  }

  /// Writes an answer; says whether it is to be raised.
  func write(_ answer: Answer) -> Bool {
    guard let vm else { return false }
    let writer = LuaWriter(vm, owner: references)
    switch answer {
    case .values(let values):
      writer.write(values)
      return false
    case .raise(let value):
      writer.write([value])
      return true
    }
  }

  private func call(_ id: Int, _ count: Int) -> Int32 {
    guard let vm, entries.indices.contains(id), case .immediate(let function) = entries[id].function else {
      return Int32(CLUA_VALUES)
    }
    do {
      switch try function(LuaCall(vm: vm, owner: references, count: count)) {
      case .nothing: break
      case .value(.integer(let number)): clua_put_integer(vm, number)
      case .value(.string(let text)): LuaWriter(vm, owner: references).text(text)
      case .value(let value): LuaWriter(vm, owner: references).write([value])
      case .values(let values): LuaWriter(vm, owner: references).write(values)
      }
      return Int32(CLUA_VALUES)
    } catch {
      return write(Self.answer(error, entries[id].failures)) ? Int32(CLUA_RAISE) : Int32(CLUA_VALUES)
    }
  }

  private func say(_ bytes: UnsafeRawBufferPointer) {
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      output(String(decoding: line, as: UTF8.self))
    }
  }

  private func module(_ name: String) -> Int32 {
    guard let vm else { return Int32(CLUA_VALUES) }
    let writer = LuaWriter(vm, owner: references)
    do {
      guard let module = try modules(name) else { return Int32(CLUA_VALUES) }
      writer.text("@" + module.name)
      writer.text(module.text)
      return Int32(CLUA_VALUES)
    } catch {
      writer.text(EngineError.wrap(error).description)
      return Int32(CLUA_RAISE)
    }
  }
}
