import ArgumentParser
import Engine
import Foundation

/// The agent of a node.
@main
struct MCPAgent: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mcp-agent",
    abstract: "The node's agent: makes services run and keeps track of them.",
    version: Version.current,
    subcommands: [
      RunCommand.self, InitCommand.self, CheckCommand.self, SnapshotCommand.self, TokenCommand.self,
      CertificateCommand.self, VersionCommand.self, ForwardCommand.self,
    ])

  static func main() async {
    do {
      var command = try parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch let error as EngineError {
      report(error)
      Foundation.exit(1)
    } catch {
      let code = exitCode(for: error)
      let text = fullMessage(for: error)
      if !text.isEmpty {
        (code.isSuccess ? FileHandle.standardOutput : .standardError).write(Data((text + "\n").utf8))
      }
      Foundation.exit(code.isSuccess ? 0 : 2)
    }
  }

  /// Writes an error for people: what, why, what next.
  static func report(_ error: EngineError) {
    var text = "mcp-agent: error: \(error)\n"
    for line in error.details { text += "  \(line)\n" }
    if let hint = error.hint { text += "hint: \(hint)\n" }
    FileHandle.standardError.write(Data(text.utf8))
  }
}

/// The options that every command of the agent takes.
struct ConfigurationOptions: ParsableArguments {
  @Option(name: .long, help: "The agent's configuration.")
  var config: String =
    ProcessInfo.processInfo.environment["MCP_AGENT_CONFIG"] ?? "/srv/mcp/mcp-agent.toml"

  /// Reads the configuration with the environment's overrides.
  func load() throws(EngineError) -> AgentConfiguration {
    try AgentConfiguration.load(path: config, environment: ProcessInfo.processInfo.environment)
  }
}
