import ArgumentParser
import Engine

/// `mcp recover`.
struct RecoverCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recover",
    abstract: "Make everything run that should.",
    discussion: """
      Starts what does not run and creates again what is gone, from the agent's registry alone, with what a component \
      depends on before it. What runs is left alone. The agent does this by itself when it starts.

      --rehearse changes nothing: it prints, in order, the `podman run` lines that bring the services up without mcp.

      Examples:
        mcp recover                 every service
        mcp recover web             one of them
        mcp recover --plan          what would be done
        mcp recover --rehearse      what to type where there is no mcp
      """)

  @Argument(
    help: "The services; all of them by default.", completion: .custom(Completions.deployedServices),
    transform: TargetArgument.service)
  var services: [String] = []

  @Flag(name: .long, help: "Show the steps and change nothing.")
  var plan = false

  @Flag(name: .long, help: "Print the order, and a podman run line for each component, and change nothing.")
  var rehearse = false

  @Option(name: .long, help: ArgumentHelp("Wait no longer than that, such as 90s or 10m.", valueName: "time"))
  var timeout: DurationArgument?

  @OptionGroup(title: "Global options") var global: GlobalOptions

  func validate() throws {
    if plan, rehearse { throw ValidationError("--plan and --rehearse cannot be used together") }
    if rehearse, global.json { throw ValidationError("--rehearse prints a script and has no JSON") }
  }

  func run() async throws {
    let session = try Session.open(global)
    if rehearse { return try await rehearse(session) }
    let only = services.count == 1 ? services.first : nil
    let request = RecoverRequest(services: services, planOnly: plan)
    let nodes = try await nodes(session)
    let gathering = try await session.showingProgress(
      of: "the recovery", service: only, whoGoesOn: "the agents finish what they have begun"
    ) { progress in
      try await session.gather(
        from: nodes, limit: Session.limit(timeout, subject: "the recovery", service: only)
      ) { plane, _ in try await plane.recover(request, progress: progress) }
    }
    try show(gathering, session)
  }

  /// Where the services are; every node where none is named.
  private func nodes(_ session: Session) async throws -> [NodeAddress] {
    guard let first = services.first else { return try session.nodes() }
    let node = try await session.node(of: first)
    for other in services.dropFirst() where try await session.node(of: other) != node {
      throw EngineError(
        .invalidArgument, "\(first) and \(other) are on different nodes", hint: "recover them one by one")
    }
    return [node]
  }

  private func rehearse(_ session: Session) async throws {
    for node in try await nodes(session) {
      let services = services
      let records = try await session.withPlane(on: node) { plane in
        let names = services.isEmpty ? try await plane.list().map(\.name) : services
        var records: [ServiceRecord] = []
        for name in names { records.append(try await plane.service(name)) }
        return records
      }
      try session.console.output("# node \(node.name)\n" + Rehearsal.script(records))
    }
  }

  private func show(_ gathering: Gathering<SyncResult>, _ session: Session) throws {
    try gathering.requireAnswer(session)
    let results = gathering.answers.flatMap { node, sync in sync.results.map { (node, $0) } }
    let failures = gathering.answers.flatMap { node, sync in sync.failures.map { (node, $0) } }
    if global.json {
      try session.console.output(
        try JSON.document(SyncDocument(results: results, failures: failures, unbuilt: [])))
    } else {
      for (node, result) in results { try session.show(result, node: node) }
      if results.isEmpty, failures.isEmpty { session.console.error("nothing is deployed\n") }
      let isAlone = gathering.answers.count == 1
      for (node, error) in failures {
        session.console.error(
          ErrorRenderer.text(error, node: isAlone ? nil : node.name, style: global.errorStyle))
      }
    }
    try gathering.finish(session)
    if !failures.isEmpty { throw ExitCode(ExitStatus.failed.rawValue) }
  }
}
