import ArgumentParser
import Engine

/// `mcp script list`.
struct ScriptListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the agent's scripts and what they are called for.",
    discussion: """
      A script that could not be loaded shows why; where an earlier version of it is in use, that is the one \
      whose hooks are shown.

      Examples:
        mcp script list
        mcp script list --json
      """)

  @OptionGroup(title: "Global options") var global: GlobalOptions

  func run() async throws {
    let session = try Session.open(global)
    let gathering = try await session.gather(from: session.nodes()) { plane, _ in try await plane.scripts() }
    try gathering.requireAnswer(session)
    let scripts = gathering.answers.flatMap { answer in
      answer.value.map { NodeScript(script: $0, node: answer.node.name) }
    }
    if global.json {
      try session.console.output(try JSON.document(scripts))
    } else if scripts.isEmpty {
      session.console.error("there are no scripts\n")
    } else {
      let table = ScriptTable.make(
        scripts, now: session.context.now(), showsNode: gathering.answers.count > 1)
      try session.console.output(
        table.rendered(width: session.console.outputWidth, style: global.outputStyle))
      for item in scripts {
        guard let error = item.script.error else { continue }
        session.console.error(
          "\n\(Printable.line(item.script.name)):\n" + ErrorRenderer.text(error, style: global.errorStyle))
      }
    }
    try gathering.finish(session)
  }
}
