/// Sizes as people write them: `256MiB`.
enum SizeText {
  private static let units: [(name: String, bytes: Int64)] = [
    ("TiB", 1 << 40), ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("B", 1),
  ]

  /// Returns the bytes of `text`: a whole number with a unit, or of bytes.
  static func parse(_ text: String) throws(ValueError) -> Int64 {
    let digits = text.utf8.prefix(while: Text.isDigit)
    let name = String(decoding: text.utf8.dropFirst(digits.count), as: UTF8.self)
    let unit = name.isEmpty ? 1 : units.first { $0.name == name }?.bytes
    guard !digits.isEmpty, let unit else {
      throw ValueError(
        "must be a size such as `256MiB` or `2GiB`, or a number of bytes, not \(Text.quoted(text))")
    }
    let number = Int64(String(decoding: digits, as: UTF8.self))
    guard let number, case let (product, false) = number.multipliedReportingOverflow(by: unit) else {
      throw ValueError("is too large")
    }
    return product
  }

  /// Returns `bytes` in the largest unit that divides it.
  static func format(_ bytes: Int64) -> String {
    let unit = units.first { bytes >= $0.bytes && bytes % $0.bytes == 0 }
    guard let unit else { return "\(bytes)B" }
    return "\(bytes / unit.bytes)\(unit.name)"
  }
}
