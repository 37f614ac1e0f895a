import ArgumentParser
import Engine

/// `mcp script reload`.
struct ScriptReloadCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reload",
    abstract: "Read the agent's scripts again and swap them for what runs.",
    discussion: """
      Hooks and schedules of the old version go with it. A script that does not load keeps its last good version, \
      and the command exits with 1. A script whose file is gone is removed.

      Examples:
        mcp script reload
        mcp script reload hooks/notify.lua
      """)

  @Argument(help: ArgumentHelp("Only these, such as hooks/notify.lua.", valueName: "script"))
  var names: [String] = []

  @OptionGroup(title: "Global options") var global: GlobalOptions

  func run() async throws {
    let session = try Session.open(global)
    let node = try await PlaneKeeper(session).node()
    let names = names
    let reports = try await session.withPlane(on: node) { try await $0.reloadScripts(names) }
    try session.show(reports, nothing: "there are no scripts")
  }
}
