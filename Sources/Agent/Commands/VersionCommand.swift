import ArgumentParser
import Engine

/// `mcp-agent version`.
struct VersionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "version", abstract: "Print the agent's version.")

  func run() {
    print("mcp-agent \(Version.current)")
  }
}
