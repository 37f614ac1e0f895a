import ArgumentParser
import Engine

/// `mcp undeploy`.
struct UndeployCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "undeploy",
    abstract: "Stop, remove and forget a service.",
    discussion: """
      Says what it will destroy and asks; --yes answers. The service's own directory and its definition file \
      stay, so that it can be deployed again.

      Examples:
        mcp undeploy web
        mcp undeploy web --plan       show the steps and change nothing
        mcp undeploy web --yes        do not ask
      """)

  @Argument(
    help: "The service.", completion: .custom(Completions.deployedServices), transform: TargetArgument.service
  )
  var service: String

  @Flag(name: .long, help: "Show the steps and change nothing.")
  var plan = false

  @Flag(name: [.long, .customShort("y")], help: "Do not ask.")
  var yes = false

  @Option(name: .long, help: ArgumentHelp("Wait no longer than that, such as 90s or 10m.", valueName: "time"))
  var timeout: DurationArgument?

  @OptionGroup(title: "Global options") var global: GlobalOptions

  func run() async throws {
    let session = try Session.open(global)
    if !plan { try Confirmation.require("undeploy \(service)", yes: yes, console: session.console) }
    let node = try await session.node(of: service)
    if !plan, !yes { try await confirm(session, node) }
    let request = TargetRequest(target: Target(service: service), planOnly: plan)
    let result = try await session.operate(
      "the undeploy of \(service)", service: service, on: node, planOnly: plan,
      timeout: timeout
    ) { plane, progress in
      try await plane.undeploy(request, progress: progress)
    }
    try session.show(result, node: node)
  }

  private func confirm(_ session: Session, _ node: NodeAddress) async throws {
    let request = TargetRequest(target: Target(service: service), planOnly: true)
    let plan = try await session.withPlane(on: node) { plane in
      try await plane.undeploy(request) { _ in }
    }
    session.console.error(
      OperationText.render(plan, width: session.console.size()?.columns, style: global.errorStyle))
    try await Confirmation.ask("undeploy \(service) from \(node.name)?", context: session.context)
  }
}
