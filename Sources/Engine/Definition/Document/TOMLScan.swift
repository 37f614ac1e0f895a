/// Looks a document over before the TOML parser sees it.
///
/// The parser recurses, both into nested values and when it frees what it built, and hands strings over as C
/// strings. Nesting that no document of ours needs and characters that would cut a string short are therefore
/// refused up front. The scan follows TOML's strings and comments exactly as far as the text is valid; where
/// it is not, the parser stops at that point itself.
struct TOMLScan {
  /// How deep arrays and inline tables may be nested.
  static let maximumNesting = 16
  /// How many dots a key may have.
  static let maximumDots = 8

  struct Problem: Equatable {
    let line: Int
    let column: Int
    let message: String
  }

  /// Returns the first problem of `text`, `nil` where there is none.
  static func problem(in text: String) -> Problem? {
    var copy = text
    return copy.withUTF8 { bytes in
      var scan = TOMLScan(bytes: bytes)
      return scan.run()
    }
  }

  private enum State {
    case code, comment
    case string(quote: UInt8, multiline: Bool)
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  private var state = State.code
  private var nesting = 0
  private var dots = 0

  private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  private mutating func run() -> Problem? {
    while position < bytes.count {
      let byte = bytes[position]
      if byte == 0 { return problem("a NUL character") }
      let message: String?
      switch state {
      case .code: message = code(byte)
      case .comment:
        if byte == UInt8(ascii: "\n") { endLine() }
        message = nil
      case .string(let quote, let multiline): message = string(byte, quote: quote, multiline: multiline)
      }
      if let message { return problem(message) }
      position += 1
    }
    return nil
  }

  private mutating func code(_ byte: UInt8) -> String? {
    switch byte {
    case UInt8(ascii: "#"): state = .comment
    case UInt8(ascii: "\n"): endLine()
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      let multiline = quotes(byte) >= 3
      if multiline { position += 2 }
      state = .string(quote: byte, multiline: multiline)
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      nesting += 1
      dots = 0
      if nesting > Self.maximumNesting { return "nested deeper than \(Self.maximumNesting) levels" }
    case UInt8(ascii: "]"), UInt8(ascii: "}"): nesting = max(0, nesting - 1)
    case UInt8(ascii: "="), UInt8(ascii: ","): dots = 0
    case UInt8(ascii: "."):
      dots += 1
      if dots > Self.maximumDots { return "a key of more than \(Self.maximumDots + 1) parts" }
    default: break
    }
    return nil
  }

  private mutating func string(_ byte: UInt8, quote: UInt8, multiline: Bool) -> String? {
    switch byte {
    case quote:
      guard multiline else {
        state = .code
        return nil
      }
      let count = quotes(quote)
      if count >= 3 {
        // Up to two quotes may stand directly before the three that end the string.
        position += min(count, 5) - 1
        state = .code
      }
    case UInt8(ascii: "\\") where quote == UInt8(ascii: "\""):
      if isNULEscape() { return "a NUL character" }
      let next = position + 1 < bytes.count ? bytes[position + 1] : 0
      // Only a quote and a backslash can be mistaken for something else when they are escaped.
      if next == quote || next == byte { position += 1 }
    case UInt8(ascii: "\n") where !multiline: endLine()
    default: break
    }
    return nil
  }

  /// How many of `quote` stand in a row from here, at most five.
  private func quotes(_ quote: UInt8) -> Int { bytes[position...].prefix(5).prefix { $0 == quote }.count }

  private func isNULEscape() -> Bool {
    let escape = bytes[position...].dropFirst().prefix(9)
    let zeros = escape.dropFirst().prefix { $0 == UInt8(ascii: "0") }.count
    switch escape.first {
    case UInt8(ascii: "u"): return zeros >= 4
    case UInt8(ascii: "U"): return zeros >= 8
    default: return false
    }
  }

  private mutating func endLine() {
    state = .code
    dots = 0
  }

  private func problem(_ message: String) -> Problem {
    var line = 1
    var column = 1
    for byte in bytes[..<position] {
      if byte == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    return Problem(line: line, column: column, message: message)
  }
}
