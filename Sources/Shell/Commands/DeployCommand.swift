import ArgumentParser
import Engine

/// `mcp deploy`.
struct DeployCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deploy",
    abstract: "Make the node run a definition.",
    discussion: """
      Reads the service's definition, sends it to its node and shows what happens there. What is deployed \
      unchanged and runs is left alone; what changed is replaced only once its successor runs.

      Examples:
        mcp deploy web                    the whole service
        mcp deploy web/api                one component of it
        mcp deploy web --plan             show the steps and change nothing
        mcp deploy --file ./web.toml      a definition from somewhere else
      """)

  @Argument(
    help: ArgumentHelp("What to deploy.", valueName: "service[/component]"),
    completion: .custom(Completions.localTargets), transform: TargetArgument.target)
  var target: Target?

  @Option(
    name: [.long, .customShort("f")],
    help: ArgumentHelp("Deploy this definition file; '-' reads standard input.", valueName: "path"),
    completion: .file(extensions: ["toml"]))
  var file: String?

  @Flag(name: .long, help: "Show the steps and change nothing.")
  var plan = false

  @Option(name: .long, help: ArgumentHelp("Wait no longer than that, such as 90s or 10m.", valueName: "time"))
  var timeout: DurationArgument?

  @OptionGroup(title: "Global options") var global: GlobalOptions

  func validate() throws {
    guard target != nil || file != nil else {
      throw ValidationError("Missing expected argument '<service[/component]>', or '--file <path>'.")
    }
  }

  func run() async throws {
    let session = try Session.open(global)
    let definition = try await DefinitionSource.load(target: target, file: file, session: session)
    let node = try session.node(for: definition)
    let request = DeployRequest(definition: definition, component: target?.component, planOnly: plan)
    let subject = "the deploy of \(target?.description ?? definition.name)"
    let result = try await session.operate(
      subject, service: definition.name, on: node, planOnly: plan, timeout: timeout
    ) { plane, progress in
      try await plane.deploy(request, progress: progress)
    }
    try session.show(result, node: node)
  }
}
