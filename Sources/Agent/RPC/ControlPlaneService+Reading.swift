internal import Engine
internal import GRPCCore

extension ControlPlaneService {
  /// Answers with the services of the registry.
  func list(request: Mcp_V1_ListRequest, context: ServerContext) async throws -> Mcp_V1_ListResponse {
    try await answer(context) { plane in
      var response = Mcp_V1_ListResponse()
      response.services = try await plane.list().map(Mcp_V1_ServiceSummary.init)
      return response
    }
  }

  /// Answers with components as they are.
  func ps(request: Mcp_V1_PsRequest, context: ServerContext) async throws -> Mcp_V1_PsResponse {
    try await answer(context) { plane in
      let service = request.hasService ? try FieldPath.root["service"].name(request.service) : nil
      var response = Mcp_V1_PsResponse()
      response.components = try await plane.ps(service: service, live: request.live)
        .map(Mcp_V1_ComponentStatus.init)
      return response
    }
  }

  /// Answers with desired against observed state.
  func status(
    request: Mcp_V1_StatusRequest, context: ServerContext
  ) async throws -> Mcp_V1_StatusResponse {
    try await answer(context) { plane in
      let service = request.hasService ? try FieldPath.root["service"].name(request.service) : nil
      return Mcp_V1_StatusResponse(try await plane.status(service: service))
    }
  }

  /// Answers with a deployed service.
  func getService(
    request: Mcp_V1_GetServiceRequest, context: ServerContext
  ) async throws -> Mcp_V1_GetServiceResponse {
    try await answer(context) { plane in
      let name = try FieldPath.root["name"].name(request.name)
      return Mcp_V1_GetServiceResponse(try await plane.service(name))
    }
  }

  /// Answers with the revisions of a service.
  func history(
    request: Mcp_V1_HistoryRequest, context: ServerContext
  ) async throws -> Mcp_V1_HistoryResponse {
    try await answer(context) { plane in
      let name = try FieldPath.root["service"].name(request.service)
      var response = Mcp_V1_HistoryResponse()
      response.revisions = try await plane.history(name).map(Mcp_V1_Revision.init)
      return response
    }
  }

  /// Answers with the node.
  func getNode(
    request: Mcp_V1_GetNodeRequest, context: ServerContext
  ) async throws -> Mcp_V1_GetNodeResponse {
    try await answer(context) { plane in
      var response = Mcp_V1_GetNodeResponse()
      response.node = Mcp_V1_NodeInfo(try await plane.node())
      return response
    }
  }

  /// Answers with what is found on the node.
  func doctor(
    request: Mcp_V1_DoctorRequest, context: ServerContext
  ) async throws -> Mcp_V1_DoctorResponse {
    try await answer(context) { plane in
      var response = Mcp_V1_DoctorResponse()
      response.findings = try await plane.doctor().map(Mcp_V1_DoctorFinding.init)
      return response
    }
  }

  /// Answers with the agent's scripts.
  func listScripts(
    request: Mcp_V1_ListScriptsRequest, context: ServerContext
  ) async throws -> Mcp_V1_ListScriptsResponse {
    try await answer(context) { plane in
      var response = Mcp_V1_ListScriptsResponse()
      response.scripts = try await plane.scripts().map(Mcp_V1_ScriptInfo.init)
      return response
    }
  }

  /// Answers with what is wrong with the agent's scripts.
  func checkScripts(
    request: Mcp_V1_CheckScriptsRequest, context: ServerContext
  ) async throws -> Mcp_V1_CheckScriptsResponse {
    try await answer(context) { plane in
      var response = Mcp_V1_CheckScriptsResponse()
      response.reports = try await plane.checkScripts().map(Mcp_V1_ScriptReport.init)
      return response
    }
  }

  /// Loads scripts again and answers with what became of them.
  func reloadScripts(
    request: Mcp_V1_ReloadScriptsRequest, context: ServerContext
  ) async throws -> Mcp_V1_ReloadScriptsResponse {
    try await answer(context) { plane in
      var response = Mcp_V1_ReloadScriptsResponse()
      response.reports = try await plane.reloadScripts(request.names).map(Mcp_V1_ScriptReport.init)
      return response
    }
  }

  /// Serves a call that has one answer, which does not take forever even where the client would wait.
  func answer<Response: Sendable>(
    _ context: ServerContext, _ work: @escaping @Sendable (any ControlPlane) async throws -> Response
  ) async throws -> Response {
    let limit = limits.answerTimeout
    return try await serve(context) { plane in
      do {
        return try await TimeLimit.run(limit) { try await work(plane) }
      } catch is TimeLimit.Exceeded {
        throw EngineError(.timeout, "\(context.descriptor.method) took longer than \(limit)")
      }
    }
  }
}
