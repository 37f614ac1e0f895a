/// What a line of the shell means.
enum ShellInput: Equatable {
  /// Nothing.
  case empty
  /// Lua.
  case lua(String)
  /// `?name`.
  case help(String)
  /// `:word argument`.
  case command(String, String)

  /// Reads a line; several lines are always Lua.
  init(_ text: String) {
    let line = text.trimmingSpaces
    if line.isEmpty {
      self = .empty
    } else if line.hasPrefix("?"), !line.contains("\n") {
      self = .help(String(line.dropFirst()).trimmingSpaces)
    } else if line.hasPrefix(":"), !line.hasPrefix("::"), !line.contains("\n") {
      let parts = line.dropFirst().split(separator: " ", maxSplits: 1).map(String.init)
      self = .command(parts.first ?? "", parts.count > 1 ? parts[1].trimmingSpaces : "")
    } else {
      self = .lua(text)
    }
  }
}

/// The commands of the shell besides Lua.
enum ShellVerb: String, CaseIterable {
  case help, save, load, plan, node, quit

  /// How it is typed.
  var usage: String {
    switch self {
    case .help: ":help"
    case .save: ":save file.lua"
    case .load: ":load file.lua"
    case .plan: ":plan on|off"
    case .node: ":node name"
    case .quit: ":quit"
    }
  }

  /// What it does.
  var summary: String {
    switch self {
    case .help: "this"
    case .save: "write what was typed and did not fail as a script"
    case .load: "run a script in this session"
    case .plan: "record changes instead of making them, and show them"
    case .node: "go to another node"
    case .quit: "leave, as Ctrl-D does"
    }
  }
}

extension String {
  /// The string without spaces and line ends around it.
  var trimmingSpaces: String {
    let isSpace = { (character: Character) in character == " " || character == "\t" || character.isNewline }
    guard let first = firstIndex(where: { !isSpace($0) }), let last = lastIndex(where: { !isSpace($0) })
    else {
      return ""
    }
    return String(self[first...last])
  }
}
