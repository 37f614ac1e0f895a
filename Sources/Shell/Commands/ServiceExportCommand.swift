import ArgumentParser
import Engine
import Foundation

/// `mcp export`, which is also there as `mcp service export`.
struct ServiceExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write the definition of a deployed service to a file.",
    discussion: """
      Writes to the services directory unless told otherwise. A file that differs is kept; --force replaces it.

      --quadlet writes systemd units of podman's own (Quadlet, podman 4.4 and later) into a directory instead: copied to \
      ~/.config/containers/systemd, they run the service without mcp. Values of secrets are not in them.

      Examples:
        mcp export web
        mcp export web -o ./web.toml
        mcp export web -o -                 to standard output
        mcp export --quadlet web -o ./units
        mcp service export web              the same command
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

  @Flag(name: .long, help: "Write systemd Quadlet units; to standard output unless told where.")
  var quadlet = false

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
    if output == "-" || (quadlet && output == nil) { try global.refuseJSON("export to standard output") }
  }

  func run() async throws {
    let session = try Session.open(global)
    let definition = try await session.record(of: service).definition
    if quadlet { return try exportUnits(of: definition, session) }
    let text = ServiceFile.format(definition)
    guard output != "-" else { return try session.console.output(text) }
    try write(text, to: output ?? session.definitionPath(of: service), session)
  }

  private func exportUnits(of definition: ServiceDefinition, _ session: Session) throws {
    let files = try Quadlet.files(of: definition)
    guard let directory = output, directory != "-" else {
      return try session.console.output(files.map { "# \($0.name)\n\($0.text)" }.joined(separator: "\n"))
    }
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    for file in files { try write(file.text, to: "\(directory)/\(file.name)", session) }
  }

  private func write(_ text: String, to path: String, _ session: Session) throws {
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
