import ArgumentParser
import Engine

/// `mcp service show`.
struct ServiceShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show the definition of a deployed service.",
    discussion: """
      Writes the TOML that the agent has; deploying it again changes nothing.

      Examples:
        mcp service show web
        mcp service show web --json
      """)

  @Argument(
    help: "The service.", completion: .custom(Completions.deployedServices), transform: TargetArgument.service
  )
  var service: String

  @OptionGroup(title: "Global options") var global: GlobalOptions

  func run() async throws {
    let session = try Session.open(global)
    let record = try await session.record(of: service)
    guard !global.json else {
      try session.console.output(try JSON.document(ServiceDocument(record)))
      return
    }
    if session.console.errorIsTerminal, session.console.outputIsTerminal {
      let age = RelativeTime.between(record.updatedAt, session.context.now())
      let facts = "revision \(record.revision), deployed \(age) ago by \(record.updatedBy)"
      session.console.error(global.errorStyle.paint("# \(Printable.line(facts))", .dim) + "\n")
    }
    try session.console.output(ServiceFile.format(record.definition))
  }
}

extension Session {
  /// Returns what the service's node knows of it.
  func record(of service: String) async throws -> ServiceRecord {
    let node = try await node(of: service)
    return try await withPlane(on: node) { try await $0.service(service) }
  }
}
