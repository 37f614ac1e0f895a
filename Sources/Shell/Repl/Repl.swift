import ArgumentParser
import Engine
import Foundation

/// The interactive shell: reads, evaluates, prints, until it is left.
struct Repl {
  let session: Session
  let evaluator: Evaluator
  let reader: any LineReader

  /// Runs until the operator leaves.
  func run() async throws {
    await greet()
    while true {
      switch await reader.readLine(prompt: await prompt(), evaluator: evaluator) {
      case .end:
        if session.console.inputIsTerminal { session.console.error("\n") }
        return
      case .interrupted: continue
      case .line(let text): if await !perform(text) { return }
      }
    }
  }

  private func prompt() async -> String {
    let node = (try? await evaluator.planes.node().name) ?? "mcp"
    return await evaluator.isPlanning ? "\(node) (plan)> " : "\(node)> "
  }

  /// Says where one is and what is there.
  private func greet() async {
    let style = session.options.errorStyle
    session.console.error(
      "mcp \(Version.current), \(LuaLibrary.release): help() explains, Tab completes, Ctrl-D leaves\n")
    do {
      let node = try await evaluator.planes.node()
      let plane = try await evaluator.planes.plane()
      let (info, services) = (try await plane.node(), try await plane.list())
      let health = info.healthy ? style.paint("healthy", .green) : style.paint("degraded", .yellow)
      session.console.error(
        "node \(Printable.line(node.name)) \(health): \(info.running) of \(info.components) components running\n"
      )
      if services.isEmpty {
        session.console.error("nothing is deployed\n")
      } else {
        session.console.error(
          ListTable.make(services, now: session.context.now()).rendered(
            width: session.console.outputWidth, style: style))
      }
    } catch {
      session.report(EngineError.wrap(error))
    }
  }

  /// Does what a line says; returns whether the shell goes on.
  private func perform(_ text: String) async -> Bool {
    do {
      switch ShellInput(text) {
      case .empty: return true
      case .lua(let lua): try await interruptible { try await evaluator.run(lua) }
      case .help(let name): try session.console.output(ShellHelp.text(about: name) + "\n")
      case .command(let word, let argument): return try await perform(word, argument)
      }
    } catch {
      report(EngineError.wrap(error))
    }
    return true
  }

  private func perform(_ word: String, _ argument: String) async throws -> Bool {
    let matches = ShellVerb.allCases.filter { !word.isEmpty && $0.rawValue.hasPrefix(word) }
    guard matches.count == 1, let verb = matches.first else {
      throw EngineError(
        .invalidArgument, "there is no command :\(word)",
        hint: ShellVerb.allCases.map(\.usage).joined(separator: ", "))
    }
    switch verb {
    case .help: try session.console.output(ShellHelp.commands + "\n")
    case .quit: return false
    case .save:
      try await evaluator.save(to: try path(argument, verb))
      let count = await evaluator.lines.count
      session.console.error("wrote \(count) line\(count == 1 ? "" : "s") to \(argument)\n")
    case .load:
      let path = try path(argument, verb)
      try await interruptible { try await evaluator.load(path) }
    case .plan: try await plan(argument)
    case .node:
      if argument.isEmpty {
        try session.console.output(session.configuration.nodes.map { "\($0.name)  \($0.address)\n" }.joined())
      } else {
        try await evaluator.planes.choose(argument)
      }
    }
    return true
  }

  private func plan(_ argument: String) async throws {
    let isOn: Bool
    switch argument {
    case "on": isOn = true
    case "off": isOn = false
    case "": isOn = await !evaluator.isPlanning
    default: throw EngineError(.invalidArgument, "\(ShellVerb.plan.usage) it is, not '\(argument)'")
    }
    await evaluator.plan(isOn)
    session.console.error(isOn ? "changes are only planned from now on\n" : "changes are made from now on\n")
  }

  private func path(_ argument: String, _ verb: ShellVerb) throws -> String {
    guard !argument.isEmpty else {
      throw EngineError(.invalidArgument, "a file is missing", hint: verb.usage)
    }
    return argument.hasPrefix("~/") ? NSHomeDirectory() + argument.dropFirst(1) : argument
  }

  /// Runs something that Ctrl-C stops, and only that.
  private func interruptible(_ body: @escaping @Sendable () async throws -> Void) async throws {
    let task = Task { try await body() }
    try await session.context.interruption.during(.tell { task.cancel() }) { try await task.value }
  }

  /// Writes an error; where it happened is said unless it is the line itself.
  private func report(_ error: EngineError) {
    var error = error
    error.details.removeAll { $0.hasPrefix("shell:") && $0.hasSuffix("main chunk") }
    session.report(error)
  }
}

/// Reads lines for the shell.
protocol LineReader: Sendable {
  /// Reads one text, of several lines where it takes them to be complete.
  func readLine(prompt: String, evaluator: Evaluator) async -> LineInput
}

/// What was read.
enum LineInput: Sendable, Equatable {
  /// A text.
  case line(String)
  /// Ctrl-C.
  case interrupted
  /// Ctrl-D, or the end of what is piped in.
  case end
}

/// Reads lines without editing them: terminals that can do nothing, and tests.
struct PlainLineReader: LineReader {
  let console: Console

  func readLine(prompt: String, evaluator: Evaluator) async -> LineInput {
    var text = ""
    while true {
      console.error(text.isEmpty ? prompt : "...> ")
      guard let line = await console.readAnswer() else { return text.isEmpty ? .end : .line(text) }
      text += text.isEmpty ? line : "\n" + line
      if await evaluator.isComplete(text) { return .line(text) }
    }
  }
}
