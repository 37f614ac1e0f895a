import ArgumentParser
import Engine

/// `mcp-agent snapshot`.
struct SnapshotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "snapshot",
    abstract: "Make a consistent copy of the registry, also while the agent runs.",
    discussion: "Example: mcp-agent snapshot /var/backups/mcp-$(date +%F).db")

  @OptionGroup var options: ConfigurationOptions

  @Argument(help: "The file to write; it must not exist yet.")
  var file: String

  func run() throws {
    let configuration = try options.load()
    try Registry.snapshot(of: configuration.database.path, to: file)
    print("wrote \(file)")
  }
}
