/// The values that are written without quotes and brackets: booleans and numbers.
///
/// Dates and times are left out: no key of ours takes one.
enum TOMLScalar {
  /// The most characters a number may have.
  static let maximumLength = 64

  /// What is wrong with a bare word in the place of a value.
  static func problem(with word: [UInt8]) -> String? {
    guard word.count <= maximumLength else { return "a number of more than \(maximumLength) characters" }
    if isWord(word) || isInteger(word) || isFloat(word) { return nil }
    let text = String(decoding: word, as: UTF8.self)
    return looksLikeMoment(word)
      ? "\(Text.quoted(text)) is a date or a time, which no key takes; text is put in quotes"
      : "\(Text.quoted(text)) is not a value; text is put in quotes"
  }

  private static func isWord(_ word: [UInt8]) -> Bool {
    let words: Set<String> = ["true", "false", "inf", "+inf", "-inf", "nan", "+nan", "-nan"]
    return words.contains(String(decoding: word, as: UTF8.self))
  }

  private static func isInteger(_ word: [UInt8]) -> Bool {
    if word.count > 2, word[0] == UInt8(ascii: "0") {
      let digits: String
      switch word[1] {
      case UInt8(ascii: "x"): digits = "0123456789abcdefABCDEF"
      case UInt8(ascii: "o"): digits = "01234567"
      case UInt8(ascii: "b"): digits = "01"
      default: return false
      }
      return isDigits(word[2...]) { digits.utf8.contains($0) }
    }
    return isDecimal(withoutSign(word))
  }

  private static func isFloat(_ word: [UInt8]) -> Bool {
    var mantissa = withoutSign(word)
    if let exponent = mantissa.firstIndex(where: { $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E") }) {
      guard isDigits(withoutSign(mantissa[(exponent + 1)...]), Text.isDigit) else { return false }
      mantissa = mantissa[..<exponent]
    }
    guard let point = mantissa.firstIndex(of: UInt8(ascii: ".")) else { return isDecimal(mantissa) }
    return isDecimal(mantissa[..<point]) && isDigits(mantissa[(point + 1)...], Text.isDigit)
  }

  private static func withoutSign(_ word: some Collection<UInt8>) -> ArraySlice<UInt8> {
    let hasSign = word.first == UInt8(ascii: "+") || word.first == UInt8(ascii: "-")
    return Array(word.dropFirst(hasSign ? 1 : 0))[...]
  }

  /// Digits without a leading zero.
  private static func isDecimal(_ word: ArraySlice<UInt8>) -> Bool {
    isDigits(word, Text.isDigit) && (word.count == 1 || word.first != UInt8(ascii: "0"))
  }

  /// Digits, with single underscores between them.
  private static func isDigits(_ word: ArraySlice<UInt8>, _ isDigit: (UInt8) -> Bool) -> Bool {
    let groups = word.split(separator: UInt8(ascii: "_"), omittingEmptySubsequences: false)
    return groups.allSatisfy { !$0.isEmpty && $0.allSatisfy(isDigit) }
  }

  private static func looksLikeMoment(_ word: [UInt8]) -> Bool {
    word.prefix(while: Text.isDigit).count >= 2
      && (word.contains(UInt8(ascii: "-")) || word.contains(UInt8(ascii: ":")))
  }
}
