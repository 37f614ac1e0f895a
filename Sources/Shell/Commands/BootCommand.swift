import ArgumentParser
import Engine

/// `mcp boot`.
struct BootCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "boot",
    abstract: "Run, or show, the node's boot sequence.",
    discussion: """
      The agent runs the sequence by itself when the machine has started; `mcp status` shows how far it is. Here it is \
      run again from its first stage. What runs is left alone.

      Examples:
        mcp boot --plan      the stages, and what each would do
        mcp boot             run them
      """)

  @Flag(name: .long, help: "Show the stages and change nothing.")
  var plan = false

  @Option(name: .long, help: ArgumentHelp("Wait no longer than that, such as 90s or 10m.", valueName: "time"))
  var timeout: DurationArgument?

  @OptionGroup(title: "Global options") var global: GlobalOptions

  func run() async throws {
    let session = try Session.open(global)
    let request = BootRequest(planOnly: plan)
    let nodes = try session.nodes()
    guard let node = nodes.first, nodes.count == 1 else {
      throw EngineError(
        .invalidArgument, "there are \(nodes.count) nodes", hint: "say which one boots: --node NAME")
    }
    let report = try await session.showingProgress(
      of: "the boot sequence", service: nil,
      whoGoesOn: "the agent finishes what it has begun and stops the sequence"
    ) { progress in
      try await session.gather(
        from: [node], limit: Session.limit(timeout, subject: "the boot sequence", service: nil)
      ) { plane, _ in try await plane.boot(request, progress: progress) }
    }
    try report.requireAnswer(session)
    guard let answer = report.answers.first?.value else { return try report.finish(session) }
    try show(answer, session)
    if answer.progress.state == .failed || answer.progress.stages.contains(where: { $0.state == .failed }),
      !plan
    {
      throw ExitCode(ExitStatus.failed.rawValue)
    }
  }

  private func show(_ report: BootReport, _ session: Session) throws {
    if global.json { return try session.console.output(try JSON.document(report)) }
    let text =
      plan
      ? BootText.plan(report, console: session.console.outputWidth, style: global.outputStyle)
      : BootText.render(
        report.progress, now: session.context.now(), width: session.console.outputWidth,
        style: global.outputStyle)
    try session.console.output(text)
  }
}
