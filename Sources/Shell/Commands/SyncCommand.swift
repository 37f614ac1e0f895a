import ArgumentParser
import Engine

/// `mcp sync`.
struct SyncCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sync",
    abstract: "Make the nodes match the local definitions.",
    discussion: """
      Deploys every definition of the services directory to its node. A file with a mistake stops it before \
      anything is changed; a service that fails to deploy does not keep the others back. With --prune, \
      services without a file are undeployed after a question; --yes answers.

      An image of [build.images] that its registry lacks is built here first, where its source tree is here; a service whose \
      build fails is left as it is.

      Examples:
        mcp sync --plan           show what would change
        mcp sync
        mcp sync --prune --yes    also undeploy what has no file
      """)

  @Flag(name: .long, help: "Show the steps and change nothing.")
  var plan = false

  @Flag(name: .long, help: "Undeploy services that have no definition file.")
  var prune = false

  @Flag(name: .long, help: "Build no images.")
  var noBuild = false

  @Flag(name: [.long, .customShort("y")], help: "Do not ask before services are undeployed.")
  var yes = false

  @Option(name: .long, help: ArgumentHelp("Wait no longer than that, such as 90s or 10m.", valueName: "time"))
  var timeout: DurationArgument?

  @OptionGroup(title: "Global options") var global: GlobalOptions

  func run() async throws {
    let session = try Session.open(global)
    if prune, !plan { try Confirmation.require("sync --prune", yes: yes, console: session.console) }
    let work = try SyncWork.divide(session, prune: prune)
    if prune, !plan, !yes { try await confirm(work, session) }
    let failures =
      noBuild
      ? [:] : try await LackingImages(session: session, planOnly: plan).build(work.flatMap(\.definitions))
    if prune { for error in failures.values { session.report(error) } }
    let ready = try SyncWork.leaving(out: Set(failures.keys), of: work, prune: prune)
    let gathering = try await session.showingProgress(
      of: "the sync", service: nil, whoGoesOn: "the agents finish or undo what they have begun"
    ) { progress in
      try await perform(ready, session, planOnly: plan, progress: progress)
    }
    try show(gathering, unbuilt: failures.sorted { $0.key < $1.key }.map(\.value), session)
  }

  private func perform(
    _ work: [SyncWork], _ session: Session, planOnly: Bool, progress: @escaping ProgressHandler
  ) async throws -> Gathering<SyncResult> {
    let requests = Dictionary(
      uniqueKeysWithValues: work.map {
        ($0.node.name, SyncRequest(definitions: $0.definitions, prune: prune, planOnly: planOnly))
      })
    return try await session.gather(
      from: work.map(\.node), limit: Session.limit(timeout, subject: "the sync", service: nil)
    ) { plane, node in
      guard let request = requests[node.name] else { return SyncResult(results: [], failures: []) }
      return try await plane.sync(request, progress: progress)
    }
  }

  /// Shows which services would go and asks, where any would.
  private func confirm(_ work: [SyncWork], _ session: Session) async throws {
    let plans = try await perform(work, session, planOnly: true) { _ in }
    try plans.finish(session)
    let kept = Set(work.flatMap { $0.definitions.map(\.name) })
    var doomed: [(node: NodeAddress, result: OperationResult)] = []
    for (node, plan) in plans.answers {
      doomed += plan.results.filter { $0.primitive == Primitive.undeploy.name && !kept.contains($0.service) }
        .map { (node, $0) }
    }
    guard !doomed.isEmpty else { return }
    for (node, result) in doomed {
      session.console.error(Printable.line("\(node.name): \(result.message)") + "\n")
    }
    let names = doomed.map(\.result.service).joined(separator: ", ")
    try await Confirmation.ask("undeploy \(names)?", context: session.context)
  }

  private func show(
    _ gathering: Gathering<SyncResult>, unbuilt: [EngineError], _ session: Session
  ) throws {
    try gathering.requireAnswer(session)
    let results = gathering.answers.flatMap { node, sync in sync.results.map { (node, $0) } }
    let failures = gathering.answers.flatMap { node, sync in sync.failures.map { (node, $0) } }
    if global.json {
      try session.console.output(
        try JSON.document(SyncDocument(results: results, failures: failures, unbuilt: unbuilt)))
    } else {
      for (node, result) in results { try session.show(result, node: node) }
      for error in unbuilt { session.console.error(ErrorRenderer.text(error, style: global.errorStyle)) }
      if results.isEmpty, failures.isEmpty, unbuilt.isEmpty { session.console.error("nothing to sync\n") }
      let isAlone = gathering.answers.count == 1
      for (node, error) in failures {
        session.console.error(
          ErrorRenderer.text(error, node: isAlone ? nil : node.name, style: global.errorStyle))
      }
    }
    try gathering.finish(session)
    if !failures.isEmpty || !unbuilt.isEmpty { throw ExitCode(ExitStatus.failed.rawValue) }
  }
}

/// What one node gets of a sync.
struct SyncWork: Sendable {
  var node: NodeAddress
  var definitions: [ServiceDefinition]

  /// Returns the work without services whose images could not be built.
  ///
  /// With `prune`, where a service that is left out would be undeployed, nothing is done at all.
  static func leaving(out failed: Set<String>, of work: [SyncWork], prune: Bool) throws -> [SyncWork] {
    guard !failed.isEmpty else { return work }
    guard !prune else {
      throw EngineError(
        .failedPrecondition,
        "images of \(failed.sorted().joined(separator: ", ")) could not be built: nothing was synced",
        hint: "repair the build, leave it out with --no-build, or sync without --prune")
    }
    return work.map { one in
      SyncWork(node: one.node, definitions: one.definitions.filter { !failed.contains($0.name) })
    }
  }

  /// Divides the local definitions among the nodes.
  ///
  /// With `prune`, nodes without a definition are among them, and an empty services directory is refused:
  /// it is far more often a wrong path than the wish to lose every service.
  static func divide(_ session: Session, prune: Bool) throws -> [SyncWork] {
    let definitions = try session.configuration.definitions().map(\.definition)
    guard !definitions.isEmpty || !prune else {
      throw EngineError(
        .failedPrecondition,
        "there are no definitions in '\(session.configuration.servicesDirectory)', so that sync --prune would "
          + "undeploy every service",
        hint: "check [services] dir in the configuration, or use mcp undeploy")
    }
    var work = prune ? try session.nodes().map { SyncWork(node: $0, definitions: []) } : []
    for definition in definitions {
      // With --node only that node's own definitions are meant, and those that name none.
      let fallback = definition.node == nil ? session.chosenNode : nil
      let home = try session.configuration.node(for: definition, named: fallback)
      if let chosen = session.chosenNode, home.name != chosen { continue }
      if let index = work.firstIndex(where: { $0.node.name == home.name }) {
        work[index].definitions.append(definition)
      } else {
        work.append(SyncWork(node: home, definitions: [definition]))
      }
    }
    return work
  }
}
