import ArgumentParser
import Engine

/// `mcp exec`.
struct ExecCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exec",
    abstract: "Run a command in a container.",
    usage: "mcp exec [<options>] <service[/component]> -- <command> ...",
    discussion: """
      Exits with the command's exit code. The command gets a terminal where this one is used on a terminal, \
      and standard input where that is not a terminal.

      Examples:
        mcp exec web/api -- sh                      a shell
        mcp exec web/db -- pg_dump app > app.sql
        mcp exec web/db -- psql app < fix.sql
      """)

  @Argument(
    help: ArgumentHelp("The component.", valueName: "service[/component]"),
    completion: .custom(Completions.deployedTargets), transform: TargetArgument.target)
  var target: Target

  @Argument(parsing: .postTerminator, help: "The command and its arguments, after '--'.")
  var command: [String] = []

  @Flag(name: [.long, .customShort("i")], help: "Pass standard input on also where it is a terminal.")
  var interactive = false

  @Flag(name: [.long, .customShort("t")], help: "Give the command a terminal also where output is none.")
  var tty = false

  @Flag(name: [.long, .customShort("T")], help: "Give the command no terminal.")
  var noTty = false

  @Option(name: [.long, .customShort("u")], help: ArgumentHelp("The user inside.", valueName: "user"))
  var user: String?

  @Option(
    name: [.long, .customShort("e")], help: ArgumentHelp("More environment.", valueName: "NAME=value"))
  var env: [String] = []

  @OptionGroup(title: "Global options") var global: GlobalOptions

  func validate() throws {
    try global.refuseJSON("exec")
    guard !command.isEmpty else {
      throw ValidationError("No command is given; write it after '--', as in: mcp exec \(target) -- sh")
    }
    guard !(tty && noTty) else { throw ValidationError("'--tty' and '--no-tty' exclude each other.") }
    for variable in env where !variable.contains("=") || variable.hasPrefix("=") {
      throw ValidationError("'\(variable)' is no NAME=value.")
    }
  }

  func run() async throws {
    let session = try Session.open(global)
    let request = request(for: session)
    let node = try await session.node(of: target.service)
    let target = target
    let code = try await session.withPlane(on: node) { plane in
      let running = try await plane.exec(target, request: request)
      return try await ExecTerminal(session: running, request: request, console: session.console).run()
    }
    if code != 0 { throw ExitCode(Int32(clamping: code)) }
  }

  /// Decides on terminal and input as people expect it from `ssh` and `docker`.
  func request(for session: Session) -> ExecRequest {
    let console = session.console
    let isOnTerminal = console.inputIsTerminal && console.outputIsTerminal
    let wantsTerminal = !noTty && (tty || isOnTerminal)
    var environment = env
    if wantsTerminal, let term = session.context.environment["TERM"],
      !env.contains(where: { $0.hasPrefix("TERM=") })
    {
      environment.append("TERM=\(term)")
    }
    return ExecRequest(
      command: command, tty: wantsTerminal, stdin: wantsTerminal || interactive || !console.inputIsTerminal,
      user: user, environment: environment, size: wantsTerminal ? console.size() : nil)
  }
}
