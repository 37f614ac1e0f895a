/// Writes TOML.
enum TOMLText {
  /// Lines with arrays are broken where they would get longer than this.
  static let lineLength = 100

  static func isBareKey(_ key: String) -> Bool {
    !key.isEmpty
      && key.utf8.allSatisfy { Text.isAlphanumeric($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }
  }

  static func key(_ key: String) -> String { isBareKey(key) ? key : string(key) }

  /// Returns `text` as a basic string.
  static func string(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) {
          let digits = String(scalar.value, radix: 16, uppercase: true)
          result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }

  /// Returns `key = [elements]`, on one line where it is short enough.
  static func array(_ key: String, _ elements: [String]) -> String {
    let line = "\(key) = [\(elements.joined(separator: ", "))]"
    guard line.count > lineLength, elements.count > 1 else { return line }
    return "\(key) = [\n" + elements.map { "  \($0),\n" }.joined() + "]"
  }

  static func strings(_ key: String, _ elements: [String]) -> String { array(key, elements.map(string)) }
}
