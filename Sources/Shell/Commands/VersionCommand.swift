import ArgumentParser
import Engine

/// `mcp version`.
struct VersionCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "version",
    abstract: "Show the versions of this program and of the agents.",
    discussion: """
      Succeeds also where no agent answers, and says so; 'mcp --version' asks none.

      Examples:
        mcp version
        mcp version --json
      """)

  @OptionGroup(title: "Global options") var global: GlobalOptions

  func run() async throws {
    let agents = await agents()
    try Task.checkCancellation()
    let console = Context.current.console
    if global.json {
      try console.output(try JSON.document(VersionDocument(client: Version.current, agents: agents)))
    } else {
      try console.output(VersionText.render(client: Version.current, agents: agents))
    }
  }

  /// Asks every node and never fails: a version is asked for first when nothing works.
  private func agents() async -> [VersionDocument.Agent] {
    do {
      let session = try Session.open(global, interruptible: false)
      let gathering = try await session.gather(from: try session.nodes(), limit: TimeLimit.greeting) {
        plane, _ in try await plane.node().agentVersion
      }
      return gathering.answers.map { .init(node: $0.node.name, version: $0.value) }
        + gathering.failures.map { .init(node: $0.node.name, error: ErrorDocument($0.error)) }
    } catch {
      return [.init(node: nil, error: ErrorDocument(EngineError.wrap(error)))]
    }
  }
}
