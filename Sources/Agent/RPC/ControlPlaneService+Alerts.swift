internal import Engine
internal import GRPCCore

extension ControlPlaneService {
  /// Answers with alerts and silences.
  func listAlerts(
    request: Mcp_V1_ListAlertsRequest, context: ServerContext
  ) async throws -> Mcp_V1_ListAlertsResponse {
    try await answer(context) { plane in
      Mcp_V1_ListAlertsResponse(try await plane.alerts(AlertQuery(resolved: Int(request.resolved))))
    }
  }

  /// Silences alerts.
  func silence(request: Mcp_V1_SilenceRequest, context: ServerContext) async throws -> Mcp_V1_SilenceResponse
  {
    try await answer(context) { plane in
      var response = Mcp_V1_SilenceResponse()
      response.silence = Mcp_V1_AlertSilence(try await plane.silence(SilenceRequest(wire: request)))
      return response
    }
  }

  /// Ends a silence.
  func unsilence(
    request: Mcp_V1_UnsilenceRequest, context: ServerContext
  ) async throws -> Mcp_V1_UnsilenceResponse {
    try await answer(context) { plane in
      try await plane.unsilence(request.id)
      return Mcp_V1_UnsilenceResponse()
    }
  }

  /// Sends a test message to every sink.
  func testAlerts(
    request: Mcp_V1_TestAlertsRequest, context: ServerContext
  ) async throws -> Mcp_V1_TestAlertsResponse {
    try await answer(context) { plane in Mcp_V1_TestAlertsResponse(try await plane.testAlerts()) }
  }
}
