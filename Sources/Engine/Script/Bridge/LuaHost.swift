internal import CLua

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
    case immediate(LuaImmediate)
    case waiting(LuaState.Waiting, LuaFailures)
  }

  enum Answer: Sendable {
    case values([LuaValue])
    case raise(LuaValue)

    /// Writes the answer; says what it is.
    func write(to vm: OpaquePointer, _ references: LuaReferences) -> Int32 {
      let writer = LuaWriter(vm, owner: references)
      switch self {
      case .values(let values):
        writer.write(values)
        return Int32(CLUA_VALUES)
      case .raise(let value):
        writer.write([value])
        return Int32(CLUA_RAISE)
      }
    }
  }

  let references = LuaReferences()
  let modules: LuaState.Loader
  let output: @Sendable (String) -> Void
  var functions: [Function] = []
  var vm: OpaquePointer?

  init(modules: @escaping LuaState.Loader, output: @escaping @Sendable (String) -> Void) {
    self.modules = modules
    self.output = output
  }

  /// The functions that the C part calls.
  var table: clua_host {
    clua_host(
      context: Unmanaged.passUnretained(self).toOpaque(),
      call: { function, count in
        guard let function else { return Int32(CLUA_VALUES) }
        return Unmanaged<LuaImmediate>.fromOpaque(function)._withUnsafeGuaranteedRef { $0.call(Int(count)) }
      },
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
    return answer.write(to: vm, references) == CLUA_RAISE
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
