import ArgumentParser
import Engine

/// `mcp script reference`.
struct ScriptReferenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reference",
    abstract: "Write the API's reference as Markdown.",
    discussion: """
      Every function and record of the Lua API; in the shell help() has the same.

      Examples:
        mcp script reference | less
      """)

  func run() throws { try Context.current.console.output(APIReference.text) }
}
