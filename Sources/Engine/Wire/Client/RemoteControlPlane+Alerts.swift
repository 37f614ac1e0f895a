extension RemoteControlPlane {
  /// Returns the node's alerts; waits at most 30 seconds.
  public func alerts(_ query: AlertQuery) async throws -> AlertList {
    var request = Mcp_V1_ListAlertsRequest()
    request.resolved = Int32(clamping: query.resolved)
    return try await ask(.reading("listing alerts", service: nil)) { [request] in
      AlertList(wire: try await stub.listAlerts(request, options: $0))
    }
  }

  /// Silences alerts; waits at most 30 seconds.
  public func silence(_ request: SilenceRequest) async throws -> Silence {
    try await ask(.changing("silencing \(request.match)", service: nil)) {
      Silence(wire: try await stub.silence(Mcp_V1_SilenceRequest(request), options: $0).silence)
    }
  }

  /// Ends a silence; waits at most 30 seconds.
  public func unsilence(_ id: Int64) async throws {
    var request = Mcp_V1_UnsilenceRequest()
    request.id = id
    try await ask(.changing("ending the silence \(id)", service: nil)) { [request] in
      _ = try await stub.unsilence(request, options: $0)
    }
  }

  /// Sends a test message to every sink; it takes as long as the sinks do.
  public func testAlerts() async throws -> [AlertTestResult] {
    try await ask(.changing("testing where alerts are sent to", service: nil), timeout: .seconds(60)) {
      try await stub.testAlerts(Mcp_V1_TestAlertsRequest(), options: $0).values
    }
  }
}
