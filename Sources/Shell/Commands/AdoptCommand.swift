import ArgumentParser
import Engine
import Foundation

/// `mcp adopt`.
struct AdoptCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "adopt",
    abstract: "Take running containers under management without restarting them.",
    discussion: """
      The definition is derived from the containers and written to the services directory; where a file is there \
      already, the difference is shown and the file is left as it is. What a definition cannot say is listed, and the \
      container is refused unless --force is given. Without --container or --compose those are taken whose name is \
      <service>-<component>.

      Examples:
        mcp adopt web --plan                    what would be taken, and as what
        mcp adopt web                           web-api, web-db, …
        mcp adopt web --container api=old-api   one by its name
        mcp adopt web --compose shop            what a compose project runs
        mcp adopt --all                         everything that is no service's
      """)

  @Argument(
    help: "The service that they become.", completion: .custom(Completions.localTargets),
    transform: TargetArgument.service)
  var service: String?

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp("Take this container as that component.", valueName: "component=container"))
  var container: [String] = []

  @Option(
    name: .long, help: ArgumentHelp("Take the containers of this compose project.", valueName: "project"))
  var compose: String?

  @Flag(name: .long, help: "Take everything that runs and is no service's.")
  var all = false

  @Flag(name: .long, help: "Take also what a definition cannot wholly say.")
  var force = false

  @Flag(name: .long, help: "Show what would be taken, and change nothing.")
  var plan = false

  @OptionGroup(title: "Global options") var global: GlobalOptions

  /// The documented shape of the result.
  private struct Document: Encodable {
    struct Service: Encodable {
      var service: String
      var revision: Int64?
      var definition: String
      var path: String
      var fileDiffers: Bool
      var members: [AdoptedService.Member]
    }

    var services: [Service]
    var failures: [EngineError]
  }

  func validate() throws {
    if all, service != nil || !container.isEmpty || compose != nil {
      throw ValidationError("--all takes no service and chooses nothing.")
    }
    if !all, service == nil, compose == nil {
      throw ValidationError("Missing expected argument '<service>', or '--all'.")
    }
    if compose != nil, !container.isEmpty {
      throw ValidationError("--compose and --container cannot be used together.")
    }
    _ = try chosen()
  }

  private func chosen() throws -> [String: String] {
    var chosen: [String: String] = [:]
    for text in container {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2, ServiceDefinition.isValidName(parts[0]), chosen[parts[0]] == nil else {
        throw ValidationError("--container takes component=container, each component once, not '\(text)'.")
      }
      chosen[parts[0]] = parts[1]
    }
    return chosen
  }

  func run() async throws {
    let session = try Session.open(global)
    let request = AdoptRequest(
      service: service, containers: try chosen(), project: compose, force: force, planOnly: plan)
    let nodes = try session.nodes()
    guard let node = nodes.first, nodes.count == 1 else {
      throw EngineError(
        .invalidArgument, "there are \(nodes.count) nodes", hint: "say on which one they run: --node NAME")
    }
    let report = try await session.operate(
      "the adoption", service: service, on: node, planOnly: plan, timeout: nil
    ) { plane, progress in
      try await plane.adopt(request, progress: progress)
    }
    var document = Document(services: [], failures: report.failures)
    for adopted in report.services { document.services.append(try show(adopted, session)) }
    if global.json {
      try session.console.output(try JSON.document(document))
    } else {
      for failure in report.failures { session.report(failure) }
    }
    if !report.failures.isEmpty { throw ExitCode(ExitStatus.failed.rawValue) }
  }

  private func show(_ adopted: AdoptedService, _ session: Session) throws -> Document.Service {
    let name = adopted.definition.name
    let path = session.definitionPath(of: name)
    let text = ServiceFile.format(adopted.definition)
    let local = try AtomicFile.read(path)
    if local == nil, !plan { try AtomicFile.write(text, to: path) }
    if !global.json {
      for member in adopted.members {
        for problem in member.problems {
          session.console.error(
            global.errorStyle.paint("warning:", .yellow)
              + " \(Printable.line("\(member.container): \(problem)"))\n")
        }
      }
      let names = adopted.members.map { "\($0.container) as \($0.component)" }.joined(separator: ", ")
      let headline =
        adopted.result.map { "\(name): adopted as revision \($0.revision): \(names)" }
        ?? "\(name): would adopt \(names)"
      try session.console.output(Printable.line(headline) + "\n")
      try session.console.output(file(text, of: name, local: local, path: path, style: global.outputStyle))
    }
    return Document.Service(
      service: name, revision: adopted.result?.revision, definition: text, path: path,
      fileDiffers: local.map { $0 != text } ?? false, members: adopted.members)
  }

  /// What becomes of the definition's file.
  private func file(_ text: String, of name: String, local: String?, path: String, style: Style) -> String {
    guard let local else { return plan ? text : "\(name): written to \(path)\n" }
    guard local != text else { return "\(path) says the same\n" }
    return "\(path) differs and stays as it is:\n"
      + LineDiff.unified(from: text, to: local, oldName: "adopted", newName: path, style: style)
  }
}
