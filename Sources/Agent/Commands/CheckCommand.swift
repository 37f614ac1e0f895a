import ArgumentParser
import Engine
import Foundation

/// `mcp-agent check`.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Validate the configuration without starting.",
    discussion: "Reads the file and the environment, and says what is wrong with all of it at once.")

  @OptionGroup var options: ConfigurationOptions

  func run() throws {
    let configuration = try options.load()
    for key in configuration.notYetCarriedOut() {
      FileHandle.standardError.write(
        Data("warning: \(key) is accepted and has no effect in this version\n".utf8))
    }
    print("\(options.config): the configuration of node \(configuration.node.name) is valid")
  }
}
