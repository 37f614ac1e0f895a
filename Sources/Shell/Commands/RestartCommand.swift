import ArgumentParser
import Engine

/// `mcp restart`.
struct RestartCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restart",
    abstract: "Stop and start a deployed service or component.",
    discussion: """
      The containers are kept; to run a changed definition, deploy it.

      Examples:
        mcp restart web              every component of the service
        mcp restart web/api          one of them
      """)

  @OptionGroup var arguments: TargetArguments
  @OptionGroup(title: "Global options") var global: GlobalOptions

  func run() async throws {
    try await arguments.operate("restart", global) { plane, request, progress in
      try await plane.restart(request, progress: progress)
    }
  }
}
