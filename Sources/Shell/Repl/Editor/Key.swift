/// What an operator pressed.
enum Key: Equatable, Sendable {
  /// A character.
  case character(Character)
  /// A text that was pasted, with line feeds as line ends.
  case paste(String)
  /// A key with Ctrl, by its small letter; `_` is undo.
  case control(Character)
  /// A key with Alt, by its small letter.
  case alt(Character)
  case enter, altEnter, tab, backspace, altBackspace, delete, escape
  case up, down, left, right, home, end, wordLeft, wordRight
}

/// Makes keys of the bytes that a terminal sends.
///
/// Pure: bytes go in as they come, also in the middle of a character or of an escape sequence.
struct KeyDecoder {
  /// The most bytes of a paste that are taken.
  static let maximumPaste = 1 << 20

  private static let pasteEnd: [UInt8] = Array("\u{1b}[201~".utf8)

  private var pending: [UInt8] = []
  private var paste: [UInt8]?

  /// Whether what came last could be the escape key, or the beginning of another.
  var isUndecided: Bool { pending.first == 0x1b && paste == nil }

  /// Takes bytes in and returns the keys that are complete.
  mutating func feed(_ bytes: [UInt8]) -> [Key] {
    var keys: [Key] = []
    for byte in bytes {
      if paste != nil {
        if let text = take(pasted: byte) { keys.append(.paste(text)) }
        continue
      }
      pending.append(byte)
      decode(into: &keys)
    }
    return keys
  }

  /// Nothing more came: an escape byte was the escape key.
  mutating func flush() -> [Key] {
    guard isUndecided else { return [] }
    let rest = Array(pending.dropFirst())
    pending = []
    return [.escape] + (rest.isEmpty ? [] : feed(rest))
  }

  private mutating func take(pasted byte: UInt8) -> String? {
    paste?.append(byte)
    guard let bytes = paste, bytes.suffix(Self.pasteEnd.count) == Self.pasteEnd[...] else { return nil }
    paste = nil
    let text = String(decoding: bytes.dropLast(Self.pasteEnd.count).prefix(Self.maximumPaste), as: UTF8.self)
    return text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
  }

  private mutating func decode(into keys: inout [Key]) {
    guard let first = pending.first else { return }
    if first == 0x1b { return decodeEscape(into: &keys) }
    if first < 0x80 {
      pending = []
      keys.append(Self.key(first))
      return
    }
    let length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 1
    let isBroken = pending.count > 1 && !(0x80..<0xc0).contains(pending[pending.count - 1])
    guard pending.count >= length || isBroken else { return }
    let bytes = pending
    pending = []
    if isBroken {
      keys.append(.character("\u{fffd}"))
      keys += feed([bytes[bytes.count - 1]])
    } else {
      keys += String(decoding: bytes, as: UTF8.self).map { .character($0) }
    }
  }

  private static func key(_ byte: UInt8) -> Key {
    switch byte {
    case 0x0d, 0x0a: .enter
    case 0x09: .tab
    case 0x7f, 0x08: .backspace
    case 0x1f: .control("_")
    case 0..<0x20: .control(Character(UnicodeScalar(byte + 0x60)))
    default: .character(Character(UnicodeScalar(byte)))
    }
  }

  /// Sequences are those of ECMA-48 and xterm: ESC [ parameters final, ESC O final, ESC character.
  private mutating func decodeEscape(into keys: inout [Key]) {
    guard pending.count > 1 else { return }
    switch pending[1] {
    case UInt8(ascii: "["), UInt8(ascii: "O"):
      guard pending.count > 2, let last = pending.last, (0x40...0x7e).contains(last) else {
        if pending.count > 32 { pending = [] }
        return
      }
      let parameters = String(decoding: pending[2..<(pending.count - 1)], as: UTF8.self)
      pending = []
      if last == UInt8(ascii: "~"), parameters == "200" {
        paste = []
      } else if let key = Self.sequence(Character(UnicodeScalar(last)), parameters) {
        keys.append(key)
      }
    case 0x0d, 0x0a:
      pending = []
      keys.append(.altEnter)
    case 0x7f, 0x08:
      pending = []
      keys.append(.altBackspace)
    case 0x1b:
      pending = [0x1b]
      keys.append(.escape)
    case let byte where byte < 0x80:
      pending = []
      keys.append(.alt(Character(Character(UnicodeScalar(byte)).lowercased())))
    default: pending = []
    }
  }

  private static func sequence(_ final: Character, _ parameters: String) -> Key? {
    let isByWord = parameters.hasSuffix(";5") || parameters.hasSuffix(";3")
    return switch (final, parameters) {
    case ("A", _): .up
    case ("B", _): .down
    case ("C", _): isByWord ? .wordRight : .right
    case ("D", _): isByWord ? .wordLeft : .left
    case ("H", _), ("~", "1"), ("~", "7"): .home
    case ("F", _), ("~", "4"), ("~", "8"): .end
    case ("~", "3"): .delete
    default: nil
    }
  }
}
