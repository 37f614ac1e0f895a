import Foundation

/// How `--json` is written: snake_case keys in sorted order, RFC 3339 times, the same bytes for the same
/// values.
enum JSON {
  /// Returns `value` as an indented document that ends with a newline.
  static func document(_ value: some Encodable) throws -> String {
    indent(try encoder().encode(value)) + "\n"
  }

  /// Returns `value` as one line that ends with a newline, for streams.
  static func line(_ value: some Encodable) throws -> String {
    String(decoding: try encoder().encode(value), as: UTF8.self) + "\n"
  }

  private static func encoder() -> JSONEncoder {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .custom { date, encoder in
      var container = encoder.singleValueContainer()
      try container.encode(Timestamp.rfc3339(date))
    }
    return encoder
  }

  /// Lays compact JSON out by hand: Foundation's layout of empty containers differs between its versions.
  static func indent(_ compact: Data) -> String {
    var result: [UInt8] = []
    var depth = 0
    var isInString = false
    var isEscaped = false
    let bytes = Array(compact)
    func newline() { result += [0x0a] + Array(repeating: 0x20, count: depth * 2) }
    for (index, byte) in bytes.enumerated() {
      if isInString {
        result.append(byte)
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte
          == UInt8(ascii: "\"")
        {
          isInString = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        result.append(byte)
        depth += 1
        if !isClosing(bytes, after: index) { newline() }
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if !isOpening(bytes, before: index) { newline() }
        result.append(byte)
      case UInt8(ascii: ","):
        result.append(byte)
        newline()
      case UInt8(ascii: ":"): result += [byte, 0x20]
      default:
        isInString = byte == UInt8(ascii: "\"")
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func isClosing(_ bytes: [UInt8], after index: Int) -> Bool {
    index + 1 < bytes.count && [UInt8(ascii: "}"), UInt8(ascii: "]")].contains(bytes[index + 1])
  }

  private static func isOpening(_ bytes: [UInt8], before index: Int) -> Bool {
    index > 0 && [UInt8(ascii: "{"), UInt8(ascii: "[")].contains(bytes[index - 1])
  }
}
