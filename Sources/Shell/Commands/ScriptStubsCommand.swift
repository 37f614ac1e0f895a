import ArgumentParser
import Engine

/// `mcp script stubs`.
struct ScriptStubsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stubs",
    abstract: "Write LuaCATS stubs of the API, for editors.",
    discussion: """
      A Lua language server that has the file in its workspace completes and checks scripts.

      Examples:
        mcp script stubs > mcp.lua
      """)

  func run() throws { try Context.current.console.output(APIStubs.text) }
}
