import ArgumentParser
import Engine
import Foundation

/// `mcp shell`.
struct ShellCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shell",
    abstract: "The interactive Lua shell.",
    discussion: """
      Everything that mcp can do is a Lua function there: mcp.ps(), mcp.deploy("web"). Expressions show their value, \
      incomplete input goes on on the next line, Tab completes names, services and components, help() and ?deploy \
      explain, Ctrl-R searches the history, Ctrl-C stops what runs, Ctrl-D leaves. What is piped in runs as a script.

      Examples:
        mcp shell
        mcp shell --node rift
        echo 'for _, s in ipairs(mcp.services()) do print(s.name) end' | mcp shell
      """)

  @OptionGroup(title: "Global options") var global: GlobalOptions

  func run() async throws {
    try global.refuseJSON("shell")
    let session = try Session.open(global)
    let evaluator = try await Evaluator(session)
    if session.console.inputIsTerminal {
      let reader = await Self.reader(session, evaluator)
      try await Repl(session: session, evaluator: evaluator, reader: reader).run()
    } else {
      try await evaluator.load("-")
    }
    await evaluator.planes.close()
  }

  private static func reader(_ session: Session, _ evaluator: Evaluator) async -> any LineReader {
    let environment = session.context.environment
    guard session.console.errorIsTerminal, environment["TERM"] != "dumb" else {
      return PlainLineReader(console: session.console)
    }
    let completer = ShellCompleter(
      state: evaluator.state, planes: evaluator.planes, session: session)
    let home = environment["HOME"] ?? NSHomeDirectory()
    let given = environment["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    let state = given ?? "\(home)/.local/state"
    let editor = LineEditor(
      terminal: .process(session.console), history: History(path: "\(state)/mcp/history"),
      style: session.options.errorStyle
    ) { await completer.complete($0) }
    return EditingLineReader(editor: editor)
  }
}
