import Engine
import Foundation

/// Evaluates what is typed into the shell.
actor Evaluator {
  private let session: Session
  let planes: PlaneKeeper
  private let host: ScriptHost
  private let planning: PlanSwitch
  /// What was typed and did not fail, as a script has it.
  private(set) var lines: [String] = []

  /// What messages call the text that was typed.
  private static let chunk = "shell"

  init(_ session: Session) async throws {
    let planes = PlaneKeeper(session)
    var surroundings = ScriptSurroundings.commandLine(session, planes: planes, name: Self.chunk)
    let style = session.options.errorStyle
    surroundings.registrar = ShellRegistrar { occasion in
      session.console.error(
        style.paint(
          "noted: \(occasion); it is called once it is a script of the agent: :save it, copy it into the agent's hooks directory, mcp script reload",
          .dim) + "\n")
    }
    surroundings.modules = ScriptText.modules(of: "-")
    planning = surroundings.planning
    host = try await ScriptHost(surroundings, limits: .commandLine)
    self.session = session
    self.planes = planes
    try await ShellHelp.install(in: host.state)
  }

  /// The state in which the lines run.
  nonisolated var state: LuaState { host.state }

  /// Whether changes are only planned.
  var isPlanning: Bool { planning.recorder != nil }

  /// Makes changes, or only plans them from now on.
  func plan(_ isOn: Bool) { planning.recorder = isOn ? PlanRecorder() : nil }

  /// Says whether a text can be run as it is; where more lines would complete it, it cannot.
  func isComplete(_ text: String) async -> Bool {
    guard case .lua(let lua) = ShellInput(text) else { return true }
    if await host.state.check("return " + lua, name: Self.chunk) == .complete { return true }
    return await host.state.check(lua, name: Self.chunk) != .incomplete
  }

  /// Runs a text, an expression or statements, and writes what it returns.
  ///
  /// Throws what it raises.
  func run(_ text: String) async throws {
    let expression = "return " + text
    let isExpression = await host.state.check(expression, name: Self.chunk) == .complete
    let values = try await host.run(
      isExpression ? expression : text, name: Self.chunk, described: true)
    if !values.isEmpty {
      let shown = ValueText.render(
        values, width: session.console.outputWidth, style: session.options.outputStyle)
      try session.console.output(shown)
    }
    try showPlan()
    if values.count > 1, values[0].isNil, case .failure = values[1] { return }
    let isStatement = await host.state.check(text, name: Self.chunk) == .complete
    lines.append(isStatement ? text : "print(\(text))")
  }

  /// Runs a script in this session.
  func load(_ path: String) async throws {
    let text = try await ScriptText.read(path)
    _ = try await host.run(text, name: path)
    try showPlan()
  }

  /// Writes what was typed as a script.
  func save(to path: String) throws {
    try AtomicFile.write(lines.map { $0 + "\n" }.joined(), to: path)
  }

  private func showPlan() throws {
    guard let recorder = planning.recorder, !recorder.results.isEmpty else { return }
    try session.show(recorder)
    planning.recorder = PlanRecorder()
  }
}

/// Takes note of hooks that are typed into the shell, where nothing calls them.
private struct ShellRegistrar: HookRegistrar {
  let note: @Sendable (Hook.Occasion) -> Void

  func register(_ hook: Hook) { note(hook.occasion) }
}
