/// A value that is not what it should be; the reader adds where it stands.
struct ValueError: Error {
  let message: String

  init(_ message: String) { self.message = message }
}

/// Questions about text that must be asked of its bytes and scalars.
///
/// A Swift `Character` may be a slash with an accent on it; a kernel sees the slash. Everything here that
/// splits or compares therefore works on UTF-8.
enum Text {
  /// Returns the parts between `separator`, empty ones included.
  static func split(_ text: some StringProtocol, _ separator: Unicode.Scalar, max: Int = .max) -> [String] {
    text.utf8.split(
      separator: UInt8(ascii: separator), maxSplits: max - 1, omittingEmptySubsequences: false
    ).map { String(decoding: $0, as: UTF8.self) }
  }

  static func hasPrefix(_ text: String, _ prefix: String) -> Bool { text.utf8.starts(with: prefix.utf8) }

  /// Whether `text` has a character that a terminal or a file would act upon: C0, DEL, C1.
  static func hasControlCharacter(_ text: String) -> Bool { text.unicodeScalars.contains(where: isControl) }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
  }

  /// Returns `text` for a message: between marks, cut at `limit` characters, control characters spelled out.
  static func quoted(_ text: String, mark: Character = "`", limit: Int = 80) -> String {
    var result = String(mark)
    for (count, scalar) in text.unicodeScalars.enumerated() {
      if count == limit {
        result += "…"
        break
      }
      if isControl(scalar) {
        result += "\\u{\(String(scalar.value, radix: 16))}"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    result.append(mark)
    return result
  }

  /// What is wrong with free text: control characters, too many bytes, nothing at all.
  ///
  /// `lines` lets line ends and tabs through: scripts and certificates have them.
  static func problem(
    with text: String, maximum: Int, mayBeEmpty: Bool = false, lines: Bool = false
  ) -> String? {
    if text.isEmpty { return mayBeEmpty ? nil : "must not be empty" }
    if text.utf8.count > maximum { return "is longer than \(maximum) bytes" }
    let isRefused = text.unicodeScalars.contains { isControl($0) && !(lines && ($0 == "\n" || $0 == "\t")) }
    return isRefused ? "must not contain control characters" : nil
  }

  /// Returns free text of a configuration.
  static func plain(_ text: String) throws(ValueError) -> String {
    if let problem = problem(with: text, maximum: 1024) { throw ValueError(problem) }
    return text
  }

  static func isDigits(_ text: some StringProtocol) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy(isDigit)
  }

  static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  static func isLower(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }

  static func isUpper(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }

  static func isAlphanumeric(_ byte: UInt8) -> Bool { isDigit(byte) || isLower(byte) || isUpper(byte) }

  /// Whether `text` begins with an ASCII letter or digit (or one of `leading`) and goes on with those and
  /// `others`.
  static func isWord(_ text: String, others: String, leading: String = "") -> Bool {
    guard let first = text.utf8.first, isAlphanumeric(first) || leading.utf8.contains(first) else {
      return false
    }
    return text.utf8.dropFirst().allSatisfy { isAlphanumeric($0) || others.utf8.contains($0) }
  }

  /// Joins `words` for a sentence: "`a`, `b` or `c`".
  static func alternatives(_ words: [String]) -> String {
    let quoted = words.map { "`\($0)`" }
    guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "" }
    return quoted.dropLast().joined(separator: ", ") + " or " + last
  }
}
