/// Where the cursor stands in a text of Lua: what can be completed there.
///
/// Pure.
struct LuaPlace: Equatable {
  /// What is being typed.
  enum Kind: Equatable {
    /// A name, with the dotted name of the table before it; empty for a global.
    case name(table: String)
    /// A string.
    case string
    /// A key of a table.
    case key
  }

  var kind: Kind
  /// What is there of the word.
  var word: String
  /// Where the word begins, in characters.
  var start: Int
  /// The function whose arguments are being typed, and which of them, from 0.
  var call: String?
  var argument = 0
  /// The key whose value is being typed.
  var key: String?

  /// Looks at the text before the cursor.
  init(_ text: String) {
    let characters = Array(text)
    struct Level {
      var bracket: Character
      var name: String
      var argument = 0
    }
    var levels: [Level] = []
    var (index, name, lastKey) = (0, "", String?.none)
    var stringStart: Int?
    while index < characters.count {
      let character = characters[index]
      switch character {
      case "\"", "'":
        let start = index + 1
        index = start
        var isClosed = false
        while index < characters.count {
          if characters[index] == "\\" {
            index += 1
          } else if characters[index] == character {
            isClosed = true
            break
          }
          index += 1
        }
        if !isClosed { stringStart = start }
        if isClosed || index >= characters.count { index += 1 }
        continue
      case "(", "{":
        levels.append(Level(bracket: character, name: name))
        (name, lastKey) = ("", nil)
      case ")", "}":
        if !levels.isEmpty { levels.removeLast() }
        name = ""
      case ",":
        if !levels.isEmpty { levels[levels.count - 1].argument += 1 }
        (name, lastKey) = ("", nil)
      case "=":
        lastKey = name.isEmpty ? lastKey : name
        name = ""
      case " ", "\t", "\n": break
      default:
        let isPart = character.isLetter || character.isNumber || character == "_" || character == "."
        let isNew = index > 0 && " \t\n".contains(characters[index - 1])
        name = isPart ? (isNew ? String(character) : name + String(character)) : ""
      }
      index += 1
    }
    // `mcp.ps{` is a call with a table as its first argument.
    if let last = levels.last {
      if last.bracket == "(" {
        (call, argument) = (last.name.isEmpty ? nil : last.name, last.argument)
      } else if !last.name.isEmpty {
        (call, argument) = (last.name, 0)
      } else if let outer = levels.dropLast().last, outer.bracket == "(" {
        (call, argument) = (outer.name.isEmpty ? nil : outer.name, outer.argument)
      }
    }
    let isInTable = levels.last?.bracket == "{"
    key = isInTable ? lastKey : nil
    if let stringStart {
      (kind, start) = (.string, stringStart)
      word = String(characters[stringStart...])
      return
    }
    let tail = characters.suffix(while: { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." })
    let dotted = String(tail)
    let table = dotted.lastIndex(of: ".").map { String(dotted[..<$0]) }
    word = table.map { String(dotted.dropFirst($0.count + 1)) } ?? dotted
    start = characters.count - word.count
    kind = table.map { .name(table: $0) } ?? (isInTable && lastKey == nil ? .key : .name(table: ""))
  }
}

extension Array where Element == Character {
  fileprivate func suffix(while isIncluded: (Character) -> Bool) -> ArraySlice<Character> {
    var start = endIndex
    while start > startIndex, isIncluded(self[start - 1]) { start -= 1 }
    return self[start...]
  }
}
