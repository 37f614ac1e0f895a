import ArgumentParser
import Engine

extension Session {
  /// Runs an operation of one node's agent, showing its progress.
  func operate<Outcome: Sendable>(
    _ subject: String, service: String?, on node: NodeAddress, timeout: DurationArgument?,
    _ call: @escaping @Sendable (any ControlPlane, @escaping ProgressHandler) async throws -> Outcome
  ) async throws -> Outcome {
    let limit = Self.limit(timeout, subject: subject, service: service)
    return try await showingProgress(
      of: subject, service: service,
      whoGoesOn: "the agent on \(node.name) finishes or undoes what it has begun"
    ) { progress in
      try await withPlane(on: node, limit: limit) { try await call($0, progress) }
    }
  }

  /// Shows progress while `body` runs, and says on an interrupt that the operation goes on.
  func showingProgress<Outcome>(
    of subject: String, service: String?, whoGoesOn: String,
    _ body: (@escaping ProgressHandler) async throws -> Outcome
  ) async throws -> Outcome {
    let printer = ProgressPrinter(console: console, style: options.errorStyle, now: context.now)
    let notice = EngineError(
      .cancelled, "interrupted while waiting for \(subject): \(whoGoesOn)",
      hint: Self.fate(of: service),
      service: service)
    context.interruption.setNotice {
      printer.finish()
      report(notice)
    }
    defer {
      context.interruption.setNotice(nil)
      printer.finish()
    }
    return try await body(printer.handler)
  }

  /// The limit that an operator set; an operation goes on in the agent when it has passed.
  static func limit(_ timeout: DurationArgument?, subject: String, service: String?) -> TimeLimit? {
    timeout.map {
      TimeLimit(
        duration: $0.duration, subject: subject,
        hint: "the agent finishes or undoes what it has begun; \(fate(of: service))")
    }
  }

  private static func fate(of service: String?) -> String {
    "mcp events" + (service.map { " --service \($0)" } ?? "") + " shows what became of it"
  }

  /// Shows how an operation ended, or what it would do.
  func show(_ result: OperationResult, node: NodeAddress) throws {
    guard !options.json else {
      try console.output(try JSON.document(OperationDocument(result: result, node: node.name)))
      return
    }
    for warning in result.warnings {
      console.error(options.errorStyle.paint("warning:", .yellow) + " \(Printable.line(warning))\n")
    }
    try console.output(OperationText.render(result, width: console.outputWidth, style: options.outputStyle))
  }

  /// Writes an error to standard error.
  func report(_ error: EngineError) {
    console.error(
      options.json ? ErrorRenderer.json(error) : ErrorRenderer.text(error, style: options.errorStyle))
  }
}
