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
    if let certificate = configuration.server.tlsCertificate, let key = configuration.server.tlsKey {
      try ServerCertificate.check(certificatePath: certificate, keyPath: key)
    }
    print("\(options.config): the configuration of node \(configuration.node.name) is valid")
  }
}
