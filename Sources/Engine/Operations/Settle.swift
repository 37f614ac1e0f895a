internal import Foundation
internal import Logging

/// Finishing what an earlier agent, or an unreachable runtime, left unfinished.
///
/// The journal says what was begun; the world says how far it came. The plan is made again from both, so the
/// same code finishes an operation that was killed at any step. A step named `undo` in the journal means that
/// the operation had failed and was going back.
extension NodeContext {
  static let undoAction = "undo"

  /// Reads the journal at start: every service in it is unsettled until its operation is finished or undone.
  ///
  /// What was adopted is made known to the runtimes.
  public func loadUnfinished() async throws {
    try await loadAdoptions()
    for operation in try await registry.unfinishedOperations() {
      await tracker.markUnsettled(operation.service)
    }
  }

  /// Settles everything that is unsettled, trying again until it is done or the task is cancelled.
  public func settleInBackground() async {
    var pause = Duration.milliseconds(250)
    var isTrimmed = false
    while !Task.isCancelled {
      let services = await tracker.unsettledServices
      if services.isEmpty {
        if !isTrimmed, await observed.isLoaded(.container) {
          await trimAllSecrets()
          isTrimmed = true
        }
        pause = .milliseconds(250)
        try? await Task.sleep(for: .seconds(1))
        continue
      }
      for service in services {
        do {
          try await serviceLocks.withLock(service) { try await self.settle(service) }
        } catch {
          logger.warning(
            "an unfinished operation could not be settled yet",
            metadata: ["service": "\(service)", "error": "\(error)"])
        }
      }
      try? await Task.sleep(for: pause)
      pause = min(pause * 2, .seconds(15))
    }
  }

  /// Settles one service; the caller holds its lock.
  func settle(_ service: String) async throws {
    guard await tracker.isUnsettled(service) else { return }
    for operation in try await registry.unfinishedOperations() where operation.service == service {
      try await settle(operation)
    }
    await tracker.markSettled(service)
  }

  private func settle(_ operation: OperationRecord) async throws {
    let next = (operation.steps.map(\.sequence).max() ?? -1) + 1
    let subject = "\(operation.primitive) of \(operation.service)"
    for runtime in runtimes { try await monitor.refresh(runtime) }
    var outcome = OperationOutcome.done
    var message = "\(subject), begun by an earlier agent, was finished"
    if operation.steps.contains(where: { $0.step.action == Self.undoAction }) {
      try await undo(operation, firstSequence: next) { _ in }
      outcome = .undone
      message = "\(subject), which had failed, was undone"
    } else {
      do {
        try await converge(
          operation, to: operation.removing ? nil : operation.after, firstSequence: next,
          policy: operation.isAtomic ? .stopAtFirst : .goOn
        ) { _ in }
      } catch {
        let failure = EngineError.wrap(error)
        if failure.code == .unavailable || failure.code == .timeout { throw failure }
        if operation.isAtomic {
          try await undo(operation, firstSequence: next + 1000) { _ in }
          outcome = .undone
        } else {
          outcome = operation.removing ? .undone : .kept
        }
        message = "\(subject), begun by an earlier agent, could not be finished: \(failure)"
      }
    }
    let stored = try await registry.finish(
      operation: operation.id, outcome: outcome,
      events: [
        Event(
          time: now(), actor: .agent, service: operation.service, component: operation.component,
          kind: EventKind.resumed, message: message,
          details: ["primitive": operation.primitive, "begun_by": operation.caller.actor.description])
      ])
    await events.announce(stored)
    await follow(operation.service)
  }

  /// Makes the world match the state before the operation.
  func undo(
    _ operation: OperationRecord, firstSequence: Int, progress: @escaping ProgressHandler
  ) async throws {
    try await registry.stepStarted(
      operation: operation.id, sequence: firstSequence,
      step: PlannedStep(
        component: "", action: Self.undoAction, message: "go back to what was there before"))
    await monitor.health.assume(operation.before?.definition, of: operation.service)
    for runtime in runtimes { try await monitor.refresh(runtime) }
    try await converge(
      operation, to: operation.before, firstSequence: firstSequence + 1, policy: .goBack, progress: progress)
  }

  private func converge(
    _ operation: OperationRecord, to desired: ServiceRecord?, firstSequence: Int, policy: Executor.Policy,
    progress: @escaping ProgressHandler
  ) async throws {
    let before = desired == operation.before ? operation.after : operation.before
    var input = try await planInput(operation.service, before: before, after: desired)
    input.discards = desired == operation.before
    if policy == .stopAtFirst, let desired {
      // What the deploy started may not have shown yet that it works.
      input.settles = settings.settle > .zero
      input.unproven = Set(
        desired.components.filter { $0.revision == desired.revision && $0.desired == .running }.map(\.name))
    }
    let executor = Executor(
      context: self, operation: operation.id, firstSequence: firstSequence, service: operation.service,
      desired: desired, instances: input.instances, policy: policy, control: OperationControl(),
      progress: progress)
    try await executor.run(Planner.plan(input))
  }
}

extension OperationRecord {
  /// Whether a failure takes everything back.
  fileprivate var isAtomic: Bool { [Primitive.deploy.name, Primitive.rollback.name].contains(primitive) }
}
