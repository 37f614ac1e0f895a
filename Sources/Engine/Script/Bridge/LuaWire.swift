internal import CLua

/// Reads the values that the state has written.
struct LuaReader {
  private var bytes: UnsafeRawBufferPointer
  private var at = 0
  private let owner: LuaReferences

  init(_ vm: OpaquePointer, owner: LuaReferences) {
    var length = 0
    let start = clua_output(vm, &length)
    bytes = UnsafeRawBufferPointer(start: start, count: length)
    self.owner = owner
  }

  static func values(_ vm: OpaquePointer, owner: LuaReferences) -> [LuaValue] {
    var reader = LuaReader(vm, owner: owner)
    var values: [LuaValue] = []
    while reader.at < reader.bytes.count { values.append(reader.value()) }
    return values
  }

  /// The text that is the output of what failed.
  static func text(_ vm: OpaquePointer) -> String {
    var length = 0
    guard let start = clua_output(vm, &length), length >= 5 else { return "" }
    return String(decoding: UnsafeRawBufferPointer(start: start + 5, count: length - 5), as: UTF8.self)
  }

  private mutating func load<T: BitwiseCopyable>(_ type: T.Type) -> T {
    defer { at += MemoryLayout<T>.size }
    return bytes.loadUnaligned(fromByteOffset: at, as: type)
  }

  private mutating func value() -> LuaValue {
    switch Int(load(UInt8.self)) {
    case CLUA_TAG_FALSE: return .bool(false)
    case CLUA_TAG_TRUE: return .bool(true)
    case CLUA_TAG_INTEGER: return .integer(load(Int64.self))
    case CLUA_TAG_NUMBER: return .number(load(Double.self))
    case CLUA_TAG_STRING:
      let count = Int(load(UInt32.self))
      defer { at += count }
      return Self.string(UnsafeRawBufferPointer(rebasing: bytes[at..<at + count]))
    case CLUA_TAG_ARRAY:
      let count = Int(load(UInt32.self))
      var values: [LuaValue] = []
      values.reserveCapacity(count)
      for _ in 0..<count { values.append(value()) }
      return .array(values)
    case CLUA_TAG_TABLE: return .table(table())
    case CLUA_TAG_FUNCTION: return .function(LuaFunction(reference: load(Int32.self), owner: owner))
    case CLUA_TAG_FAILURE: return .failure(EngineError(table()))
    case CLUA_TAG_OPAQUE:
      let count = Int(load(UInt32.self))
      defer { at += count }
      return .opaque(
        String(decoding: UnsafeRawBufferPointer(rebasing: bytes[at..<at + count]), as: UTF8.self))
    default: return .nil
    }
  }

  private mutating func table() -> LuaTable {
    let count = Int(load(UInt32.self))
    var entries: [LuaTable.Entry] = []
    entries.reserveCapacity(count)
    for _ in 0..<count {
      let key = value()
      entries.append(LuaTable.Entry(key: key, value: value()))
    }
    return LuaTable(entries)
  }

  static func string(_ bytes: UnsafeRawBufferPointer) -> LuaValue {
    if let text = String(validating: bytes, as: UTF8.self) { return .string(text) }
    return .bytes([UInt8](bytes))
  }
}

/// Writes values as the answer that the state will read.
struct LuaWriter {
  let vm: OpaquePointer
  let owner: LuaReferences

  static let maximumDepth = 64

  init(_ vm: OpaquePointer, owner: LuaReferences) {
    self.vm = vm
    self.owner = owner
    clua_answer(vm)
  }

  func write(_ values: [LuaValue]) {
    for value in values { write(value, depth: 0) }
  }

  func text(_ text: String) {
    var text = text
    text.withUTF8 { clua_put_string(vm, $0.baseAddress, $0.count) }
  }

  private func write(_ value: LuaValue, depth: Int) {
    switch value {
    case .nil: clua_put_tag(vm, Int32(CLUA_TAG_NIL))
    case .bool(let flag): clua_put_tag(vm, Int32(flag ? CLUA_TAG_TRUE : CLUA_TAG_FALSE))
    case .integer(let number): clua_put_integer(vm, number)
    case .number(let number): clua_put_number(vm, number)
    case .string(let string), .opaque(let string): text(string)
    case .bytes(let bytes): bytes.withUnsafeBytes { clua_put_string(vm, $0.baseAddress, $0.count) }
    case .array(let values):
      guard depth < Self.maximumDepth else { return clua_put_tag(vm, Int32(CLUA_TAG_NIL)) }
      clua_put_count(vm, Int32(CLUA_TAG_ARRAY), UInt32(values.count))
      for value in values { write(value, depth: depth + 1) }
    case .table(let table):
      guard depth < Self.maximumDepth else { return clua_put_tag(vm, Int32(CLUA_TAG_NIL)) }
      write(table.entries.filter(\.isValid), tag: CLUA_TAG_TABLE, depth: depth)
    case .function(let function):
      if function.owner === owner {
        clua_put_reference(vm, function.reference)
      } else {
        clua_put_tag(vm, Int32(CLUA_TAG_NIL))
      }
    case .failure(let error):
      write(error.luaFields, tag: CLUA_TAG_FAILURE, depth: depth)
    }
  }

  private func write(_ entries: [LuaTable.Entry], tag: Int, depth: Int) {
    clua_put_count(vm, Int32(tag), UInt32(entries.count))
    for entry in entries {
      write(entry.key, depth: depth + 1)
      write(entry.value, depth: depth + 1)
    }
  }
}

extension LuaTable.Entry {
  /// Whether Lua takes the key.
  fileprivate var isValid: Bool {
    switch key {
    case .nil: false
    case .number(let number): !number.isNaN
    default: true
    }
  }
}
