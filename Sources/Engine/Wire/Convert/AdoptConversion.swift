extension Mcp_V1_AdoptRequest {
  /// Creates the message of a request.
  package init(_ request: AdoptRequest) {
    self.init()
    if let service = request.service { self.service = service }
    containers = request.containers
    if let project = request.project { self.project = project }
    force = request.force
    planOnly = request.planOnly
  }
}

extension AdoptRequest {
  /// Creates a request from its message; throws `invalidArgument` for a name that is none.
  package init(wire: Mcp_V1_AdoptRequest) throws {
    self.init(
      service: wire.hasService ? try FieldPath.root["service"].name(wire.service) : nil,
      containers: wire.containers,
      project: wire.hasProject ? wire.project : nil, force: wire.force, planOnly: wire.planOnly)
  }
}

extension Mcp_V1_AdoptReport {
  /// Creates the message of a report.
  package init(_ report: AdoptReport) {
    self.init()
    services = report.services.map { service in
      var message = Mcp_V1_AdoptedService()
      message.definition = Mcp_V1_Service(service.definition)
      message.members = service.members.map { member in
        var message = Mcp_V1_AdoptedService.Member()
        message.component = member.component
        message.container = member.container
        message.problems = member.problems
        return message
      }
      if let result = service.result { message.result = Mcp_V1_OperationResult(result) }
      return message
    }
    failures = report.failures.map(Mcp_V1_Error.init)
  }
}

extension AdoptReport {
  /// Creates a report from its message.
  package init(wire: Mcp_V1_AdoptReport) throws {
    self.init(
      services: try wire.services.map { service in
        AdoptedService(
          definition: try ServiceDefinition(wire: service.definition),
          members: service.members.map {
            AdoptedService.Member(component: $0.component, container: $0.container, problems: $0.problems)
          }, result: service.hasResult ? OperationResult(wire: service.result) : nil)
      }, failures: wire.failures.map(EngineError.init(wire:)))
  }
}
