internal import Foundation

/// What a primitive wants to do, found out under the service's lock.
struct Intent: Sendable {
  /// The change of desired state.
  var change: DesiredChange
  /// Components to stop and start although nothing about them changed.
  var restart: Set<String> = []
  /// The components that may be touched; `nil` is all.
  var only: Set<String>?
  /// Whether a failure takes everything back.
  var atomic = false
  /// Components whose object is made anew although it is there.
  var renew: Set<String> = []
  /// Why the agent does it, where nobody asked for it.
  var reason: String?
}

extension Orchestrator {
  /// Runs a mutating primitive on one service: ask the gate, lock, settle, plan, journal, act, finish or undo.
  ///
  /// The operation runs in a task of its own. Cancelling the caller ends the wait: what has not been switched
  /// yet is undone, the rest is finished, and the outcome is an event.
  func perform(
    _ primitive: Primitive, on target: Target, planOnly: Bool, definition: ServiceDefinition? = nil,
    progress: @escaping ProgressHandler,
    intent: @escaping @Sendable (ServiceRecord?, OperationControl) async throws -> Intent
  ) async throws -> OperationResult {
    try await admit(primitive, target, planOnly: planOnly, definition: definition)
    if planOnly { return try await planned(primitive, on: target, intent: intent) }
    let control = OperationControl()
    if await context.serviceLocks.isHeld(target.service) {
      progress(
        OperationProgress(
          service: target.service, phase: "wait", message: "waiting for another operation on this service"))
    }
    do {
      try await context.serviceLocks.acquire(target.service)
    } catch {
      await tell(
        primitive, target, "\(primitive.name) of \(target) was cancelled before it began", "cancelled")
      throw error
    }
    let task = Task {
      let result: Result<OperationResult, any Error>
      do {
        let outcome = try await locked(
          primitive, on: target, control: control, progress: progress, intent: intent)
        if control.isCancelled, !outcome.changed { await tell(primitive, target, outcome.message, "done") }
        result = .success(outcome)
      } catch {
        result = .failure(error)
      }
      await context.serviceLocks.release(target.service)
      if caller.actor.kind == .agent {
        await context.healer?.lookSoon()
      } else {
        await context.healer?.forget(target.service)
      }
      return try result.get()
    }
    return try await withTaskCancellationHandler {
      try await task.value
    } onCancel: {
      control.cancel()
    }
  }

  private func planned(
    _ primitive: Primitive, on target: Target,
    intent: @Sendable (ServiceRecord?, OperationControl) async throws -> Intent
  ) async throws -> OperationResult {
    let current = try await context.registry.service(target.service)
    let intent = try await intent(current, OperationControl())
    let after = ServiceRecord.applying(intent.change, to: current, at: context.now(), by: caller.actor)
    try await refuseTakenPorts(after)
    let input = try await planInput(target.service, before: current, after: after, intent: intent)
    let plan = Planner.plan(input)
    let changed = !plan.isEmpty || current != after
    return OperationResult(
      service: target.service, primitive: primitive.name, revision: after?.revision ?? 0, changed: changed,
      planned: true, changes: DefinitionDiff.changes(from: current?.definition, to: after?.definition),
      steps: plan.steps.map(\.planned),
      message: changed
        ? "\(target): \(plan.steps.count) steps planned" : "\(target): nothing to do")
  }

  private func locked(
    _ primitive: Primitive, on target: Target, control: OperationControl,
    progress: @escaping ProgressHandler,
    intent: @Sendable (ServiceRecord?, OperationControl) async throws -> Intent
  ) async throws -> OperationResult {
    let service = target.service
    let ticket = try await context.tracker.begin(
      service: service, summary: "\(primitive.name) \(target) by \(caller.actor)")
    let began = ContinuousClock.now
    var hasBegun = false
    do {
      try await context.settle(service)
      let current = try await context.registry.service(service)
      let intent = try await intent(current, control)
      let preview = ServiceRecord.applying(intent.change, to: current, at: context.now(), by: caller.actor)
      var input = try await planInput(service, before: current, after: preview, intent: intent)
      if Planner.plan(input).isEmpty, current == preview, preview != nil {
        await context.tracker.end(ticket)
        return OperationResult(
          service: service, primitive: primitive.name, revision: preview?.revision ?? 0, changed: false,
          message: "\(target): nothing to do")
      }
      try control.check()
      try await context.faults?.reach("begin", .before)
      let record = try await context.registry.begin(
        NewOperation(
          primitive: primitive.name, service: service, component: target.component, caller: caller),
        change: intent.change)
      hasBegun = true
      try await context.faults?.reach("begin", .finished)
      input.desired = record.removing ? nil : record.after
      let result = try await carryOut(
        record, input: input, primitive: primitive, target: target, intent: intent, control: control,
        began: began, progress: progress)
      await context.tracker.end(ticket)
      return result
    } catch {
      if !hasBegun, control.isCancelled {
        await tell(
          primitive, target, "\(primitive.name) of \(target) was cancelled before it began", "cancelled")
      }
      await context.tracker.end(ticket)
      throw EngineError.wrap(error).about(service: service, component: target.component)
    }
  }

  /// Writes down the end of an operation that changed nothing, for the caller who gave up waiting for it.
  private func tell(_ primitive: Primitive, _ target: Target, _ message: String, _ result: String) async {
    let event = event(primitive, target, message: message, began: .now, extra: ["result": result])
    // Not in the caller's task, which is cancelled.
    await Task { await context.events.append([event]) }.value
  }

  /// Executes the plan of a journalled operation and finishes it in the registry, well or badly.
  private func carryOut(
    _ record: OperationRecord, input: Planner.Input, primitive: Primitive, target: Target, intent: Intent,
    control: OperationControl, began: ContinuousClock.Instant, progress: @escaping ProgressHandler
  ) async throws -> OperationResult {
    let plan = Planner.plan(input)
    let executor = Executor(
      context: context, operation: record.id, firstSequence: 0, service: target.service,
      desired: input.desired, instances: input.instances, policy: intent.atomic ? .stopAtFirst : .goOn,
      control: control, progress: progress)
    do {
      try await executor.run(plan)
      await context.follow(target.service)
    } catch {
      let failure = try await fail(
        error, record: record, primitive: primitive, target: target, intent: intent, began: began,
        nextSequence: executor.nextSequence, progress: progress)
      throw failure
    }
    try await context.faults?.reach("finish", .before)
    let changed = plan.changedComponents.count
    let revision = record.removing ? 0 : record.after?.revision ?? 0
    let message = Self.message(primitive, target, revision: revision, changed: changed)
    let events = try await context.registry.finish(
      operation: record.id, outcome: .done,
      events: [
        event(
          primitive, target, message: message + (intent.reason.map { ": \($0)" } ?? ""), began: began,
          extra: intent.facts.merging(["revision": "\(revision)"]) { $1 })
      ])
    await context.events.announce(events)
    try await context.faults?.reach("finish", .finished)
    return OperationResult(
      service: target.service, primitive: primitive.name, revision: revision, changed: true,
      steps: plan.steps.map(\.planned), warnings: executor.warnings, message: message)
  }

  /// Takes back what an atomic operation did, keeps the rest, writes the outcome and returns the error to throw.
  private func fail(
    _ error: EngineError, record: OperationRecord, primitive: Primitive, target: Target, intent: Intent,
    began: ContinuousClock.Instant, nextSequence: Int, progress: @escaping ProgressHandler
  ) async throws -> EngineError {
    var failure = error.about(service: target.service)
    var outcome: OperationOutcome = .kept
    if intent.atomic || record.removing {
      outcome = .undone
      if intent.atomic {
        progress(
          OperationProgress(
            service: target.service, phase: "undo", message: "going back to what was there before"))
        do {
          try await context.undo(record, firstSequence: nextSequence, progress: progress)
        } catch {
          let reason = EngineError.wrap(error)
          await context.tracker.markUnsettled(target.service)
          failure.details.append("going back failed too (\(reason)); the agent goes on trying")
          await context.events.append([
            event(
              primitive, target, message: "\(primitive.name) of \(target) failed: \(failure)", began: began,
              extra: intent.facts.merging(["result": "failed", "undo": "pending"]) { $1 })
          ])
          return failure
        }
      }
    }
    let events = try await context.registry.finish(
      operation: record.id, outcome: outcome,
      events: [
        event(
          primitive, target, message: "\(primitive.name) of \(target) failed: \(failure)", began: began,
          extra: intent.facts.merging([
            "result": failure.code == .cancelled ? "cancelled" : "failed", "error": failure.code.rawValue,
          ]) { $1 })
      ])
    await context.events.announce(events)
    await context.follow(target.service)
    return failure
  }

  private func event(
    _ primitive: Primitive, _ target: Target, message: String, began: ContinuousClock.Instant,
    extra: [String: String]
  ) -> Event {
    var details = [
      "result": "done", "peer": caller.peer,
      "duration_ms": String((ContinuousClock.now - began).milliseconds),
    ]
    details.merge(extra) { _, new in new }
    return Event(
      time: context.now(), actor: caller.actor, service: target.service, component: target.component,
      kind: primitive == .recover ? EventKind.recovered : primitive.name, message: message, details: details)
  }

  private static func message(
    _ primitive: Primitive, _ target: Target, revision: Int64, changed: Int
  ) -> String {
    switch primitive.name {
    case "deploy": "\(target): deployed revision \(revision) (\(changed) changed)"
    case "rollback": "\(target): rolled back, as revision \(revision) (\(changed) changed)"
    case "undeploy": "\(target): undeployed"
    case "start": "\(target): started"
    case "stop": "\(target): stopped"
    case "restart": "\(target): restarted"
    case "adopt": "\(target): adopted as revision \(revision)"
    case "recover": "\(target): runs again (\(changed) changed)"
    default: "\(target): \(primitive.name) done"
    }
  }
}

extension Intent {
  /// What an event says of it beside its outcome.
  fileprivate var facts: [String: String] { reason.map { ["reason": $0] } ?? [:] }
}

extension Duration {
  /// The whole milliseconds of this duration.
  var milliseconds: Int64 {
    let (seconds, attoseconds) = components
    return seconds * 1000 + attoseconds / 1_000_000_000_000_000
  }
}
