/// Ids as long and as different from each other as a real runtime's, and the same in every run.
enum SimulatedID {
  /// The id of the object of that number; those of two kinds of runtimes never meet.
  static func object(_ number: Int, of kind: RuntimeKind) -> String {
    digest("\(kind.rawValue) \(number)")
  }

  /// The id of an image.
  static func image(_ reference: String) -> String { digest("image \(reference)") }

  /// 64 hexadecimal digits, different for different texts as far as anybody tests.
  private static func digest(_ text: String) -> String {
    var result = ""
    var value: UInt64 = 0xCBF2_9CE4_8422_2325
    for round in UInt8(0)..<4 {
      // FNV-1a, going on over the text with another beginning.
      for byte in [round] + Array(text.utf8) { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
      let mixed = (value ^ value >> 32) &* 0x9E37_79B9_7F4A_7C15
      let digits = String(mixed ^ mixed >> 29, radix: 16)
      result += String(repeating: "0", count: 16 - digits.count) + digits
    }
    return result
  }
}
