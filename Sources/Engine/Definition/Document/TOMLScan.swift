/// Looks a document over before the TOML parser sees it.
///
/// The parser (toml++ 3.4) recurses into nested values, hands strings over as C strings, and ends the process
/// with an assertion at some kinds of nonsense. All of that is refused here: nesting and keys of a depth that no
/// document of ours needs, NUL characters, brackets that do not match, characters that may only stand in
/// strings, a table header that begins with no key, and bare words that are no values.
///
/// The scan follows TOML's strings and comments exactly as far as the text is valid; where it is not, the parser
/// stops at that point itself. What holds for a text holds for every beginning of it.
struct TOMLScan {
  /// How deep arrays and inline tables may be nested.
  static let maximumNesting = 16
  /// How many dots a key may have.
  static let maximumDots = 8

  struct Problem: Equatable {
    let line: Int
    let column: Int
    let message: String
    /// The bytes before it, in which the scan found nothing.
    let offset: Int
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
  private var isAtStatement = true
  /// Whether a bracket here is the second one of a header.
  private var isAtHeader = false
  private var expectsValue = false
  /// The brackets that are open, each as the one that closes it.
  private var closers: [UInt8] = []
  private var dots = 0

  private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  private mutating func run() -> Problem? {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
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
    if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { return nil }
    let startsStatement = isAtStatement
    let startsHeader = isAtHeader
    isAtStatement = false
    isAtHeader = false
    switch byte {
    case UInt8(ascii: "\r"): break
    case UInt8(ascii: "#"): state = .comment
    case UInt8(ascii: "\n"): endLine()
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      let multiline = quotes(byte) >= 3
      if multiline { position += 2 }
      state = .string(quote: byte, multiline: multiline)
      expectsValue = false
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      return open(byte, startsStatement: startsStatement, isHeader: startsStatement || startsHeader)
    case UInt8(ascii: "]"), UInt8(ascii: "}"):
      if closers.popLast() != byte { return "a closing bracket that matches no opening one" }
      expectsValue = false
    case UInt8(ascii: "="), UInt8(ascii: ","):
      dots = 0
      expectsValue = byte == UInt8(ascii: "=") || closers.last == UInt8(ascii: "]")
    case ..<0x20, 0x7F...: return "a character that may only stand in a string"
    default: return word(byte)
    }
    return nil
  }

  private mutating func open(_ byte: UInt8, startsStatement: Bool, isHeader: Bool) -> String? {
    let isArray = byte == UInt8(ascii: "[")
    if startsStatement, isArray {
      if !isKeyNext() { return "a table's header must begin with a key" }
      isAtHeader = true
    }
    closers.append(isArray ? UInt8(ascii: "]") : UInt8(ascii: "}"))
    dots = 0
    expectsValue = isArray && !isHeader
    return closers.count > Self.maximumNesting ? "nested deeper than \(Self.maximumNesting) levels" : nil
  }

  private mutating func word(_ byte: UInt8) -> String? {
    guard expectsValue else {
      if byte == UInt8(ascii: ".") { dots += 1 }
      return dots > Self.maximumDots ? "a key of more than \(Self.maximumDots + 1) parts" : nil
    }
    expectsValue = false
    let word = Array(bytes[position...].prefix { $0 > 0x20 && $0 < 0x7F && !"]},#".utf8.contains($0) })
    if let problem = TOMLScalar.problem(with: word) { return problem }
    position += word.count - 1
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
        position += count - 1
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

  private mutating func endLine() {
    state = .code
    dots = 0
    isAtStatement = closers.isEmpty
    if isAtStatement { expectsValue = false }
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
    return Problem(line: line, column: column, message: message, offset: position)
  }
}

/// What follows the current position.
extension TOMLScan {
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

  /// Whether a key, or the end of the header, follows the brackets here.
  private func isKeyNext() -> Bool {
    func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    var rest = bytes[position...].dropFirst().drop(while: isBlank)
    if rest.first == UInt8(ascii: "[") { rest = rest.dropFirst().drop(while: isBlank) }
    guard let next = rest.first else { return true }
    return Text.isAlphanumeric(next) || "_-\"']".utf8.contains(next)
  }
}
