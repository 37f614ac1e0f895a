import ArgumentParser

/// `mcp script`.
struct ScriptCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "script",
    abstract: "Look after the agent's Lua scripts.",
    discussion: """
      The agent's scripts lie in the directory hooks below [scripts] dir of its configuration, \
      /srv/mcp/scripts/hooks by default.

      Examples:
        mcp script list                what is loaded, and how it went
        mcp script check notify.lua    before it is installed
        mcp script reload              after it was installed
      """,
    subcommands: [
      ScriptListCommand.self, ScriptCheckCommand.self, ScriptReloadCommand.self, ScriptTestCommand.self,
      ScriptStubsCommand.self, ScriptReferenceCommand.self,
    ])
}
