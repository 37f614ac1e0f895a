import ArgumentParser
import Engine

/// `mcp service edit`.
struct ServiceEditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "edit",
    abstract: "Edit the local definition of a service.",
    discussion: """
      Opens the local file, or what is deployed where there is none, in $VISUAL, $EDITOR or vi. What has \
      mistakes is not kept but offered for editing again; the text is never lost. Nothing is deployed.

      Example:
        mcp service edit web
      """)

  @Argument(
    help: "The service.", completion: .custom(Completions.localServices), transform: TargetArgument.service)
  var service: String

  @OptionGroup(title: "Global options") var global: GlobalOptions

  func run() async throws {
    try global.refuseJSON("service edit")
    let session = try Session.open(global)
    let path = session.definitionPath(of: service)
    let local = try AtomicFile.read(path)
    let original: String
    if let local {
      original = local
    } else {
      original = ServiceFile.format(try await session.record(of: service).definition)
    }
    let draft = try Draft(service: service, text: original, directory: session.temporaryDirectory)
    guard let edited = try await draft.edit(session) else {
      draft.discard()
      try session.console.output("\(service): not changed\n")
      return
    }
    guard try AtomicFile.read(path) == local else {
      throw EngineError(
        .conflict, "'\(path)' was changed by somebody else in the meantime",
        hint: "your text is kept in \(draft.path)", service: service)
    }
    do {
      try AtomicFile.write(edited, to: path)
    } catch {
      throw draft.keeping(error)
    }
    draft.discard()
    try session.console.output(
      LineDiff.unified(
        from: original, to: edited, oldName: local == nil ? "deployed" : path, newName: path,
        style: global.outputStyle))
    session.console.error("\(service): written to \(path); mcp deploy \(service) makes the node run it\n")
  }
}
