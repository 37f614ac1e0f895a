internal import SwiftProtobuf

extension Mcp_V1_DeployRequest {
  /// Creates the message of a request.
  package init(_ request: DeployRequest) {
    self.init()
    definition = Mcp_V1_Service(request.definition)
    if let component = request.component { self.component = component }
    planOnly = request.planOnly
  }
}

extension DeployRequest {
  /// Creates a request from its message; throws `invalidArgument` naming the field.
  package init(wire: Mcp_V1_DeployRequest) throws {
    let path = FieldPath.root
    guard wire.hasDefinition else { throw path["definition"].invalid("is required") }
    self.init(
      definition: try ServiceDefinition(wire: wire.definition, at: path["definition"]),
      component: wire.hasComponent ? try path["component"].name(wire.component) : nil,
      planOnly: wire.planOnly)
  }
}

extension Mcp_V1_SyncRequest {
  /// Creates the message of a request.
  package init(_ request: SyncRequest) {
    self.init()
    definitions = request.definitions.map(Mcp_V1_Service.init)
    prune = request.prune
    planOnly = request.planOnly
  }
}

extension SyncRequest {
  /// Creates a request from its message; throws `invalidArgument` naming the field.
  package init(wire: Mcp_V1_SyncRequest) throws {
    self.init(
      definitions: try wire.definitions.converted(at: .root["definitions"]) {
        try ServiceDefinition(wire: $0, at: $1)
      },
      prune: wire.prune, planOnly: wire.planOnly)
  }
}

extension Mcp_V1_RecoverRequest {
  /// Creates the message of a request.
  package init(_ request: RecoverRequest) {
    self.init()
    services = request.services
    if let parallel = request.parallel { self.parallel = Int32(clamping: parallel) }
    planOnly = request.planOnly
  }
}

extension RecoverRequest {
  /// Creates a request from its message; throws `invalidArgument` naming the field.
  package init(wire: Mcp_V1_RecoverRequest) throws {
    self.init(
      services: try wire.services.converted(at: .root["services"]) { try $1.name($0) },
      parallel: wire.hasParallel ? Int(wire.parallel) : nil, planOnly: wire.planOnly)
  }
}

extension Mcp_V1_OperationProgress {
  /// Creates the message of a line of progress.
  package init(_ progress: OperationProgress) {
    self.init()
    service = progress.service
    if let component = progress.component { self.component = component }
    phase = progress.phase
    message = progress.message
  }
}

extension OperationProgress {
  /// Creates a line of progress from its message.
  package init(wire: Mcp_V1_OperationProgress) {
    self.init(
      service: wire.service, component: wire.hasComponent ? wire.component : nil, phase: wire.phase,
      message: wire.message)
  }
}

extension Mcp_V1_OperationResult {
  /// Creates the message of a result.
  package init(_ result: OperationResult) {
    self.init()
    service = result.service
    primitive = result.primitive
    revision = result.revision
    changed = result.changed
    planned = result.planned
    steps = result.steps.map { step in
      Mcp_V1_PlannedStep.with {
        $0.component = step.component
        $0.action = step.action
        $0.message = step.message
      }
    }
    changes = result.changes.map(Mcp_V1_FieldChange.init)
    warnings = result.warnings
    message = result.message
  }
}

extension OperationResult {
  /// Creates a result from its message.
  package init(wire: Mcp_V1_OperationResult) {
    self.init(
      service: wire.service, primitive: wire.primitive, revision: wire.revision, changed: wire.changed,
      planned: wire.planned, changes: wire.changes.map(FieldChange.init(wire:)),
      steps: wire.steps.map {
        PlannedStep(component: $0.component, action: $0.action, message: $0.message)
      },
      warnings: wire.warnings, message: wire.message)
  }
}

extension Mcp_V1_SyncResult {
  /// Creates the message of a result.
  package init(_ result: SyncResult) {
    self.init()
    results = result.results.map(Mcp_V1_OperationResult.init)
    failures = result.failures.map(Mcp_V1_Error.init)
  }
}

extension SyncResult {
  /// Creates a result from its message.
  package init(wire: Mcp_V1_SyncResult) {
    self.init(
      results: wire.results.map(OperationResult.init(wire:)),
      failures: wire.failures.map(EngineError.init(wire:)))
  }
}

extension Mcp_V1_Error {
  /// Creates the message of an error.
  package init(_ error: EngineError) {
    self.init()
    reason = error.code.rawValue
    message = error.message
    if let cause = error.cause { self.cause = cause }
    if let hint = error.hint { self.hint = hint }
    if let service = error.service { self.service = service }
    if let component = error.component { self.component = component }
    details = error.details
  }
}

extension EngineError {
  /// Creates an error from its message; a reason that is not known is an internal error.
  package init(wire: Mcp_V1_Error) {
    self.init(
      Code(rawValue: wire.reason) ?? .internalError, wire.message,
      cause: wire.hasCause ? wire.cause : nil, hint: wire.hasHint ? wire.hint : nil,
      service: wire.hasService ? wire.service : nil, component: wire.hasComponent ? wire.component : nil,
      details: wire.details)
  }
}
