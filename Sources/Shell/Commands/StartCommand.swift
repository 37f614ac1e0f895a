import ArgumentParser
import Engine

/// `mcp start`.
struct StartCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "start",
    abstract: "Start a deployed service or component.",
    discussion: """
      From now on it should run, also after a reboot. What runs already is left alone.

      Examples:
        mcp start web              every component of the service
        mcp start web/api          one of them
      """)

  @OptionGroup var arguments: TargetArguments
  @OptionGroup(title: "Global options") var global: GlobalOptions

  func run() async throws {
    try await arguments.operate("start", global) { plane, request, progress in
      try await plane.start(request, progress: progress)
    }
  }
}
