import ArgumentParser
import Engine

/// `mcp pull`.
struct PullCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pull",
    abstract: "Fetch a file or a directory from a service's directory on its node.",
    discussion: """
      It goes to the current directory, or to the place that is named; a directory takes it under its own name. Modes and \
      times are kept; a large file that was interrupted goes on where it stopped. Only admins may.

      Examples:
        mcp pull web logs/access.log
        mcp pull web conf /tmp/web-conf
      """)

  @Argument(
    help: "The service.", completion: .custom(Completions.deployedServices), transform: TargetArgument.service
  )
  var service: String

  @Argument(help: "What, below the service's directory; '.' is all of it.")
  var path: String

  @Argument(help: "Where it goes here.", completion: .file())
  var file: String?

  @OptionGroup(title: "Global options") var global: GlobalOptions

  func run() async throws {
    let session = try Session.open(global)
    let (file, service, path) = (file, service, path)
    let node = try await session.node(of: service)
    let result = try await session.showingProgress(
      of: "the pull", service: service, whoGoesOn: "what is here stays as it was",
      hint: "the same pull goes on with a large file where it stopped"
    ) { progress in
      try await session.withPlane(on: node) {
        try await FileTransfer.pull(path, of: service, to: file, through: $0, progress: progress)
      }
    }
    if global.json { return try session.console.output(try JSON.document(result)) }
    try session.console.output("\(Printable.line(result.path)): \(TransferText.summary(result))\n")
  }
}
