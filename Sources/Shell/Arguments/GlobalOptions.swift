import ArgumentParser
import Engine

/// The options that every command takes.
struct GlobalOptions: ParsableArguments {
  @Option(
    name: .long, help: ArgumentHelp("The configuration file.", valueName: "path"), completion: .file())
  var config: String?

  @Option(
    name: .long, help: ArgumentHelp("The node to talk to.", valueName: "name"),
    completion: .custom(Completions.nodes))
  var node: String?

  @Flag(name: .long, help: "Write JSON, as documented in docs/json.md.")
  var json = false

  @Flag(name: .long, help: "Write no colour.")
  var noColor = false

  /// The colours of standard output.
  var outputStyle: Style { style(isTerminal: Context.current.console.outputIsTerminal) }

  /// The colours of standard error.
  var errorStyle: Style { style(isTerminal: Context.current.console.errorIsTerminal) }

  private func style(isTerminal: Bool) -> Style {
    .choose(isTerminal: isTerminal, environment: Context.current.environment, declined: noColor)
  }

  /// Refuses `--json` where a command has nothing that it could apply to.
  func refuseJSON(_ command: String) throws {
    if json { throw ValidationError("'\(command)' has no JSON output.") }
  }
}
