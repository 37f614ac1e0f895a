import ArgumentParser
import Engine

extension Session {
  /// Runs an operation of one node's agent, showing its progress.
  ///
  /// An interrupt ends the wait; then it is said whether the agent finished the operation or took it back.
  func operate<Outcome: Sendable>(
    _ subject: String, service: String?, on node: NodeAddress, planOnly: Bool, timeout: DurationArgument?,
    _ call: @escaping @Sendable (any ControlPlane, @escaping ProgressHandler) async throws -> Outcome
  ) async throws -> Outcome {
    let limit = Self.limit(timeout, subject: subject, service: service)
    let outcome = OperationOutcomeSearch(subject: subject, service: service, node: node, began: context.now())
    do {
      return try await showingProgress(
        of: subject, service: service, whoGoesOn: "waiting for what the agent on \(node.name) makes of it",
        hint: "Ctrl-C again leaves; \(Self.fate(of: service))"
      ) { progress in
        try await withPlane(on: node, limit: limit) {
          outcome.markAsked()
          return try await call($0, progress)
        }
      }
    } catch  where context.interruption.happened && !planOnly {
      await context.interruption.awaitingOutcome { await tell(outcome) }
      throw error
    }
  }

  /// Shows progress while `body` runs, and says on an interrupt that the operation goes on.
  func showingProgress<Outcome>(
    of subject: String, service: String?, whoGoesOn: String, hint: String? = nil,
    _ body: (@escaping ProgressHandler) async throws -> Outcome
  ) async throws -> Outcome {
    let printer = ProgressPrinter(console: console, style: options.errorStyle, now: context.now)
    let notice = EngineError(
      .cancelled, "interrupted while waiting for \(subject): \(whoGoesOn)",
      hint: hint ?? Self.fate(of: service),
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

  static func fate(of service: String?) -> String {
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
