import ArgumentParser
import Engine

/// `mcp secret list`.
struct SecretListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List secrets: names, who uses them, never values.",
    discussion: """
      OUTDATED are components that still run with the value before; a deploy gives them the new one.

      Examples:
        mcp secret list
        mcp secret list web --json
      """)

  @Argument(
    help: "Only this service.", completion: .custom(Completions.deployedServices),
    transform: TargetArgument.service)
  var service: String?

  @OptionGroup(title: "Global options") var global: GlobalOptions

  func run() async throws {
    let session = try Session.open(global)
    let service = service
    let gathering = try await session.gather(from: session.nodes()) { plane, _ in
      try await plane.secrets(of: service)
    }
    try gathering.requireAnswer(session)
    let secrets = gathering.answers.flatMap { answer in
      answer.value.map { NodeSecret(secret: $0, node: answer.node.name) }
    }
    if global.json {
      try session.console.output(try JSON.document(secrets))
    } else if secrets.isEmpty {
      session.console.error("there are no secrets\n")
    } else {
      let table = SecretTable.make(
        secrets, now: session.context.now(), showsNode: gathering.answers.count > 1)
      try session.console.output(
        table.rendered(width: session.console.outputWidth, style: global.outputStyle))
    }
    try gathering.finish(session)
  }
}
