import ArgumentParser
import Engine
import Foundation
import Logging

/// `mcp-agent forward`: the process that the agent starts to forward routes.
struct ForwardCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forward",
    abstract: "Forward the ports of routes; the agent starts this by itself.", shouldDisplay: false)

  @Option(name: .long, help: "The socket on which the agent says what to forward.")
  var socket: String

  func run() async throws {
    signal(SIGPIPE, SIG_IGN)
    try await ForwarderServer.run(socket: socket, logger: Logger(label: "mcp-forward"))
  }
}
