import ArgumentParser
import Engine
import Foundation
import Logging
import ServiceLifecycle

/// `mcp-agent run`.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run the agent in the foreground.",
    discussion: """
      SIGTERM and SIGINT stop it: operations under way are finished, or stay in the journal for the next \
      start; what it runs goes on running. SIGHUP reads the configuration again.
      """)

  @OptionGroup var options: ConfigurationOptions

  func run() async throws {
    let configuration = try options.load()
    signal(SIGPIPE, SIG_IGN)
    umask(0o027)
    let format = configuration.log.format
    AgentLogHandler.setLevel(configuration.log.level)
    LoggingSystem.bootstrap { _ in AgentLogHandler(format: format) }
    var logger = Logger(label: "mcp-agent")
    logger[metadataKey: "node"] = "\(configuration.node.name)"
    let agent = try await AgentProcess(configuration: configuration, path: options.config, logger: logger)
    try await agent.run()
  }
}
