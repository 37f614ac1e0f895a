/// What is about to be done, as those see it who may refuse it.
public struct PendingOperation: Sendable {
  /// The primitive.
  public var primitive: Primitive
  /// The service and component concerned; `nil` for what concerns the node.
  public var target: Target?
  /// Who wants it.
  public var actor: Actor
  /// Whether it would only be planned.
  public var isPlanned: Bool
  /// What would be deployed.
  public var definition: ServiceDefinition?
  /// What would be run.
  public var command: [String] = []
}

/// May refuse operations before they begin.
public protocol OperationGate: Sendable {
  /// Returns, or throws `failedPrecondition` with the reason of the refusal.
  func admit(_ operation: PendingOperation) async throws
}

extension Orchestrator {
  /// Asks the gate, if there is one; a refusal is an event.
  func admit(
    _ primitive: Primitive, _ target: Target?, planOnly: Bool = false, definition: ServiceDefinition? = nil,
    command: [String] = []
  ) async throws {
    guard let gate = context.gate else { return }
    do {
      try await gate.admit(
        PendingOperation(
          primitive: primitive, target: target, actor: caller.actor, isPlanned: planOnly,
          definition: definition, command: command))
    } catch {
      let failure = EngineError.wrap(error).about(service: target?.service, component: target?.component)
      if failure.code != .cancelled, !planOnly {
        await context.events.append(
          Event(
            time: context.now(), actor: caller.actor, service: target?.service, component: target?.component,
            kind: EventKind.denied, message: failure.message,
            details: ["primitive": primitive.name, "peer": caller.peer, "result": "refused"]),
          limitedBy: "refused \(caller.actor) \(primitive.name)")
      }
      throw failure
    }
  }
}
