import ArgumentParser
import Engine
import Foundation

/// `mcp script check`.
struct ScriptCheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say what is wrong with scripts, without effects.",
    discussion: """
      Without arguments the agent loads each of its scripts beside what runs; what a script would change while it \
      is loaded is only planned. With files they are loaded here, on a simulated node.

      Examples:
        mcp script check
        mcp script check hooks/notify.lua
      """)

  @Argument(
    help: ArgumentHelp("Scripts on this machine.", valueName: "file"), completion: .file(extensions: ["lua"]))
  var files: [String] = []

  @OptionGroup(title: "Global options") var global: GlobalOptions

  func run() async throws {
    let session = try Session.open(global)
    var reports: [ScriptReport] = []
    if files.isEmpty {
      let planes = PlaneKeeper(session)
      let node = try await planes.node()
      reports = try await session.withPlane(on: node) { try await $0.checkScripts() }
    } else {
      for file in files { reports.append(try await Self.check(file)) }
    }
    try session.show(reports, nothing: "there are no scripts")
  }

  private static func check(_ file: String) async throws -> ScriptReport {
    let text = try await ScriptText.read(file)
    let name = (file as NSString).lastPathComponent
    do {
      let hooks = try await ScriptTestBench.check(text, name: name, modules: ScriptText.modules(of: file))
      return ScriptReport(name: file, ok: true, message: "in order", hooks: hooks)
    } catch {
      return ScriptReport(name: file, ok: false, message: "does not load", error: EngineError.wrap(error))
    }
  }
}

extension Session {
  /// Shows what became of scripts; ends the command with 1 where something is wrong with one.
  func show(_ reports: [ScriptReport], nothing: String) throws {
    if options.json {
      try console.output(try JSON.document(reports))
    } else if reports.isEmpty {
      console.error("\(nothing)\n")
    } else {
      try console.output(ScriptReportText.render(reports, style: options.outputStyle))
    }
    if reports.contains(where: { !$0.ok }) { throw ExitCode(ExitStatus.failed.rawValue) }
  }
}
