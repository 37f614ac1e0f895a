import ArgumentParser
import Engine

/// `mcp node list`.
struct NodeListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the nodes of the configuration with version, health and counts.",
    discussion: """
      A node that does not answer is shown as unreachable, and the exit code is 5.

      Examples:
        mcp node list
        mcp node list --json
      """)

  @OptionGroup(title: "Global options") var global: GlobalOptions

  /// The documented shape of a node.
  private struct Document: Encodable {
    var name: String
    var address: String
    var reachable: Bool
    var info: NodeInfo?
    var error: ErrorDocument?
  }

  func run() async throws {
    let session = try Session.open(global)
    let nodes = try session.nodes()
    let gathering = try await session.gather(from: nodes) { plane, _ in try await plane.node() }
    let infos = Dictionary(uniqueKeysWithValues: gathering.answers.map { ($0.node.name, $0.value) })
    let errors = Dictionary(uniqueKeysWithValues: gathering.failures.map { ($0.node.name, $0.error) })
    if global.json {
      let documents = nodes.map { node in
        Document(
          name: node.name, address: node.address.description, reachable: infos[node.name] != nil,
          info: infos[node.name], error: errors[node.name].map { ErrorDocument($0) })
      }
      try session.console.output(try JSON.document(documents))
    } else {
      let rows = nodes.map {
        NodeTable.Row(name: $0.name, address: $0.address.description, info: infos[$0.name])
      }
      let table = NodeTable.make(rows, now: session.context.now())
      try session.console.output(
        table.rendered(width: session.console.outputWidth, style: global.outputStyle))
    }
    try gathering.finish(session)
  }
}
