import Engine

/// Reads a value that nobody should see.
enum SecretInput {
  private static let interrupt: UInt8 = 3
  private static let endOfInput: UInt8 = 4
  private static let eraseLine: UInt8 = 21
  private static let erasing: Set<UInt8> = [8, 127]

  /// Reads all of standard input, without one newline at its end; from a terminal one line, which is not shown.
  ///
  /// Throws `invalidArgument` where nothing comes, `cancelled` after Ctrl-C.
  static func read(name: String, of service: String, context: Context) async throws -> SecretValue {
    let console = context.console
    guard console.inputIsTerminal else { return try SecretValue(withoutNewline(try await all(console))) }
    return try SecretValue(try await hidden("value of \(name) for \(service) (not shown): ", console))
  }

  /// Asks for a word on a terminal and does not show what is typed.
  ///
  /// Throws `cancelled` after Ctrl-C.
  static func ask(_ question: String, context: Context) async throws -> String {
    String(decoding: try await hidden(question, context.console), as: UTF8.self)
  }

  private static func hidden(_ question: String, _ console: Console) async throws -> [UInt8] {
    console.error(question)
    guard console.enterRaw() else {
      throw EngineError(
        .failedPrecondition, "the terminal cannot be told not to show what is typed",
        hint: "give it on standard input")
    }
    defer {
      console.leaveRaw()
      console.error("\n")
    }
    return try await line(console)
  }

  /// All of standard input, as far as a secret can be long.
  static func all(_ console: Console) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      let chunk = await console.readInput()
      if chunk.isEmpty || bytes.count > SecretValue.maximumBytes { return bytes }
      bytes += chunk
    }
  }

  private static func withoutNewline(_ bytes: [UInt8]) -> [UInt8] {
    bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes
  }

  private static func line(_ console: Console) async throws -> [UInt8] {
    var line: [UInt8] = []
    while true {
      let keys = await console.readInput()
      guard !keys.isEmpty else { return line }
      for key in keys {
        switch key {
        case UInt8(ascii: "\r"), UInt8(ascii: "\n"), endOfInput: return line
        case interrupt: throw EngineError(.cancelled, "no value was given: nothing was changed")
        case eraseLine: line = []
        case _ where erasing.contains(key):
          // A character may have several bytes, of which the first is none that continues.
          while let last = line.popLast(), last & 0xC0 == 0x80 {}
        default: line.append(key)
        }
      }
    }
  }
}
