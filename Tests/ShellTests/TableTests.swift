import Engine
import Testing

@testable import Shell

@Suite struct TableTests {
  private let table = Table(
    columns: ["NAME", Table.Column("COUNT", isNumber: true), Table.Column("NOTE", shrinks: true)],
    rows: [["web", "7", "short"], ["a-longer-name", "1234567", ""]])

  @Test func `columns are aligned and lines end without spaces`() {
    #expect(
      table.rendered(width: nil, style: .plain) == """
        NAME             COUNT  NOTE
        web                  7  short
        a-longer-name  1234567  -

        """)
  }

  @Test func `a narrow terminal cuts the column that may shrink`() {
    var narrow = table
    narrow.rows[0][2] = "a note that is much too long for the terminal"
    let lines = narrow.rendered(width: 40, style: .plain).split(separator: "\n")
    #expect(lines[1] == "web                  7  a note that is …")
    #expect(lines.allSatisfy { TextWidth.of(String($0)) <= 40 })
  }

  @Test func `without a terminal nothing is cut`() {
    var wide = table
    wide.rows[0][2] = Table.Cell(String(repeating: "x", count: 500))
    #expect(wide.rendered(width: nil, style: .plain).contains(String(repeating: "x", count: 500)))
  }

  @Test func `wide and combining characters keep the columns aligned`() {
    let table = Table(columns: ["NAME", "NOTE"], rows: [["日本", "x"], ["e\u{301}te", "y"], ["🚀", "z"]])
    #expect(
      table.rendered(width: nil, style: .plain) == "NAME  NOTE\n日本  x\ne\u{301}te   y\n🚀    z\n")
  }

  @Test func `control characters of a message cannot reach the terminal`() {
    let table = Table(columns: ["NAME"], rows: [["\u{1b}[2Jevil\u{202e}\n"]])
    #expect(table.rendered(width: nil, style: .plain) == "NAME\n\u{fffd}[2Jevil\u{fffd}\u{fffd}\n")
  }

  @Test func `colour does not move columns`() {
    let coloured = Table(columns: ["A", "B"], rows: [[Table.Cell("on", .green), "x"]])
    #expect(
      coloured.rendered(width: nil, style: Style(isEnabled: true))
        == "\u{1b}[1mA\u{1b}[0m   \u{1b}[1mB\u{1b}[0m\n\u{1b}[32mon\u{1b}[0m  x\n")
  }

  @Test(arguments: [
    ("abc", 3, "abc"), ("abcd", 3, "ab…"), ("日本語", 5, "日本…"), ("日本語", 4, "日…"), ("ab", 0, ""),
  ])
  func `text is cut by cells, not by characters`(text: String, width: Int, expected: String) {
    #expect(TextWidth.truncate(text, to: width) == expected)
    #expect(TextWidth.of(expected) <= max(width, 0))
  }

  @Test(arguments: [
    (true, [:], false, true), (false, [:], false, false), (true, ["NO_COLOR": "1"], false, false),
    (true, ["NO_COLOR": ""], false, true), (true, ["TERM": "dumb"], false, false), (true, [:], true, false),
  ])
  func `colour needs a terminal and nobody who declines it`(
    isTerminal: Bool, environment: [String: String], declined: Bool, expected: Bool
  ) {
    let style = Style.choose(isTerminal: isTerminal, environment: environment, declined: declined)
    #expect(style.isEnabled == expected)
  }
}
