import ArgumentParser
import Engine

/// `mcp alerts unsilence`.
struct AlertsUnsilenceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unsilence",
    abstract: "End a silence.",
    discussion: """
      Examples:
        mcp alerts unsilence 4      the number that `mcp alerts` shows
      """)

  @Argument(help: "The number of the silence.") var number: Int64

  @OptionGroup(title: "Global options") var global: GlobalOptions

  func run() async throws {
    let session = try Session.open(global)
    let nodes = try session.nodes()
    guard let node = nodes.first, nodes.count == 1 else {
      throw EngineError(
        .invalidArgument, "each node counts its silences for itself", hint: "say which node: --node NAME")
    }
    let number = number
    try await session.withPlane(on: node) { try await $0.unsilence(number) }
    if !global.json { try session.console.output("the silence \(number) is over\n") }
  }
}
