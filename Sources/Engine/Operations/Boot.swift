internal import Logging

/// Runs the node's boot sequence.
public struct BootRequest: Hashable, Sendable {
  /// Returns what each stage would do and changes nothing.
  public var planOnly: Bool

  /// Creates a request.
  public init(planOnly: Bool = false) { self.planOnly = planOnly }
}

/// How a boot sequence went, or would go.
public struct BootReport: Hashable, Sendable, Codable {
  /// The stages.
  public var progress: BootProgress
  /// For a plan, what would be done to each service.
  public var results: [OperationResult]

  /// Creates a report.
  public init(progress: BootProgress, results: [OperationResult] = []) {
    self.progress = progress
    self.results = results
  }
}

extension Orchestrator {
  /// Runs the node's boot sequence from its first stage, or plans it.
  ///
  /// Cancelling stops the script between two steps; what is under way is finished.
  public func boot(_ request: BootRequest, progress: @escaping ProgressHandler) async throws -> BootReport {
    guard let script = context.settings.bootScript, let scripts = context.bootScripts else {
      throw EngineError(
        .failedPrecondition, "this node has no boot sequence",
        hint: "configure [[boot.sequence]], or make everything run that should: mcp recover")
    }
    try await admit(.boot, nil, planOnly: request.planOnly)
    guard request.planOnly else {
      return BootReport(
        progress: try await context.runBoot(script, with: scripts, isResuming: false, progress: progress))
    }
    let journal = BootJournal(
      sequence: context.settings.bootSequence, isAwaited: false, bootID: "", registry: nil, now: context.now,
      write: { _, _ in })
    try await journal.begin(script, isResuming: false)
    let plan = PlanRecorder()
    try await scripts.boot(script, journal: journal, plan: plan)
    await journal.finish()
    guard let planned = await journal.progress else { throw EngineError(.internalError, "there is no plan") }
    return BootReport(progress: planned, results: plan.results)
  }
}

extension NodeContext {
  /// Brings the node up: by its boot sequence, if it has one; everything else is healed from then on.
  ///
  /// Returns when the sequence has ended, or the task is cancelled.
  public func bootUp() async {
    guard let script = settings.bootScript, let scripts = bootScripts else { return await boot.open() }
    for runtime in runtimes {
      while !Task.isCancelled, await !observed.isLoaded(runtime.kind) {
        try? await Task.sleep(for: .milliseconds(50))
      }
    }
    guard !Task.isCancelled else { return }
    do {
      _ = try await runBoot(script, with: scripts, isResuming: true)
    } catch {
      logger.error("the boot sequence did not run", metadata: ["error": "\(error)"])
      if !Task.isCancelled { await boot.open() }
    }
  }

  /// Runs a boot script; where it fails, everything is started without it.
  func runBoot(
    _ script: String, with scripts: any BootScripts, isResuming: Bool,
    progress: @escaping ProgressHandler = { _ in }
  ) async throws -> BootProgress {
    try await boot.begin(script, isResuming: isResuming, progress: progress)
    do {
      try await scripts.boot(script, journal: boot, plan: nil)
      await boot.finish()
    } catch {
      let failure = EngineError.wrap(error)
      if Task.isCancelled || failure.code == .cancelled {
        await boot.abandon()
        throw failure
      }
      await boot.fail(failure)
    }
    guard let ended = await boot.progress else {
      throw EngineError(.cancelled, "the boot sequence was stopped")
    }
    return ended
  }
}
