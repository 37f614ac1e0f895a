import ArgumentParser
import Engine
import Foundation

/// Runs one command line from its arguments to its exit code.
enum Entry {
  /// Parses `arguments`, runs the command, writes its errors, and returns the exit code.
  static func run(_ arguments: [String]) async -> Int32 {
    let context = Context.current
    let task = Task { try await perform(arguments) }
    context.interruption.onInterrupt { task.cancel() }
    do {
      try await task.value
      return ExitStatus.done.rawValue
    } catch {
      let isInterrupted = context.interruption.happened && isCancellation(error)
      guard !isInterrupted else { return ExitStatus.interrupted.rawValue }
      return report(error, arguments: arguments, context: context)
    }
  }

  private static func perform(_ arguments: [String]) async throws {
    var command = try await Mcp.asyncParseAsRoot(arguments)
    if var command = command as? any AsyncParsableCommand {
      try await command.run()
    } else {
      try command.run()
    }
  }

  private static func isCancellation(_ error: any Error) -> Bool {
    error is CancellationError || (error as? EngineError)?.code == .cancelled
  }

  /// Writes `error` to where it belongs and returns the exit code.
  private static func report(_ error: any Error, arguments: [String], context: Context) -> Int32 {
    let options = arguments.prefix { $0 != "--" }
    let isJSON = options.contains("--json")
    let style = Style.choose(
      isTerminal: context.console.errorIsTerminal, environment: context.environment,
      declined: options.contains("--no-color"))
    switch error {
    case let code as ExitCode:
      return code.rawValue
    case let error as UsageError:
      context.console.error(isJSON ? ErrorRenderer.json(error) : ErrorRenderer.text(error, style: style))
      return ExitStatus.usage.rawValue
    case let error as EngineError:
      context.console.error(isJSON ? ErrorRenderer.json(error) : ErrorRenderer.text(error, style: style))
      return ExitStatus(error.code).rawValue
    default:
      return reportParsing(error, arguments: arguments, isJSON: isJSON, style: style, context: context)
    }
  }

  /// Help and versions are results; mistakes in the command line show its usage; the rest are defects.
  private static func reportParsing(
    _ error: any Error, arguments: [String], isJSON: Bool, style: Style, context: Context
  ) -> Int32 {
    switch Mcp.exitCode(for: error) {
    case .success:
      let text = Mcp.fullMessage(for: error)
      do {
        if !text.isEmpty { try context.console.output(text + "\n") }
        return ExitStatus.done.rawValue
      } catch {
        return report(EngineError.wrap(error), arguments: arguments, context: context)
      }
    case .validationFailure:
      if let word = unknownCommand(in: arguments) {
        let error = UsageError("there is no command '\(word)'", hint: "mcp help lists the commands")
        return report(error, arguments: arguments, context: context)
      }
      let message = Mcp.message(for: error)
      guard !isJSON else {
        context.console.error(ErrorRenderer.json(UsageError(message)))
        return ExitStatus.usage.rawValue
      }
      let rest = Mcp.fullMessage(for: error).split(separator: "\n", omittingEmptySubsequences: false)
        .dropFirst(message.split(separator: "\n", omittingEmptySubsequences: false).count)
      context.console.error(
        style.paint("error:", .red) + " \(message)\n" + rest.joined(separator: "\n") + "\n")
      return ExitStatus.usage.rawValue
    default:
      return report(EngineError.wrap(error), arguments: arguments, context: context)
    }
  }

  /// The first word where it is no command: the parser would call it an unexpected argument.
  private static func unknownCommand(in arguments: [String]) -> String? {
    guard let word = arguments.first, !word.hasPrefix("-") else { return nil }
    let commands = Mcp.configuration.subcommands
    let names = commands.map { $0.configuration.commandName ?? "" } + ["help"]
    return names.contains(word) ? nil : word
  }
}
