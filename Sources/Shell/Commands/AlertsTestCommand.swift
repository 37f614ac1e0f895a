import ArgumentParser
import Engine

/// `mcp alerts test`.
struct AlertsTestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Send a test message to everywhere alerts are sent to.",
    discussion: """
      Fails where a sink does not take it, and says why.

      Examples:
        mcp alerts test
      """)

  @OptionGroup(title: "Global options") var global: GlobalOptions

  func run() async throws {
    let session = try Session.open(global)
    let gathering = try await session.gather(from: session.nodes()) { plane, _ in try await plane.testAlerts()
    }
    try gathering.requireAnswer(session)
    if global.json {
      try session.console.output(try JSON.document(gathering.answers.flatMap(\.value)))
    } else {
      for (node, results) in gathering.answers {
        for result in results {
          let name = gathering.answers.count > 1 ? "\(node.name)/\(result.sink)" : result.sink
          if let error = result.error {
            session.console.error(
              "\(name): \(ErrorRenderer.text(error, node: nil, style: global.errorStyle))")
          } else {
            try session.console.output("\(name): took the message\n")
          }
        }
      }
    }
    try gathering.finish(session)
    if gathering.answers.contains(where: { $0.value.contains { $0.error != nil } }) {
      throw ExitCode(ExitStatus.failed.rawValue)
    }
  }
}
