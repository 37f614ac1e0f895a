import ArgumentParser
import Engine

/// `mcp status`.
struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Show desired against observed state, drift and recent events.",
    discussion: """
      What runs on the node and is no service's is shown, and is nothing that --check fails for.

      Examples:
        mcp status
        mcp status web
        mcp status --check        exit with code 7 where anything differs
      """)

  @Argument(
    help: "Only this service.", completion: .custom(Completions.deployedServices),
    transform: TargetArgument.service)
  var service: String?

  @Flag(name: .long, help: "Exit with code 7 where desired and observed state differ.")
  var check = false

  @OptionGroup(title: "Global options") var global: GlobalOptions

  func run() async throws {
    let session = try Session.open(global)
    let service = service
    let gathering = try await session.gather(
      about: service, isEmpty: { service != nil && $0.components.isEmpty }
    ) {
      plane, _ in
      try await plane.status(service: service)
    }
    try gathering.requireAnswer(session)
    let reports = gathering.answers.map(\.value)
    if global.json {
      try session.console.output(try JSON.document(reports))
    } else {
      let now = session.context.now()
      let text = reports.map {
        StatusText.render($0, now: now, width: session.console.outputWidth, style: global.outputStyle)
      }
      try session.console.output(text.joined(separator: "\n"))
    }
    try gathering.finish(session)
    if check, reports.contains(where: { $0.drift.contains { !$0.service.isEmpty } }) {
      throw ExitCode(ExitStatus.drift.rawValue)
    }
  }
}
