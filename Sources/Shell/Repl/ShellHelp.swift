import Engine

/// `help` in the shell.
enum ShellHelp {
  /// A function that finds the name of what it is given and prints what is known of it.
  private static let prelude = """
    local text, names = ...
    names = {}
    local function collect(prefix, t)
      for name, value in pairs(t) do
        if type(value) == "function" then names[value] = prefix .. name
        elseif type(value) == "table" and name ~= "env" then
          names[value] = prefix .. name
          collect(prefix .. name .. ".", value)
        end
      end
    end
    names[mcp] = "mcp"
    collect("", mcp)
    local lookup = __help
    __help = nil
    function help(what)
      if what ~= nil and type(what) ~= "string" then
        what = names[what] or error("help: a name or a function of mcp expected, got " .. tostring(what), 2)
      end
      print(lookup(what or ""))
    end
    """

  /// Makes `help` known.
  static func install(in state: LuaState) async throws {
    try await state.registerImmediate("__help") { call in
      .value(.string(Self.text(about: call.string(0) ?? "")))
    }
    _ = try await state.run(prelude, name: "help")
  }

  /// The text about a name.
  static func text(about name: String) -> String {
    if name == "shell" || name == ":" { return commands }
    let text =
      APIHelp.text(about: name)
      ?? "There is no '\(Printable.line(name))'."
      + (APIHelp.suggestion(for: name).map { " Did you mean '\($0)'?" } ?? " help() lists what there is.")
    return text.hasSuffix("\n") ? String(text.dropLast()) : text
  }

  /// The shell's own commands.
  static var commands: String {
    let width = ShellVerb.allCases.map(\.usage.count).max() ?? 0
    return ShellVerb.allCases.map { verb in
      "  \(verb.usage)\(String(repeating: " ", count: width - verb.usage.count))  \(verb.summary)"
    }.joined(separator: "\n")
  }
}
