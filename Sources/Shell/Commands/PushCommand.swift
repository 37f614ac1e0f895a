import ArgumentParser
import Engine

/// `mcp push`.
struct PushCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "push",
    abstract: "Send a file or a directory to a service's directory on its node.",
    discussion: """
      Without a path it keeps its name. A path that ends in a slash, and one that is a directory there, takes a file under \
      its own name. A directory is added to what is there: nothing is deleted. Modes and times are kept. What was there \
      stays until its successor is complete; a large file that was interrupted goes on where it stopped.

      Examples:
        mcp push app.toml web
        mcp push app.toml web conf/
        mcp push site web www
      """)

  @Argument(help: "The file or directory here.", completion: .file())
  var file: String

  @Argument(
    help: "The service.", completion: .custom(Completions.deployedServices), transform: TargetArgument.service
  )
  var service: String

  @Argument(help: "Where it goes, below the service's directory.")
  var path: String?

  @OptionGroup(title: "Global options") var global: GlobalOptions

  func run() async throws {
    let session = try Session.open(global)
    let (file, service, path) = (file, service, path ?? "")
    let node = try await session.node(of: service)
    let result = try await session.showingProgress(
      of: "the push", service: service, whoGoesOn: "what is there stays as it was",
      hint: "the same push goes on with a large file where it stopped"
    ) { progress in
      try await session.withPlane(on: node) {
        try await FileTransfer.push(file, to: service, path: path, through: $0, progress: progress)
      }
    }
    if global.json { return try session.console.output(try JSON.document(result)) }
    try session.console.output(
      "\(service): \(TransferText.summary(result)) in \(Printable.line(result.path))\n")
  }
}

/// What was sent, for people.
enum TransferText {
  /// Such as `3 files, 1.5 MiB`.
  static func summary(_ result: TransferResult) -> String {
    let files = result.files == 1 ? "1 file" : "\(result.files) files"
    let resumed =
      result.resumedBytes > 0 ? " (\(ByteText.format(result.resumedBytes)) of it were there already)" : ""
    return "\(files), \(ByteText.format(result.bytes))\(resumed)"
  }
}
