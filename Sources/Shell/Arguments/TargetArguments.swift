import ArgumentParser
import Engine

/// What `start`, `stop` and `restart` take, and what they do with it.
struct TargetArguments: ParsableArguments {
  @Argument(
    help: ArgumentHelp("The service, or one component of it.", valueName: "service[/component]"),
    completion: .custom(Completions.deployedTargets), transform: TargetArgument.target)
  var target: Target

  @Flag(name: .long, help: "Show the steps and change nothing.")
  var plan = false

  @Option(name: .long, help: ArgumentHelp("Wait no longer than that, such as 90s or 10m.", valueName: "time"))
  var timeout: DurationArgument?

  /// Runs one of the operations and shows its result.
  func operate(
    _ verb: String, _ global: GlobalOptions,
    _ call:
      @escaping @Sendable (any ControlPlane, TargetRequest, @escaping ProgressHandler) async throws ->
      OperationResult
  ) async throws {
    let session = try Session.open(global)
    let node = try await session.node(of: target.service)
    let request = TargetRequest(target: target, planOnly: plan)
    let result = try await session.operate(
      "the \(verb) of \(target)", service: target.service, on: node, planOnly: plan,
      timeout: timeout
    ) { plane, progress in
      try await call(plane, request, progress)
    }
    try session.show(result, node: node)
  }
}
