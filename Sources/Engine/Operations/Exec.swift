internal import Foundation

extension Orchestrator {
  /// Runs a command in a running component.
  ///
  /// The call is audited with the command's name.
  public func exec(_ target: Target, request: ExecRequest) async throws -> ExecSession {
    let record = try await service(target.service)
    let names = try Self.components(of: target, in: record)
    guard names.count == 1, let name = names.first else {
      throw EngineError(
        .invalidArgument, "\(target) has several components; a command runs in one",
        hint: "name one: \(record.components.map { "\(target.service)/\($0.name)" }.joined(separator: ", "))",
        service: target.service)
    }
    guard let program = request.command.first, !program.isEmpty else {
      throw EngineError(.invalidArgument, "there is no command to run", hint: "mcp exec \(target) -- sh")
    }
    try await admit(.exec, Target(service: target.service, component: name), command: request.command)
    let running = await context.observed.instances(of: target.service)
      .first { $0.labels.component == name && $0.state.isUp }
    guard let instance = running else {
      throw EngineError(
        .failedPrecondition, "\(target.service)/\(name) does not run",
        hint: "mcp start \(target.service)/\(name)", service: target.service, component: name)
    }
    let runtime = try context.runtime(instance.runtime)
    let session = try await runtime.exec(instance.id, request: request)
    await context.events.append([
      Event(
        time: context.now(), actor: caller.actor, service: target.service, component: name,
        kind: EventKind.exec,
        message: "\(program) was run in \(target.service)/\(name)",
        details: ["program": program, "arguments": String(request.command.count - 1), "peer": caller.peer])
    ])
    return session
  }
}
