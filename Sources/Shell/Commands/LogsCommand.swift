import ArgumentParser
import Engine

/// `mcp logs`.
struct LogsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "logs",
    abstract: "Read the output of components.",
    discussion: """
      Lines carry their component's name where the service has several. With --json every line is an object.

      Examples:
        mcp logs web -f                   follow every component
        mcp logs web/api -n 50
        mcp logs web --since 10m
        mcp logs web --failed             of the version that failed last
      """)

  @Argument(
    help: ArgumentHelp("The service, or one component of it.", valueName: "service[/component]"),
    completion: .custom(Completions.deployedTargets), transform: TargetArgument.target)
  var target: Target

  @Flag(name: [.long, .customShort("f")], help: "Go on with new lines until interrupted.")
  var follow = false

  @Option(
    name: [.long, .customShort("n")],
    help: ArgumentHelp("At most that many of the last lines of each component.", valueName: "count"))
  var lines: CountArgument?

  @Option(
    name: .long, help: ArgumentHelp("Only from then on: 10m, 2h, 3d, or RFC 3339.", valueName: "time"))
  var since: SinceArgument?

  @Flag(name: .long, help: "The last lines of the version that failed last and was taken back.")
  var failed = false

  @OptionGroup(title: "Global options") var global: GlobalOptions

  func validate() throws {
    if failed, follow || since != nil {
      throw ValidationError("'--failed' shows what is kept; it goes with neither '--follow' nor '--since'.")
    }
  }

  func run() async throws {
    let session = try Session.open(global)
    let node = failed ? try await failedNode(session) : try await session.node(of: target.service)
    let options = LogOptions(
      follow: follow, tail: lines?.count, since: since?.date(now: session.context.now()), failed: failed)
    let target = target
    try await session.withPlane(on: node) { plane in
      let printer = try await printer(plane)
      for try await line in plane.logs(target, options: options) {
        try session.console.output(try printer.text(line))
      }
    }
    // A stream that was cancelled ends like one that is complete.
    try Task.checkCancellation()
  }

  /// A service that failed as a new one is on no node any more.
  private func failedNode(_ session: Session) async throws -> NodeAddress {
    do {
      return try await session.node(of: target.service)
    } catch let error as EngineError where error.code == .notFound {
      let nodes = try session.nodes()
      guard nodes.count == 1, let node = nodes.first else { throw error }
      return node
    }
  }

  private func printer(_ plane: any ControlPlane) async throws -> LogPrinter {
    guard !global.json else { return LogPrinter(service: target.service, isJSON: true) }
    guard target.component == nil, !failed else { return LogPrinter(service: target.service) }
    let names = try await plane.service(target.service).definition.components.map(\.name)
    return LogPrinter(
      service: target.service, components: names.count > 1 ? names : [], style: global.outputStyle)
  }
}
