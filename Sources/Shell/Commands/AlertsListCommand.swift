import ArgumentParser
import Engine

/// `mcp alerts list`.
struct AlertsListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List alerts and silences.",
    discussion: """
      Examples:
        mcp alerts list
        mcp alerts list --all --json
      """)

  @Flag(name: .long, help: "Show the last hundred that are over, too.")
  var all = false

  @OptionGroup(title: "Global options") var global: GlobalOptions

  func run() async throws {
    let session = try Session.open(global)
    let query = AlertQuery(resolved: all ? 100 : 0)
    let gathering = try await session.gather(from: session.nodes()) { plane, _ in
      try await plane.alerts(query)
    }
    try gathering.requireAnswer(session)
    let lists = gathering.answers.map { NodeAlerts(list: $0.value, node: $0.node.name) }
    if global.json {
      try session.console.output(try JSON.document(lists))
    } else if lists.allSatisfy({ $0.list.alerts.isEmpty && $0.list.silences.isEmpty }) {
      session.console.error("there are no alerts\n")
    } else {
      try session.console.output(
        AlertTable.render(
          lists, now: session.context.now(), width: session.console.outputWidth, style: global.outputStyle))
    }
    try gathering.finish(session)
  }
}
