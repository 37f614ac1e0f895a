import Engine
import TestSupport

/// Makes documents that are meant to break a reader: damaged definitions, and nonsense in TOML's grammar.
struct HostileTOML {
  private var random: SeededGenerator
  private var definitions: RandomDefinition

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
    definitions = RandomDefinition(seed: seed &+ 1)
  }

  mutating func next() -> String {
    if random.chance(4) { return nonsense() }
    var text =
      switch random.number(0...3) {
      case 0: Samples.everything
      case 1: Samples.everythingFormatted
      case 2: Samples.component("ports = [\"80:80\"]\nenv = [\"A=1\"]\ncpus = 1.5\nmemory = \"64MiB\"")
      default: ServiceFile.format(definitions.next())
      }
    for _ in 0..<random.number(1...4) { text = mutated(text) }
    return text
  }

  private mutating func mutated(_ text: String) -> String {
    switch random.number(0...9) {
    case 0:
      return bytes(text) { random, bytes in
        bytes[random.number(0...bytes.count - 1)] ^= 1 << random.number(0...7)
      }
    case 1: return bytes(text) { random, bytes in bytes.removeLast(random.number(0...bytes.count - 1)) }
    case 2: return bytes(text) { random, bytes in bytes.remove(at: random.number(0...bytes.count - 1)) }
    case 3:
      return lines(text) { random, lines in
        lines.insert(random.pick(lines), at: random.number(0...lines.count))
      }
    case 4: return lines(text) { random, lines in lines.remove(at: random.number(0...lines.count - 1)) }
    case 5: return lines(text) { random, lines in lines.swapAt(0, random.number(0...lines.count - 1)) }
    case 6:
      let value = value(random.number(0...4))
      return lines(text) { random, lines in
        let index = random.number(0...lines.count - 1)
        guard let equals = lines[index].firstIndex(of: "=") else { return }
        lines[index] = lines[index][...equals] + " \(value)"
      }
    case 7:
      let statement = statement()
      return lines(text) { random, lines in lines.insert(statement, at: random.number(0...lines.count)) }
    case 8:
      return bytes(text) { random, bytes in
        let token = String(repeating: random.pick(Self.tokens), count: random.pick([1, 1, 1, 2, 40, 3_000]))
        bytes.insert(contentsOf: Array(token.utf8), at: random.number(0...bytes.count))
      }
    default:
      return bytes(text) { random, bytes in
        let start = random.number(0...bytes.count - 1)
        let end = min(bytes.count, start + random.number(1...200))
        bytes.insert(contentsOf: Array(bytes[start..<end]), at: random.number(0...bytes.count))
      }
    }
  }

  private mutating func bytes(
    _ text: String, _ change: (inout SeededGenerator, inout [UInt8]) -> Void
  ) -> String {
    var bytes = Array(text.utf8)
    if !bytes.isEmpty { change(&random, &bytes) }
    return String(decoding: bytes, as: UTF8.self)
  }

  private mutating func lines(
    _ text: String, _ change: (inout SeededGenerator, inout [String]) -> Void
  ) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if !lines.isEmpty { change(&random, &lines) }
    return lines.joined(separator: "\n")
  }

  private mutating func nonsense() -> String {
    (0...random.number(0...20)).map { _ in statement() }.joined(separator: random.chance(8) ? "\r\n" : "\n")
  }

  private mutating func statement() -> String {
    switch random.number(0...5) {
    case 0: return "[\(key())]"
    case 1: return "[[\(random.chance(2) ? "components" : key())]]"
    case 2: return "\(key()) = \(random.pick(Self.tokens)) # \(random.pick(Self.tokens))"
    default: return "\(key()) = \(value(random.number(0...5)))"
    }
  }

  private mutating func key() -> String {
    let parts = [
      "name", "components", "image", "ports", "health", "env", "labels", "build", "images", "snapshot",
      "cpus",
      "memory", "routes", "runtime", "sha256", "a", "\"\"", "\"a.b\"", "'x y'", "\"\\u0041\"", "1", "-", "é",
      "true",
    ]
    return (0...random.pick([0, 0, 0, 1, 2, 12])).map { _ in random.pick(parts) }.joined(separator: ".")
  }

  private mutating func value(_ depth: Int) -> String {
    switch random.number(0...(depth > 0 ? 7 : 5)) {
    case 0, 1, 2: return random.pick(Self.values)
    case 3: return "\"\(random.pick(Self.tokens))\""
    case 4: return String(random.next()) + (random.chance(3) ? "." : "")
    case 5:
      return
        "\(random.pick(["\"\"\"", "'''"]))\n\(random.pick(Self.tokens))\n\(random.pick(["\"\"\"", "'''"]))"
    case 6:
      return "[" + (0...random.number(0...4)).map { _ in value(depth - 1) }.joined(separator: ", ") + "]"
    default:
      return "{ "
        + (0...random.number(0...3)).map { _ in "\(key()) = \(value(depth - 1))" }.joined(separator: ", ")
        + " }"
    }
  }

  private static let values = [
    "\"web\"", "\"api\"", "\"example.org/api:1\"", "[\"80:80\", \"80:80\"]", "[\"/srv/a:/a\"]", "[\"A=1\"]",
    "true",
    "\"unikernel\"", "1", "-1", "0x7FFFFFFFFFFFFFFF", "9223372036854775808", "-9223372036854775808", "1e999",
    "-0.0",
    "inf", "-inf", "nan", "1_000", "0b1", "0o777", "1979-05-27", "1979-05-27T07:32:00Z",
    "07:32:00.999999999999",
    "2024-02-30", "[]", "{}", "[[[]]]", "[1, \"a\", {}]", "\"256MiB\"", "\"10s\"", "\"99999999999999999d\"",
    "''",
    "{ secret = \"x\" }", "[\"a\", [\"b\"]]", "\"\\U0010FFFF\"", "\"\\UFFFFFFFF\"", "\"\\x\"", "1.", ".1",
    "+1", "01",
    "\"/srv/../etc\"", "\"a\\u0000b\"", "\"\\u001b[2J\"",
  ]

  private static let tokens = [
    "[", "]", "[[", "]]", "{", "}", "\"", "'", "\"\"\"", "'''", "=", ".", ",", "#", "\\", "\n", "\r", "\r\n",
    "\t", "\0",
    "\u{1}", "\u{7F}", "\u{85}", "\u{FEFF}", "\u{202E}", "\u{2028}", "é", "e\u{301}", "🚀", "\u{10FFFF}",
    "\u{FFFD}",
    "\\u0000", "\\uD800", "\\U00110000", "a.", "a=", "[a.b.c]", "x = 1\n", " ", "''''", "\"\"\"\"\"\"",
  ]
}
