import ArgumentParser
import Engine

/// `mcp secret set`.
struct SecretSetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set",
    abstract: "Give a secret a value.",
    discussion: """
      The value is read from standard input; one newline at its end is left out. On a terminal it is asked for and not \
      shown. The service need not be deployed yet.

      Examples:
        mcp secret set web db-password
        pass show web/db | mcp secret set web db-password
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
    let value = try await SecretInput.read(name: name, of: service, context: session.context)
    let (service, name) = (service, name)
    let secret = try await session.withPlane(on: node) {
      try await $0.setSecret(name, of: service, to: value)
    }
    if global.json { return try session.console.output(try JSON.document(secret)) }
    try session.console.output("\(service): the secret \(name) is set\n")
    guard !secret.outdated.isEmpty else { return }
    session.console.error(
      "\(secret.outdated.joined(separator: ", ")) still \(secret.outdated.count == 1 ? "runs" : "run") with the value"
        + " before: mcp deploy \(service)\n")
  }
}
