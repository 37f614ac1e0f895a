import ArgumentParser
import Engine

/// `mcp secret remove`.
struct SecretRemoveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Forget a secret.",
    discussion: """
      One that the deployed definition uses is refused. Its value cannot be had back.

      Examples:
        mcp secret remove web db-password
      """)

  @Argument(
    help: "The service.", completion: .custom(Completions.deployedServices), transform: TargetArgument.service
  )
  var service: String

  @Argument(help: "The secret's name.") var name: String

  @OptionGroup(title: "Global options") var global: GlobalOptions

  func run() async throws {
    let session = try Session.open(global)
    let node = try await session.node(of: service)
    let (service, name) = (service, name)
    try await session.withPlane(on: node) { try await $0.removeSecret(name, of: service) }
    if global.json {
      return try session.console.output(try JSON.document(Removed(service: service, name: name)))
    }
    try session.console.output("\(service): the secret \(name) is removed\n")
  }

  private struct Removed: Encodable {
    var service: String
    var name: String
  }
}
