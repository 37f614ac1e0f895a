import ArgumentParser
import Engine

/// `mcp service export`.
struct ServiceExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write the definition of a deployed service to a file.",
    discussion: """
      Writes to the services directory unless told otherwise. A file that differs is kept; --force replaces it.

      Examples:
        mcp service export web
        mcp service export web -o ./web.toml
        mcp service export web -o -         to standard output
      """)

  @Argument(
    help: "The service.", completion: .custom(Completions.deployedServices), transform: TargetArgument.service
  )
  var service: String

  @Option(
    name: [.long, .customShort("o")],
    help: ArgumentHelp("Write there; '-' is standard output.", valueName: "path"),
    completion: .file(extensions: ["toml"]))
  var output: String?

  @Flag(name: .long, help: "Replace a file that differs.")
  var force = false

  @OptionGroup(title: "Global options") var global: GlobalOptions

  /// The documented shape of the result.
  private struct Document: Encodable {
    var service: String
    var path: String
    var changed: Bool
  }

  func validate() throws {
    if output == "-" { try global.refuseJSON("service export -o -") }
  }

  func run() async throws {
    let session = try Session.open(global)
    let text = ServiceFile.format(try await session.record(of: service).definition)
    guard output != "-" else { return try session.console.output(text) }
    let path = output ?? session.definitionPath(of: service)
    let current = try AtomicFile.read(path)
    if let current, current != text, !force {
      throw EngineError(
        .alreadyExists, "'\(path)' is there and differs from what is deployed",
        hint: "add --force to replace it",
        service: service,
        details: LineDiff.unified(
          from: current, to: text, oldName: path, newName: "deployed", style: .plain
        ).split(separator: "\n").map(String.init))
    }
    if current != text { try AtomicFile.write(text, to: path) }
    if global.json {
      let document = Document(service: service, path: path, changed: current != text)
      try session.console.output(try JSON.document(document))
    } else {
      try session.console.output("\(service): \(current == text ? "unchanged in" : "written to") \(path)\n")
    }
  }
}

extension Session {
  /// Where the definition of a service is, or would be.
  func definitionPath(of service: String) -> String {
    "\(configuration.servicesDirectory)/\(service).toml"
  }
}
