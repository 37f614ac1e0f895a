import ArgumentParser
import Engine
import Foundation

/// `mcp node remove`.
struct NodeRemoveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Remove a node from the configuration.",
    discussion: """
      Nothing happens on the node. The rest of the file stays byte for byte as it is; the CA's certificate that 'mcp node \
      add' stored is removed.

      Example:
        mcp node remove rift
      """)

  @Argument(help: "The node's name.", completion: .custom(Completions.nodes))
  var name: String

  @OptionGroup(title: "Global options") var global: GlobalOptions

  func run() async throws {
    let session = try Session.open(global)
    let configuration = session.configuration
    guard let node = configuration.named.first(where: { $0.name == name }) else {
      throw EngineError(
        .notFound, "no node is named '\(name)' in \(configuration.path)", hint: "mcp node list shows them")
    }
    guard let text = try AtomicFile.read(configuration.path),
      let rest = NodeFile.removing(name, from: text)
    else {
      throw EngineError(
        .failedPrecondition, "the node \(name) is written in a way that is not changed here",
        hint: "edit \(configuration.path) yourself")
    }
    try NodeFile.check(rest, session, nodes: configuration.named.filter { $0.name != name })
    try AtomicFile.write(rest, to: configuration.path)
    let stored = NodeFile.authorityPath(configuration, node: name)
    if node.caCertificate == stored { unlink(stored) }
    try session.console.output("the node \(name) is removed from \(configuration.path)\n")
  }
}
