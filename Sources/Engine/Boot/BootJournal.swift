internal import Foundation

/// What a boot script tells of its stages: kept for whoever asks, and for an agent that is started again.
///
/// A stage that has ended is remembered for as long as the machine runs.
public actor BootJournal {
  /// The most stages of a sequence.
  static let maximumStages = 100

  /// The stages of the agent's configuration.
  nonisolated let sequence: [BootStage]
  private let bootID: String
  private let registry: Registry?
  private let now: @Sendable () -> Date
  /// Writes an event; the second argument is what it is limited by, if anything.
  private let write: @Sendable (Event, String?) async -> Void
  private var progressHandler: ProgressHandler?
  private(set) var progress: BootProgress?
  /// Whether a sequence is still to come, or under way.
  private var isAwaited: Bool
  /// Stages that ended before, in this boot of the machine.
  private var ended: [String: BootProgress.StageState] = [:]
  /// What wants to know that services may be healed.
  private var onOpen: (@Sendable () -> Void)?

  /// Creates a journal.
  ///
  /// `isAwaited` says whether a sequence is to come; what has ended is forgotten with the agent where there is no
  /// `registry`.
  init(
    sequence: [BootStage], isAwaited: Bool, bootID: String, registry: Registry?,
    now: @escaping @Sendable () -> Date, write: @escaping @Sendable (Event, String?) async -> Void
  ) {
    self.sequence = sequence
    self.isAwaited = isAwaited
    self.bootID = bootID
    self.registry = registry
    self.now = now
    self.write = write
  }

  /// Whether a sequence is under way.
  var isRunning: Bool { progress?.state == .running }

  /// Calls `listener` whenever more services may be healed.
  func onOpen(_ listener: @escaping @Sendable () -> Void) { onOpen = listener }

  /// Whether the agent may make a service run by itself: not one whose stage is still to come.
  func mayHeal(_ service: String) -> Bool {
    guard isAwaited else { return true }
    return progress?.stages.contains { $0.state.isOver && $0.services.contains(service) } ?? false
  }

  // MARK: - The sequence

  /// Begins a sequence; `isResuming` goes on behind what ended before in this boot of the machine.
  ///
  /// Throws `conflict` while one is under way.
  func begin(
    _ script: String, isResuming: Bool, progress: ProgressHandler? = nil
  ) async throws {
    if isRunning {
      throw EngineError(
        .conflict, "the boot sequence of \(script) is under way", hint: "mcp status shows how far it is")
    }
    self.progress = BootProgress(script: script, startedAt: now())
    progressHandler = progress
    ended = isResuming ? try await registry?.bootStages(of: bootID) ?? [:] : [:]
    if !isResuming { try await registry?.forgetBootStages() }
  }

  /// Ends the sequence well.
  func finish() async {
    guard let progress, progress.state == .running else { return }
    self.progress?.state = .done
    self.progress?.endedAt = now()
    let failed = progress.stages.filter { $0.state == .failed }.map(\.name)
    let took = DurationText.format(.milliseconds(Int64(now().timeIntervalSince(progress.startedAt) * 1000)))
    var message = "the boot sequence of \(progress.script) ended after \(took)"
    if !failed.isEmpty { message += "; what failed: \(failed.joined(separator: ", "))" }
    await tell(
      EventKind.bootDone, message, ["script": progress.script, "failed": failed.joined(separator: " ")])
    progressHandler = nil
    open()
  }

  /// Ends the sequence because its script failed.
  func fail(_ error: EngineError) async {
    guard let progress, progress.state == .running else { return }
    self.progress?.state = .failed
    self.progress?.endedAt = now()
    self.progress?.message = error.description
    var details = ["script": progress.script, "error": error.code.rawValue]
    if !error.details.isEmpty { details["trace"] = error.details.joined(separator: "\n") }
    await tell(
      EventKind.bootFailed,
      "the boot script \(progress.script) failed, and everything is started without it: \(error)", details)
    progressHandler = nil
    open()
  }

  /// Takes back that a sequence was under way: whoever ran it was stopped.
  func abandon() {
    if progress?.state == .running { progress = nil }
    progressHandler = nil
  }

  /// Lets everything be healed.
  func open() {
    isAwaited = false
    onOpen?()
  }

  // MARK: - Stages

  /// Takes the stages in that a script is about to bring up; returns those that have ended before.
  func declare(_ stages: [BootProgress.Stage]) throws -> [String: BootProgress.StageState] {
    guard progress?.state == .running else {
      throw EngineError(.failedPrecondition, "no boot sequence is under way", hint: "mcp boot runs it")
    }
    var known = progress?.stages ?? []
    for stage in stages {
      if known.contains(where: { $0.name == stage.name }) {
        throw EngineError(.invalidArgument, "two stages are called \(stage.name)")
      }
      var stage = stage
      if let before = ended[stage.name] { stage.state = before }
      known.append(stage)
    }
    guard known.count <= Self.maximumStages else {
      throw EngineError(.resourceExhausted, "a boot sequence has at most \(Self.maximumStages) stages")
    }
    progress?.stages = known
    onOpen?()
    return ended
  }

  /// Takes over how a stage is now.
  func note(_ name: String, _ state: BootProgress.StageState, _ message: String?) async throws {
    guard let index = progress?.stages.firstIndex(where: { $0.name == name }),
      var stage = progress?.stages[index]
    else {
      throw EngineError(.notFound, "no stage is called \(name)", hint: "mcp.boot.declare makes it known")
    }
    stage.state = state
    // Why the attempt before failed, until this one has ended.
    stage.message = message ?? (state == .running ? stage.message : nil)
    stage.since = now()
    if state == .running { stage.attempts += 1 }
    progress?.stages[index] = stage
    if state.isOver {
      try await registry?.keepBootStage(name, state, of: bootID)
      onOpen?()
    }
    await tell(stage)
  }

  // MARK: - Telling

  private func tell(_ stage: BootProgress.Stage) async {
    let services = stage.services.isEmpty ? "" : " (\(stage.services.joined(separator: ", ")))"
    let reason = stage.message ?? "no reason was given"
    let text =
      switch stage.state {
      case .pending: "the stage \(stage.name)\(services) waits"
      case .running:
        "the stage \(stage.name)\(services) begins"
          + (stage.attempts > 1 ? ", attempt \(stage.attempts)" : "")
      case .retrying: "the stage \(stage.name) failed and is tried again, later stages wait: \(reason)"
      case .done: "the stage \(stage.name) is up"
      case .failed: "the stage \(stage.name) failed, and the boot goes on: \(reason)"
      }
    await tell(
      EventKind.bootStage, text,
      [
        "stage": stage.name, "state": stage.state.rawValue, "attempt": "\(stage.attempts)",
        "required": "\(stage.required)", "script": progress?.script ?? "",
      ])
  }

  private func tell(_ kind: String, _ message: String, _ details: [String: String]) async {
    let event = Event(time: now(), actor: .agent, kind: kind, message: message, details: details)
    progressHandler?(OperationProgress(service: "", component: nil, phase: kind, message: message))
    // A stage that is tried for ever tells so, and not for ever as often.
    let isRepeated = kind == EventKind.bootStage
    await write(event, isRepeated ? "boot \(details["stage"] ?? "") \(details["state"] ?? "")" : nil)
  }
}
