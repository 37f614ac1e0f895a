import Foundation

/// The text that is being typed, with the cursor in it.
///
/// Pure. Positions count characters as people see them.
struct EditBuffer: Equatable, Sendable {
  private struct Snapshot: Equatable {
    var characters: [Character]
    var cursor: Int
  }

  private(set) var characters: [Character] = []
  private(set) var cursor = 0
  private var killed: [Character] = []
  private var history: [Snapshot] = []
  private var column: Int?
  private var isTyping = false

  /// The text.
  var text: String { String(characters) }
  var isEmpty: Bool { characters.isEmpty }
  var isAtEnd: Bool { cursor == characters.count }
  /// The text before the cursor.
  var before: String { String(characters[..<cursor]) }

  /// Replaces everything, with the cursor at the end.
  mutating func set(_ text: String) {
    remember(typing: false)
    characters = Array(text)
    cursor = characters.count
  }

  /// Puts text in at the cursor.
  mutating func insert(_ text: String) {
    remember(typing: text.count == 1 && text != " ")
    // A combining mark joins the character before it: positions are counted anew.
    let tail = characters.count - cursor
    characters = Array(String(characters[..<cursor]) + text + String(characters[cursor...]))
    cursor = max(0, characters.count - tail)
  }

  /// Replaces what stands between a position and the cursor.
  mutating func replace(from start: Int, with text: String) {
    remember(typing: false)
    let start = min(max(0, start), cursor)
    characters.replaceSubrange(start..<cursor, with: Array(text))
    cursor = start + text.count
  }

  mutating func move(to position: Int) {
    (isTyping, column) = (false, nil)
    cursor = min(max(0, position), characters.count)
  }

  mutating func left() { move(to: cursor - 1) }
  mutating func right() { move(to: cursor + 1) }
  mutating func wordLeft() { move(to: wordStart) }
  mutating func wordRight() { move(to: wordEnd) }
  mutating func home() { move(to: lineStart(cursor)) }
  mutating func end() { move(to: lineEnd(cursor)) }

  /// Goes a line up; false where there is none.
  mutating func up() -> Bool {
    let start = lineStart(cursor)
    guard start > 0 else { return false }
    return vertical(to: lineStart(start - 1))
  }

  /// Goes a line down; false where there is none.
  mutating func down() -> Bool {
    let end = lineEnd(cursor)
    guard end < characters.count else { return false }
    return vertical(to: end + 1)
  }

  private mutating func vertical(to start: Int) -> Bool {
    let wanted = column ?? cursor - lineStart(cursor)
    move(to: min(start + wanted, lineEnd(start)))
    column = wanted
    return true
  }

  mutating func backspace() { if cursor > 0 { remove((cursor - 1)..<cursor) } }
  mutating func delete() { if cursor < characters.count { remove(cursor..<(cursor + 1)) } }

  /// Takes the rest of the line out, or the line's end where that is all.
  mutating func killToEnd() {
    let end = lineEnd(cursor)
    kill(cursor..<(end == cursor ? min(end + 1, characters.count) : end))
  }

  mutating func killToStart() { kill(lineStart(cursor)..<cursor) }
  mutating func killWordBefore() { kill(wordStart..<cursor) }
  mutating func killWordAfter() { kill(cursor..<wordEnd) }

  /// Puts what was taken out last in again.
  mutating func yank() { if !killed.isEmpty { insert(String(killed)) } }

  /// Exchanges the characters around the cursor.
  mutating func transpose() {
    let second = isAtEnd ? cursor - 1 : cursor
    guard second > 0, characters.indices.contains(second) else { return }
    remember(typing: false)
    characters.swapAt(second - 1, second)
    cursor = second + 1
  }

  /// Takes the last change back.
  mutating func undo() {
    guard let last = history.popLast() else { return }
    (characters, cursor) = (last.characters, last.cursor)
    (isTyping, column) = (false, nil)
  }

  private mutating func kill(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    killed = Array(characters[range])
    remove(range)
  }

  private mutating func remove(_ range: Range<Int>) {
    remember(typing: false)
    characters.removeSubrange(range)
    cursor = range.lowerBound
  }

  /// Keeps the state for undo; what is typed in one go is one change.
  private mutating func remember(typing: Bool) {
    column = nil
    if !(typing && isTyping) {
      history.append(Snapshot(characters: characters, cursor: cursor))
      if history.count > 200 { history.removeFirst() }
    }
    isTyping = typing
  }

  private func lineStart(_ position: Int) -> Int {
    (characters[..<position].lastIndex(of: "\n")).map { $0 + 1 } ?? 0
  }

  private func lineEnd(_ position: Int) -> Int {
    characters[position...].firstIndex(of: "\n") ?? characters.count
  }

  private var wordStart: Int {
    var position = cursor
    while position > 0, !characters[position - 1].isWordPart { position -= 1 }
    while position > 0, characters[position - 1].isWordPart { position -= 1 }
    return position
  }

  private var wordEnd: Int {
    var position = cursor
    while position < characters.count, !characters[position].isWordPart { position += 1 }
    while position < characters.count, characters[position].isWordPart { position += 1 }
    return position
  }
}

extension Character {
  fileprivate var isWordPart: Bool { isLetter || isNumber || self == "_" }
}

/// How far a new line is indented.
enum Indentation {
  private static let openers = ["then", "do", "else", "repeat", "{", "("]

  /// The spaces before the line that follows a text.
  static func after(_ text: String) -> String {
    let line = text.split(separator: "\n", omittingEmptySubsequences: false).last.map(String.init) ?? ""
    let spaces = String(line.prefix { $0 == " " })
    let code = line.trimmingSpaces
    let opens =
      openers.contains { opener in
        guard code.hasSuffix(opener) else { return false }
        let before = code.dropLast(opener.count).last
        return opener.count == 1 || before.map { !$0.isLetter && $0 != "_" } ?? true
      } || isFunctionHead(code)
    return opens ? spaces + "  " : spaces
  }

  private static func isFunctionHead(_ code: String) -> Bool {
    guard code.hasSuffix(")"), let head = code.range(of: "function", options: .backwards) else {
      return false
    }
    return code[head.upperBound...].filter { $0 == "(" }.count == 1
  }
}
