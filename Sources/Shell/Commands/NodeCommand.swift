import ArgumentParser
import Engine

/// `mcp node`.
struct NodeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "node",
    abstract: "Look at the configured nodes.",
    discussion: """
      Example:
        mcp node list
      """,
    subcommands: [NodeListCommand.self])
}
