import ArgumentParser
import Engine

/// `mcp rollback`.
struct RollbackCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rollback",
    abstract: "Go back to an earlier revision of a service.",
    discussion: """
      Deploys what was deployed then, as a new revision; the definition file stays as it is. Without a number \
      that is the last revision before the current one that was deployed.

      Examples:
        mcp rollback web
        mcp rollback web 3 --plan     what would change, and the steps
        mcp history web               which revisions there are
      """)

  @Argument(
    help: "The service.", completion: .custom(Completions.deployedServices), transform: TargetArgument.service
  )
  var service: String

  @Argument(help: "The revision, as 'mcp history' numbers them.")
  var revision: Int64?

  @Flag(name: .long, help: "Show what would change and the steps, and change nothing.")
  var plan = false

  @Option(name: .long, help: ArgumentHelp("Wait no longer than that, such as 90s or 10m.", valueName: "time"))
  var timeout: DurationArgument?

  @OptionGroup(title: "Global options") var global: GlobalOptions

  func validate() throws {
    if let revision, revision < 1 { throw ValidationError("Revisions are counted from 1.") }
  }

  func run() async throws {
    let session = try Session.open(global)
    let node = try await session.node(of: service)
    let request = RollbackRequest(service: service, revision: revision, planOnly: plan)
    let result = try await session.operate(
      "the rollback of \(service)", service: service, on: node, planOnly: plan, timeout: timeout
    ) { plane, progress in
      try await plane.rollback(request, progress: progress)
    }
    try session.show(result, node: node)
  }
}
