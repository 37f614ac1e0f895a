import ArgumentParser
import Engine

/// `mcp ps`.
struct PsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ps",
    abstract: "List components as they are.",
    discussion: """
      Answers from state that the agent keeps current; --live makes it ask the runtimes first.

      Examples:
        mcp ps
        mcp ps web --live
        mcp ps --json | jq -r '.[] | select(.observed != "running") | .service'
      """)

  @Argument(
    help: "Only this service.", completion: .custom(Completions.deployedServices),
    transform: TargetArgument.service)
  var service: String?

  @Flag(name: .long, help: "Ask the runtimes instead of the agent's memory.")
  var live = false

  @OptionGroup(title: "Global options") var global: GlobalOptions

  func run() async throws {
    let session = try Session.open(global)
    let (service, live) = (service, live)
    let gathering = try await session.gather(about: service, isEmpty: \.isEmpty) { plane, _ in
      try await plane.ps(service: service, live: live)
    }
    try gathering.requireAnswer(session)
    let components = gathering.answers.flatMap(\.value)
    if global.json {
      try session.console.output(try JSON.document(components))
    } else if components.isEmpty {
      session.console.error("nothing is deployed\n")
    } else {
      let table = PsTable.make(components, now: session.context.now())
      try session.console.output(
        table.rendered(width: session.console.outputWidth, style: global.outputStyle))
    }
    try gathering.finish(session)
  }
}
