import ArgumentParser
import Engine

/// `mcp history`.
struct HistoryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "List the revisions of a service.",
    discussion: """
      Who deployed what and when, and what changed against the revision before.

      Examples:
        mcp history web
        mcp history web --json
        mcp rollback web 3
      """)

  @Argument(
    help: "The service.", completion: .custom(Completions.deployedServices), transform: TargetArgument.service
  )
  var service: String

  @Option(
    name: [.long, .customShort("n")],
    help: ArgumentHelp("At most that many of the newest.", valueName: "count"))
  var lines: CountArgument?

  @OptionGroup(title: "Global options") var global: GlobalOptions

  func run() async throws {
    let session = try Session.open(global)
    let node = try await session.node(of: service)
    let service = service
    let all = try await session.withPlane(on: node) { try await $0.history(service) }
    let revisions = Array(all.prefix(lines?.count ?? all.count))
    if global.json {
      try session.console.output(try JSON.document(revisions))
    } else {
      try session.console.output(
        HistoryText.render(revisions, now: session.context.now(), style: global.outputStyle))
    }
  }
}
