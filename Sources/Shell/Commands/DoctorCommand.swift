import ArgumentParser
import Engine

/// `mcp doctor`.
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Examine the nodes: is everything in place?",
    discussion: """
      Looks at this machine's configuration and definitions, and at every node: runtime, user ids, network, \
      space, clock. Each finding that is not in order comes with a remedy; a failure gives exit code 1.

      Examples:
        mcp doctor
        mcp doctor --node rift
      """)

  @OptionGroup(title: "Global options") var global: GlobalOptions

  func run() async throws {
    let session = try Session.open(global)
    let local = LocalDoctor.examine(session.configuration)
    let gathering = try await session.gather(from: try session.nodes()) { plane, _ in
      try await plane.doctor()
    }
    let findings =
      local.map { DoctorDocument(node: nil, finding: $0) }
      + gathering.answers.flatMap { node, findings in
        findings.map { DoctorDocument(node: node.name, finding: $0) }
      }
    if global.json {
      try session.console.output(try JSON.document(findings))
    } else {
      try session.console.output(DoctorText.render(findings, style: global.outputStyle))
    }
    try gathering.finish(session)
    if findings.contains(where: { $0.finding.level == .failure }) {
      throw ExitCode(ExitStatus.failed.rawValue)
    }
  }
}
