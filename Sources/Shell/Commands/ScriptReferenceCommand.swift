import ArgumentParser
import Engine

/// `mcp script reference`.
struct ScriptReferenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reference",
    abstract: "Write the API's reference as Markdown.")

  func run() throws { try Context.current.console.output(APIReference.text) }
}
