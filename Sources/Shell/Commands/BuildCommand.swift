import ArgumentParser
import Engine

/// `mcp build`.
struct BuildCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Build the images of a definition here, and push them.",
    discussion: """
      Runs this machine's podman for each image under [build.images], in the source tree `path` below [build] workspace \
      of the configuration, and pushes it to the registry of the component that uses it. Images of localhost stay here.

      Examples:
        mcp build web               all its images
        mcp build web api           one of them
        mcp build web --plan        show what would be built
      """)

  @Argument(
    help: "The service.", completion: .custom(Completions.localServices), transform: TargetArgument.service)
  var service: String

  @Argument(help: "Only these of its images.") var images: [String] = []

  @Flag(name: .long, help: "Build only.")
  var noPush = false

  @Flag(name: .long, help: "Show what would be built and do nothing.")
  var plan = false

  @OptionGroup(title: "Global options") var global: GlobalOptions

  func run() async throws {
    let session = try Session.open(global)
    let definition = try session.configuration.definition(named: service).definition
    let builds = try BuildPlan.make(definition, workspace: session.configuration.workspace, only: images)
    if plan {
      let planned = builds.map { BuiltImage($0, built: false, pushed: false) }
      return try show(
        planned, session,
        builds.map { "build \($0.reference) in \($0.context)" + (pushes($0) ? " and push it" : "") })
    }
    let podman = try LocalPodman(environment: session.context.environment)
    var done: [BuiltImage] = []
    for image in builds {
      session.console.error(Printable.line("building \(image.reference)") + "\n")
      try await podman.build(image)
      if pushes(image) {
        session.console.error(Printable.line("pushing \(image.reference)") + "\n")
        try await podman.push(image)
      }
      done.append(BuiltImage(image, built: true, pushed: pushes(image)))
    }
    try show(done, session, done.map { "\($0.reference): built" + ($0.pushed ? " and pushed" : "") })
  }

  private func pushes(_ image: ImageBuild) -> Bool { image.isPushed && !noPush }

  private func show(_ images: [BuiltImage], _ session: Session, _ lines: [String]) throws {
    if global.json { return try session.console.output(try JSON.document(images)) }
    try session.console.output(lines.map { Printable.line($0) + "\n" }.joined())
  }
}

/// The documented shape of an image that was, or would be, built.
private struct BuiltImage: Encodable {
  var image: String
  var reference: String
  var dockerfile: String
  var context: String
  var built: Bool
  var pushed: Bool

  init(_ build: ImageBuild, built: Bool, pushed: Bool) {
    image = build.name
    reference = build.reference
    dockerfile = build.dockerfile
    context = build.context
    self.built = built
    self.pushed = pushed
  }
}
