internal import Foundation

extension Orchestrator {
  /// Gives a secret of a service a value.
  ///
  /// The value goes to a file that only the agent's user may read, and nowhere else. Components get it when they are next
  /// deployed. Idempotent: the value that it has already changes nothing.
  public func setSecret(
    _ name: String, of service: String, to value: SecretValue
  ) async throws -> SecretInfo {
    try Self.checkSecret(name, of: service)
    try await admit(.setSecret, Target(service: service))
    let present = try await context.registry.secrets(of: service).first { $0.name == name }
    if let present, (try? context.secretFiles.value(present.version, of: service)) == value {
      return try await context.describe(present)
    }
    let secret = SecretRecord(
      service: service, name: name, version: try context.secretFiles.add(value, to: service),
      setAt: context.now(), actor: caller.actor)
    let event = Event(
      time: secret.setAt, actor: caller.actor, service: service, kind: EventKind.secretSet,
      message: "the secret \(name) of \(service) was set",
      details: ["secret": name, "peer": caller.peer, "result": "done"])
    do {
      await context.events.announce(try await context.registry.setSecret(secret, event: event))
    } catch {
      context.secretFiles.remove(secret.version, of: service)
      throw error
    }
    await context.trimSecretsUnlessBusy(of: service)
    return try await context.describe(secret)
  }

  static func checkSecret(_ name: String, of service: String) throws(EngineError) {
    guard ServiceDefinition.isValidName(service) else {
      throw EngineError(.invalidArgument, "\(Text.quoted(service)) is not the name of a service")
    }
    if let problem = SecretFile.problem(ofName: name) {
      throw EngineError(.invalidArgument, problem, service: service)
    }
  }
}
