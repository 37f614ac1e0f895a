import ArgumentParser
import Engine
import Foundation

/// `mcp run`.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a Lua script here, against a node.",
    discussion: """
      The script has the same functions as the agent's hooks and the shell: see `mcp shell`, help(). What it \
      prints goes to standard output. A whole number from 0 to 255 that it returns is the exit code; an error \
      exits as the same failure of a command would.

      Examples:
        mcp run canary.lua web/api     its arguments are ... and arg
        mcp run --plan nightly.lua     only show what it would change
        echo 'print(mcp.node().name)' | mcp run -
      """)

  @Flag(name: .long, help: "Record what the script would change, and show it at the end.")
  var plan = false

  @Argument(
    help: ArgumentHelp("The script; '-' reads standard input.", valueName: "script.lua"),
    completion: .file(extensions: ["lua"]))
  var script: String

  @Argument(
    parsing: .captureForPassthrough,
    help: ArgumentHelp("What the script gets as its arguments.", valueName: "args"))
  var arguments: [String] = []

  @OptionGroup(title: "Global options") var global: GlobalOptions

  func run() async throws {
    let session = try Session.open(global)
    let text = try await ScriptText.read(script)
    let recorder = plan ? PlanRecorder() : nil
    let planes = PlaneKeeper(session)
    var surroundings = ScriptSurroundings.commandLine(session, planes: planes, name: ScriptText.name(script))
    surroundings.plan = recorder
    surroundings.modules = ScriptText.modules(of: script)
    let host = try await ScriptHost(surroundings, limits: .commandLine)
    let outcome: Result<[LuaValue], EngineError>
    do {
      try await host.state.set("arg", ScriptText.arguments(script, arguments))
      outcome = .success(try await host.run(text, arguments: arguments.map { .string($0) }))
    } catch {
      outcome = .failure(error)
    }
    await planes.close()
    if let recorder { try session.show(recorder) }
    try finish(outcome)
  }

  /// The exit code that a script returned, or the error that it ended with.
  private func finish(_ outcome: Result<[LuaValue], EngineError>) throws {
    guard let first = try outcome.get().first else { return }
    switch first {
    case .integer(let code) where (0...255).contains(code): throw ExitCode(Int32(code))
    case .nil, .bool(false):
      // As a function that failed: nil and an error.
      guard case .failure(let error)? = try outcome.get().dropFirst().first else { return }
      throw error
    default: return
    }
  }
}

extension Session {
  /// Shows what a script would have done.
  func show(_ plan: PlanRecorder) throws {
    let results = plan.results
    if options.json {
      try console.output(try JSON.document(results))
    } else if results.isEmpty {
      try console.output("nothing would be changed\n")
    } else {
      for result in results {
        try console.output(
          OperationText.render(result, width: console.outputWidth, style: options.outputStyle))
      }
    }
  }
}
