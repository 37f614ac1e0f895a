import ArgumentParser
import Engine
import Foundation

/// `mcp script test`.
struct ScriptTestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Run tests of scripts on simulated nodes.",
    discussion: """
      A test file is a script with mcp.test.case("…", function() … end). Each case has a node of its own, with the \
      real orchestrator over a runtime in memory and a clock that the test moves. Scripts and modules are found \
      from the directory above the test's own, so that hooks/notify_test.lua loads hooks/notify.lua.

      Examples:
        mcp script test hooks/notify_test.lua
        mcp script test hooks/*_test.lua
      """)

  @Argument(help: ArgumentHelp("The tests.", valueName: "file"), completion: .file(extensions: ["lua"]))
  var files: [String]

  @OptionGroup(title: "Global options") var global: GlobalOptions

  /// The documented shape of a case.
  private struct CaseDocument: Encodable {
    var file: String
    var name: String
    var ok: Bool
    var error: ErrorDocument?
  }

  func run() async throws {
    let session = try Session.open(global)
    var cases: [CaseDocument] = []
    for file in files {
      let text = try await ScriptText.read(file)
      let console = session.console
      do {
        let results = try await ScriptTestBench.run(
          text, name: file, files: ScriptText.files(above: file)
        ) { console.error(Printable.line($0) + "\n") }
        for result in results {
          cases.append(
            CaseDocument(
              file: file, name: result.name, ok: result.failure == nil,
              error: result.failure.map { ErrorDocument($0) }))
          try show(result, session)
        }
      } catch {
        let error = EngineError.wrap(error)
        cases.append(CaseDocument(file: file, name: "", ok: false, error: ErrorDocument(error)))
        if !global.json {
          session.console.error(ErrorRenderer.text(error, style: global.errorStyle))
        }
      }
    }
    let failed = cases.filter { !$0.ok }.count
    if global.json {
      try session.console.output(try JSON.document(cases))
    } else {
      try session.console.output("\(cases.count - failed) passed, \(failed) failed\n")
    }
    if failed > 0 { throw ExitCode(ExitStatus.failed.rawValue) }
  }

  private func show(_ result: ScriptTestBench.CaseResult, _ session: Session) throws {
    guard !global.json else { return }
    let style = global.outputStyle
    let mark = result.failure == nil ? style.paint("ok", .green) : style.paint("failed", .red)
    var text = "\(mark)  \(Printable.line(result.name))\n"
    if let failure = result.failure {
      text += ErrorRenderer.text(failure, style: style).split(separator: "\n").map { "    \($0)\n" }.joined()
    }
    try session.console.output(text)
  }
}
