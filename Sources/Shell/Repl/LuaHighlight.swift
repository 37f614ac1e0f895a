import Engine

/// The colours of Lua while it is typed.
enum LuaHighlight {
  private static let keywords: Set = [
    "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in", "local",
    "nil",
    "not", "or", "repeat", "return", "then", "true", "until", "while",
  ]

  /// Strings, comments, numbers and keywords; the rest stays as it is.
  static func spans(_ text: [Character]) -> [Screen.Span] {
    var spans: [Screen.Span] = []
    var index = 0
    while index < text.count {
      let start = index
      let character = text[index]
      if character == "\"" || character == "'" {
        index = end(of: character, in: text, from: index + 1)
        spans.append(Screen.Span(range: start..<index, color: .green))
      } else if character == "-", index + 1 < text.count, text[index + 1] == "-" {
        while index < text.count, text[index] != "\n" { index += 1 }
        spans.append(Screen.Span(range: start..<index, color: .dim))
      } else if character.isLetter || character == "_" {
        while index < text.count, text[index].isLetter || text[index].isNumber || text[index] == "_" {
          index += 1
        }
        if keywords.contains(String(text[start..<index])) {
          spans.append(Screen.Span(range: start..<index, color: .magenta))
        }
      } else if character.isNumber {
        while index < text.count, text[index].isNumber || text[index] == "." { index += 1 }
        spans.append(Screen.Span(range: start..<index, color: .cyan))
      } else {
        index += 1
      }
    }
    return spans
  }

  private static func end(of quote: Character, in text: [Character], from start: Int) -> Int {
    var index = start
    while index < text.count, text[index] != "\n" {
      if text[index] == "\\" { index += 1 } else if text[index] == quote { return index + 1 }
      index += 1
    }
    return min(index, text.count)
  }
}
