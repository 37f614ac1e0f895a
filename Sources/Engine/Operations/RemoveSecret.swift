extension Orchestrator {
  /// Forgets a secret of a service, and removes its value.
  ///
  /// Throws `notFound` for one that is not set, `failedPrecondition` where the deployed definition uses it.
  public func removeSecret(_ name: String, of service: String) async throws {
    try Self.checkSecret(name, of: service)
    guard let secret = try await context.registry.secrets(of: service).first(where: { $0.name == name })
    else {
      throw EngineError(
        .notFound, "\(service) has no secret \(name)", hint: "mcp secret list \(service)", service: service)
    }
    let users = try await context.describe(secret).usedBy
    guard users.isEmpty else {
      throw EngineError(
        .failedPrecondition,
        "the secret \(name) is used by \(users.map { "\(service)/\($0)" }.joined(separator: ", "))",
        hint: "deploy a definition that does without it first", service: service)
    }
    try await admit(.removeSecret, Target(service: service))
    let event = Event(
      time: context.now(), actor: caller.actor, service: service, kind: EventKind.secretRemoved,
      message: "the secret \(name) of \(service) was removed",
      details: ["secret": name, "peer": caller.peer, "result": "done"])
    await context.events.announce(try await context.registry.removeSecret(name, of: service, event: event))
    await context.trimSecretsUnlessBusy(of: service)
  }
}
