import ArgumentParser
import Engine
import Foundation

/// `mcp events`.
struct EventsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "events",
    abstract: "Read what happened, and what happens.",
    discussion: """
      Shows the last 100 events, oldest first; --lines and --since choose others. With --json every event is \
      one line.

      Examples:
        mcp events --service web
        mcp events --since 2h -n 20
        mcp events -f --json
        mcp events --actor laptop
      """)

  @Flag(name: [.long, .customShort("f")], help: "Go on with new events until interrupted.")
  var follow = false

  @Option(
    name: .long, help: ArgumentHelp("Only of this service.", valueName: "service"),
    completion: .custom(Completions.deployedServices), transform: TargetArgument.service)
  var service: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Only of this actor: alice, token:laptop, script:hooks/x.lua, agent.", valueName: "actor"))
  var actor: String?

  @Option(
    name: .long, help: ArgumentHelp("Only from then on: 10m, 2h, 3d, or RFC 3339.", valueName: "time"))
  var since: SinceArgument?

  @Option(
    name: [.long, .customShort("n")],
    help: ArgumentHelp("At most that many of the newest.", valueName: "count"))
  var lines: CountArgument?

  @OptionGroup(title: "Global options") var global: GlobalOptions

  func run() async throws {
    let session = try Session.open(global)
    let nodes = try session.nodes()
    let limit = lines?.count ?? (since == nil ? (follow ? 10 : 100) : nil)
    let earliest = since?.date(now: session.context.now())
    // The last event is fetched even where none is shown: following goes on from it.
    let query = EventQuery(service: service, since: earliest, limit: limit.map { max($0, 1) }, actor: actor)
    let history = try await session.gather(from: nodes) { plane, node in
      var events: [NodeEvent] = []
      for try await event in plane.events(query) { events.append(NodeEvent(event: event, node: node.name)) }
      return events
    }
    try history.requireAnswer(session)
    let past = history.answers.flatMap(\.value).sorted {
      ($0.event.time, $0.event.id) < ($1.event.time, $1.event.id)
    }
    try show(limit.map { past.suffix($0) } ?? past[...], session, showsNode: nodes.count > 1)
    if follow { try await followOn(from: history, since: earliest, session, showsNode: nodes.count > 1) }
    try history.finish(session)
  }

  private func show(_ events: ArraySlice<NodeEvent>, _ session: Session, showsNode: Bool) throws {
    if global.json {
      try session.console.output(try events.map { try JSON.line($0) }.joined())
    } else if follow {
      for event in events { try write(event, session, showsNode: showsNode) }
    } else if events.isEmpty {
      session.console.error("no events\n")
    } else {
      let table = EventTable.make(Array(events), now: session.context.now(), showsNode: showsNode)
      try session.console.output(
        table.rendered(width: session.console.outputWidth, style: global.outputStyle))
    }
  }

  private func write(_ event: NodeEvent, _ session: Session, showsNode: Bool) throws {
    let text =
      global.json
      ? try JSON.line(event) : EventTable.line(event, showsNode: showsNode, style: global.outputStyle)
    try session.console.output(text)
  }

  /// Follows every node that answered from its last event on; ids never repeat, so nothing is lost between.
  private func followOn(
    from history: Gathering<[NodeEvent]>, since earliest: Date?, _ session: Session, showsNode: Bool
  ) async throws {
    let last = Dictionary(
      uniqueKeysWithValues: history.answers.map { ($0.node.name, $0.value.last?.event.id) })
    let (service, actor) = (service, actor)
    let ended = try await session.gather(from: history.answers.map(\.node)) { plane, node in
      let lastID = last[node.name] ?? nil
      let query = EventQuery(
        service: service, since: lastID == nil ? earliest : nil, afterID: lastID, follow: true,
        actor: actor)
      for try await event in plane.events(query) {
        try write(NodeEvent(event: event, node: node.name), session, showsNode: showsNode)
      }
    }
    try ended.finish(session)
  }
}
