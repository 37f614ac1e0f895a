import ArgumentParser
import Engine

/// `mcp alerts silence`.
struct AlertsSilenceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "silence",
    abstract: "Tell nobody of some alerts for a while.",
    discussion: """
      They are listed all the same. What is still wrong when the time is over is told then.

      Examples:
        mcp alerts silence web --for 2h --reason "the disk is replaced"
        mcp alerts silence web/api --for 30m
        mcp alerts silence 'flapping:*' --for 1d
      """)

  @Argument(
    help: "A service, service/component, or the key of an alert, in which * stands for anything.",
    completion: .custom(Completions.deployedServices))
  var match: String

  @Option(name: .customLong("for"), help: ArgumentHelp("For how long, such as 2h.", valueName: "time"))
  var duration: DurationArgument

  @Option(name: .long, help: "Why.")
  var reason = ""

  @OptionGroup(title: "Global options") var global: GlobalOptions

  func run() async throws {
    let session = try Session.open(global)
    let request = SilenceRequest(match: match, duration: duration.duration, reason: reason)
    let gathering = try await session.gather(from: session.nodes()) { plane, _ in
      try await plane.silence(request)
    }
    try gathering.requireAnswer(session)
    if global.json {
      try session.console.output(try JSON.document(gathering.answers.map(\.value)))
    } else {
      for (node, silence) in gathering.answers {
        let until = Timestamp.local(silence.until)
        try session.console.output(
          "\(node.name): alerts of \(silence.match) are silenced until \(until) (\(silence.id))\n")
      }
    }
    try gathering.finish(session)
  }
}
