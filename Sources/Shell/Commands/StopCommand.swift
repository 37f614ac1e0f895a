import ArgumentParser
import Engine

/// `mcp stop`.
struct StopCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stop",
    abstract: "Stop a deployed service or component.",
    discussion: """
      From now on it should not run, also after a reboot; it stays deployed. What is stopped already is left \
      alone.

      Examples:
        mcp stop web              every component of the service
        mcp stop web/api          one of them
      """)

  @OptionGroup var arguments: TargetArguments
  @OptionGroup(title: "Global options") var global: GlobalOptions

  func run() async throws {
    try await arguments.operate("stop", global) { plane, request, progress in
      try await plane.stop(request, progress: progress)
    }
  }
}
