import ArgumentParser

/// `mcp service`.
struct ServiceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "service",
    abstract: "Show, edit or export the definition of a service.",
    discussion: """
      Examples:
        mcp service show web       what the agent has
        mcp service edit web       change the local file, checked before it is kept
        mcp service export web     write what the agent has to the local file
      """,
    subcommands: [ServiceShowCommand.self, ServiceEditCommand.self, ServiceExportCommand.self])
}
