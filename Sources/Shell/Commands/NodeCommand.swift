import ArgumentParser
import Engine

/// `mcp node`.
struct NodeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "node",
    abstract: "List the configured nodes, add one, remove one.",
    discussion: """
      Examples:
        mcp node list
        mcp node add rift 100.95.252.120:9444
      """,
    subcommands: [NodeListCommand.self, NodeAddCommand.self, NodeRemoveCommand.self])
}
