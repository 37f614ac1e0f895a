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
  var lines: Int?

  @Option(
    name: .long, help: ArgumentHelp("Only from then on: 10m, 2h, 3d, or RFC 3339.", valueName: "time"))
  var since: SinceArgument?

  @OptionGroup(title: "Global options") var global: GlobalOptions

  func validate() throws {
    if let lines, lines < 0 { throw ValidationError("'--lines' takes a number that is not negative.") }
  }

  func run() async throws {
    let session = try Session.open(global)
    let node = try await session.node(of: target.service)
    let options = LogOptions(
      follow: follow, tail: lines, since: since?.date(now: session.context.now()))
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

  private func printer(_ plane: any ControlPlane) async throws -> LogPrinter {
    guard !global.json else { return LogPrinter(service: target.service, isJSON: true) }
    guard target.component == nil else { return LogPrinter(service: target.service) }
    let names = try await plane.service(target.service).definition.components.map(\.name)
    return LogPrinter(
      service: target.service, components: names.count > 1 ? names : [], style: global.outputStyle)
  }
}
