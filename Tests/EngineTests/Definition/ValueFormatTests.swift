import Testing

@testable import Engine

@Suite struct ValueFormatTests {
  @Test(arguments: [
    ("0s", 0), ("1ms", 1), ("500ms", 500), ("10s", 10_000), ("90s", 90_000), ("1m30s", 90_000),
    ("1d2h3m4s5ms", 93_784_005), ("3650d", 315_360_000_000),
  ])
  func `a duration is read in milliseconds`(text: String, milliseconds: Int64) throws {
    #expect(try DurationText.parse(text) == milliseconds)
    #expect(try DurationText.parse(DurationText.format(milliseconds)) == milliseconds)
  }

  @Test(arguments: [
    "", "1", "s", "1 s", "1S", "1.5s", "+1s", "1s ", "1w", "5ms1s", "1s1s", "1us", "١s", "3650d1ms",
  ])
  func `what is no duration is refused`(text: String) {
    #expect(throws: ValueError.self) { try DurationText.parse(text) }
  }

  @Test func `a duration has one spelling`() {
    #expect(DurationText.format(90_000) == "1m30s")
    #expect(DurationText.format(86_400_000) == "1d")
    #expect(DurationText.format(.milliseconds(1_500)) == "1s500ms")
    #expect(DurationText.format(.zero) == "0s")
  }

  @Test(arguments: [
    ("0", 0), ("17", 17), ("17B", 17), ("1KiB", 1_024), ("256MiB", 268_435_456), ("2GiB", 2_147_483_648),
    ("1TiB", 1_099_511_627_776),
  ])
  func `a size is read in bytes`(text: String, bytes: Int64) throws {
    #expect(try SizeText.parse(text) == bytes)
    #expect(try SizeText.parse(SizeText.format(bytes)) == bytes)
  }

  @Test(arguments: [
    "", "MiB", "1 MiB", "1MB", "1m", "1mib", "-1MiB", "1.5MiB", "9223372036854775808", "8388608TiB",
  ])
  func `what is no size is refused`(text: String) {
    #expect(throws: ValueError.self) { try SizeText.parse(text) }
  }

  @Test(arguments: [
    "80:80", "80:80/udp", "127.0.0.1:80:80", "[::1]:80:80/udp", "[fd00::1:2]:1:65535",
  ])
  func `a port mapping reads back what it writes`(text: String) throws {
    let mapping = try PortMapping(parsing: text)
    #expect(mapping.description == text)
    #expect(mapping.problem == nil)
  }

  @Test(arguments: [
    ("nginx:1", "nginx", "1", nil), ("nginx", "nginx", nil, nil),
    ("localhost/nginx:1", "localhost/nginx", "1", nil),
    ("r.example:5000/a/b__c:v1.0_x", "r.example:5000/a/b__c", "v1.0_x", nil),
    ("r.example:5000/a", "r.example:5000/a", nil, nil), ("R.Example/a---b:1", "R.Example/a---b", "1", nil),
    (
      "a:1@sha256:\(String(repeating: "0a", count: 32))", "a", "1",
      "sha256:\(String(repeating: "0a", count: 32))"
    ),
  ])
  func `an image's name is taken apart`(text: String, name: String, tag: String?, digest: String?) throws {
    let reference = try #require(ImageReference(text))
    #expect(reference.name == name)
    #expect(reference.tag == tag)
    #expect(reference.digest == digest)
  }

  @Test(arguments: [
    "", "a b", "A:1", "a:", "a:-1", "a@", "a@sha256:00", "/a", "a/", "a_-b:1", "a___b:1", "a..b:1", "_a:1",
    "a_:1",
    "a/b:1/c", "r.example:0/a:1", "[::1/a:1", "[1.2.3.4]/a:1", "a:\(String(repeating: "x", count: 129))",
    "a@sha256:\(String(repeating: "0A", count: 32))", String(repeating: "a", count: 256),
  ])
  func `what is no image is refused`(text: String) {
    #expect(ImageReference(text) == nil)
  }

  @Test(arguments: [
    ("image", "imgae", 1), ("image", "image", 0), ("cpus", "cpu", 1), ("memory", "memroy", 1),
    ("env", "cmd", 3),
    ("volumes", "volumse", 1), ("restart", "rstrt", 2), ("", "ab", 2),
  ])
  func `words are compared by the edits between them`(left: String, right: String, distance: Int) {
    #expect(NearestWord.distance(Array(left.utf8), Array(right.utf8)) == distance)
  }

  @Test func `the nearest word is found, and none where none is near`() {
    let words = ["image", "images", "env", "cmd"]
    #expect(NearestWord.find("imag", among: words) == "image")
    #expect(NearestWord.find("imagess", among: words) == "images")
    #expect(NearestWord.find("en", among: words) == "env")
    #expect(NearestWord.find("xy", among: words) == nil)
    #expect(NearestWord.find(String(repeating: "i", count: 100_000), among: words) == nil)
  }

  @Test(arguments: ["\u{0}", "\u{1F}", "\u{7F}", "\u{80}", "\u{9F}", "a\r\nb"])
  func `control characters are found and spelled out`(text: String) {
    #expect(Text.hasControlCharacter(text))
    #expect(!Text.hasControlCharacter(Text.quoted(text)))
  }

  @Test func `paths are taken apart at their bytes`() {
    #expect(PathText.problem(absolute: "/a/\u{301}../b") == nil)
    #expect(PathText.problem(absolute: "/a/..\u{2F}\u{301}b") == "must not contain `..`")
    #expect(PathText.problem(absolute: "/\u{301}") == nil)
    #expect(PathText.normalised("//a/./b///") == "/a/b")
    #expect(PathText.directory(of: "/srv/mcp/mcp.db") == "/srv/mcp")
    #expect(PathText.directory(of: "/mcp.db") == "/")
  }
}
