import ArgumentParser
import Engine

/// `mcp list`.
struct ListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the services of the registry.",
    discussion: """
      Shows what the nodes remember, whether it runs or not; 'mcp ps' shows what runs.

      Examples:
        mcp list
        mcp list --node rift --json
      """)

  @OptionGroup(title: "Global options") var global: GlobalOptions

  func run() async throws {
    let session = try Session.open(global)
    let gathering = try await session.gather(from: try session.nodes()) { plane, _ in try await plane.list() }
    try gathering.requireAnswer(session)
    let services = gathering.answers.flatMap(\.value)
    if global.json {
      try session.console.output(try JSON.document(services))
    } else if services.isEmpty {
      session.console.error("nothing is deployed\n")
    } else {
      let table = ListTable.make(services, now: session.context.now())
      try session.console.output(
        table.rendered(width: session.console.outputWidth, style: global.outputStyle))
    }
    try gathering.finish(session)
  }
}
