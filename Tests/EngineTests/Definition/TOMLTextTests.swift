import Engine
import Foundation
import TestSupport
import Testing

/// What the text of a definition may look like.
@Suite struct TOMLTextTests {
  private func problem(_ text: String) throws -> String {
    let error = #expect(throws: EngineError.self) { try ServiceFile.parse(text, source: "web.toml") }
    let found = try #require(error)
    #expect(found.code == .invalidArgument)
    #expect(found.details.count == 1)
    return found.details.first ?? ""
  }

  @Test(arguments: [
    ("name = \"web", "line 1, column 12: "),
    ("name = \"web\"\nname = \"other\"\n", "line 2, column "),
    ("name = \"web\"\n[[components]]\nname = api\n", "line 3, column "),
    ("= 1", "line 1, column 1: "),
    ("name = ", "line 1, column "),
    ("a = 1\na.b = 2\n", "line 2, column "),
    ("[a]\n[a]\n", "line 2, column "),
    ("x = 99999999999999999999\n", "line 1, column "),
    ("x = \"\\ud800\"\n", "line 1, column "),
    ("x = \"\u{1}\"\n", "line 1, column "),
    ("x = 1 y = 2\n", "line 1, column "),
    ("x = 2020-13-45\n", "line 1, column "),
  ])
  func `a syntax error has its line and column`(text: String, start: String) throws {
    #expect(try problem(text).hasPrefix(start))
  }

  @Test(arguments: [
    ("x = \"ab\0c\"", "line 1, column 8: a NUL character"),
    ("\n  x = \"ü\\u0000\"", "line 2, column 9: a NUL character"),
    ("x = \"\"\"\n\\U00000000\"\"\"", "line 2, column 1: a NUL character"),
    ("\"a\\u0000b\" = 1", "line 1, column 3: a NUL character"),
  ])
  func `a character that would cut a string short is refused`(text: String, expected: String) throws {
    #expect(try problem(text) == expected)
  }

  @Test(arguments: [
    "'a\\u0000b'", "'''a\\u0000b'''", "\"a\\\\u0000b\"", "\"\"\"a\\\\u0000b\"\"\"", "\"a\"  # \\u0000",
  ])
  func `what only looks like such a character is text`(value: String) throws {
    let service = try ServiceFile.parse(Samples.component("cmd = [\n\(value)\n]"), source: "web.toml")
    #expect(service.components[0].command.count == 1)
  }

  @Test(arguments: [
    ("[.a]", "line 1, column 1"), ("\u{FEFF}[ = ]", "line 1, column 2"),
    ("a = 1\n [[ .a]]", "line 2, column 2"),
    ("a = [\n1\n]\r\n[\n", "line 4, column 1"), ("[[é]]", "line 1, column 1"),
    ("# x\n[[[a]]]", "line 2, column 1"),
  ])
  func `a table's header that begins with no key is refused`(text: String, place: String) throws {
    #expect(try problem(text) == "\(place): a table's header must begin with a key")
  }

  @Test(arguments: [
    ("x = web", "line 1, column 5: `web` is not a value; text is put in quotes"),
    (
      "x = [1,\n  2020-01-01]",
      "line 2, column 3: `2020-01-01` is a date or a time, which no key takes; text is put in quotes"
    ),
    (
      "x = 07:32:00",
      "line 1, column 5: `07:32:00` is a date or a time, which no key takes; text is put in quotes"
    ),
    (
      "x = 2020-01-01 1\n",
      "line 1, column 5: `2020-01-01` is a date or a time, which no key takes; text is put in quotes"
    ),
    (
      "x = 2020-01-01tes32:00#",
      "line 1, column 5: `2020-01-01tes32:00` is a date or a time, which no key takes; text is put in quotes"
    ),
    ("x = {a = 01}", "line 1, column 10: `01` is not a value; text is put in quotes"),
    ("x = 1__0", "line 1, column 5: `1__0` is not a value; text is put in quotes"),
    ("x = True", "line 1, column 5: `True` is not a value; text is put in quotes"),
    ("[\"a\"]\n\"b\" = [web]", "line 2, column 8: `web` is not a value; text is put in quotes"),
    ("x = [}", "line 1, column 6: a closing bracket that matches no opening one"),
    ("x = {a = [1}", "line 1, column 12: a closing bracket that matches no opening one"),
    ("x = [\u{2028}]", "line 1, column 6: a character that may only stand in a string"),
    ("x = \u{85}", "line 1, column 5: a character that may only stand in a string"),
    ("é = 1", "line 1, column 1: a character that may only stand in a string"),
  ])
  func `what the parser would not survive, or explain, is refused`(text: String, expected: String) throws {
    #expect(try problem(text) == expected)
  }

  @Test(arguments: [
    "0", "+0", "-0", "10", "1_000", "-17", "0x1F", "0o17", "0b1_0", "1.5", "-0.0", "1e3", "1E+3",
    "6.02_2e-2_3", "inf",
    "+inf", "nan", "-nan", "true", "false",
  ])
  func `numbers and booleans are left to the parser`(value: String) throws {
    let error = #expect(throws: EngineError.self) {
      try ServiceFile.parse(
        "name = \"web\"\nx = \(value)\ny = [ \(value),\n\(value)]# \n", source: "web.toml")
    }
    #expect(
      error?.details == [
        "components: at least one component is required", "x: unknown key", "y: unknown key",
      ])
  }

  @Test func `a mistake is reported where it was made, not where it shows`() throws {
    let text = Samples.component("ports = [\"80:80\"\nvolumes = [\"/a:/b\"]\n[[components]]\nname = \"b\"")
    #expect(try problem(text).hasPrefix("line 6, column 1: "))
  }

  @Test(arguments: [17, 300, 10_000, 200_000])
  func `deep nesting is refused before it can do harm`(depth: Int) throws {
    let arrays = "x = " + String(repeating: "[", count: depth)
    #expect(try problem(arrays) == "line 1, column 21: nested deeper than 16 levels")
    #expect(try problem(arrays + String(repeating: "]", count: depth)).hasSuffix("16 levels"))
    #expect(try problem("x = " + String(repeating: "{a=", count: depth)).hasSuffix("16 levels"))
    #expect(try problem("x = \"\"\"\"\"\"" + String(repeating: "[", count: depth)).hasSuffix("16 levels"))
    #expect(try problem("x = '''''''" + String(repeating: "[", count: depth)).contains("line 1"))
    let dotted = String(repeating: "a.", count: depth) + "a"
    #expect(try problem("\(dotted) = 1").hasSuffix("a key of more than 9 parts"))
    #expect(try problem("[\(dotted)]").hasSuffix("a key of more than 9 parts"))
    #expect(try problem("[[\(dotted)]]").hasSuffix("a key of more than 9 parts"))
    let quoted = String(repeating: "\"a\".", count: depth) + "a"
    #expect(try problem("\(quoted) = 1").hasSuffix("a key of more than 9 parts"))
  }

  @Test func `brackets and dots inside strings and comments are not nesting`() throws {
    let brackets = String(repeating: "[{", count: 500) + String(repeating: ".", count: 500)
    let text = Samples.component(
      "cmd = [\"\(brackets)\", '\(brackets)', \"\"\"\(brackets)\"\"\", '''\(brackets)''', \"\"] # \(brackets)"
    )
    let service = try ServiceFile.parse(text, source: "web.toml")
    #expect(service.components[0].command == [brackets, brackets, brackets, brackets, ""])
  }

  @Test func `quotes at the end of long strings are part of them`() throws {
    let text = Samples.component("cmd = [\"\"\"a\"\"\"\"\", '''b'''', \"\"\"\\\"\"\"\", \"\\\\\", \"\\\"[\"]")
    let service = try ServiceFile.parse(text, source: "web.toml")
    #expect(service.components[0].command == ["a\"\"", "b'", "\"", "\\", "\"["])
  }

  @Test(arguments: ["\u{FEFF}", ""], ["\n", "\r\n"])
  func `a byte order mark and the line ends of Windows are accepted`(mark: String, lineEnd: String) throws {
    let text = mark + Samples.everything.replacing("\n", with: lineEnd)
    #expect(
      try ServiceFile.parse(text, source: "web.toml")
        == ServiceFile.parse(Samples.everything, source: "web.toml"))
  }

  @Test func `dotted keys and inline tables say the same as tables`() throws {
    let dotted = Samples.component(
      "ports = [\"80:80\"]\nhealth.type = \"tcp\"\nhealth.port = 80\nlabels.a = \"1\"\nlabels.\"b.c\" = \"2\""
    )
    let inline = Samples.component(
      "ports = [\"80:80\"]\nhealth = { type = \"tcp\", port = 80 }\nlabels = { \"b.c\" = \"2\", a = \"1\" }")
    #expect(
      try ServiceFile.parse(dotted, source: "web.toml") == ServiceFile.parse(inline, source: "web.toml"))
  }

  @Test func `keys that are the same to people are one key`() throws {
    let text = Samples.component("labels = { \"e\u{301}\" = \"1\", \"\u{E9}\" = \"2\" }")
    #expect(try problem(text).contains("is not the name of a label"))
  }

  @Test func `a document has a limit`() throws {
    let comment = "# \(String(repeating: "x", count: 61))\n"
    let text = Samples.component(String(repeating: comment, count: 16_000))
    #expect(try ServiceFile.parse(text, source: "web.toml").name == "web")
    let long = text + String(repeating: comment, count: 1_000)
    #expect(try problem(long) == "the document is larger than 1MiB")
  }

  @Test(arguments: [
    "\"", "'", "[", "a.", "\n[[a]]", "a=1\n", "\\", "\"\"\"\\", "{", "#", "=", "\r", "🚀", "[a]\n",
  ])
  func `a megabyte of anything is answered`(unit: String) {
    let text = String(repeating: unit, count: (1 << 20) / unit.utf8.count - 16)
    for start in ["", "x = ", "x = \"\"\"", "x = ["] {
      let error = #expect(throws: EngineError.self) {
        try ServiceFile.parse(start + text, source: "web.toml")
      }
      #expect(error?.code == .invalidArgument)
    }
  }
}
