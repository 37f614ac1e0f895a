internal import Engine
internal import GRPCCore
internal import Synchronization

/// The gRPC service `grpc.health.v1.Health`: everything serves until the agent goes down.
struct HealthService: Grpc_Health_V1_Health.SimpleServiceProtocol {
  /// Tells when the agent goes down.
  let shutdown: ShutdownSignal

  /// What can be asked about: the server as a whole and its services.
  private static let services = ["", AuthorizationInterceptor.service]

  private var status: Grpc_Health_V1_HealthCheckResponse {
    var response = Grpc_Health_V1_HealthCheckResponse()
    response.status = shutdown.hasBegun ? .notServing : .serving
    return response
  }

  /// Answers with a service's state; `NOT_FOUND` for one that is not served.
  func check(
    request: Grpc_Health_V1_HealthCheckRequest, context: ServerContext
  ) async throws -> Grpc_Health_V1_HealthCheckResponse {
    guard Self.services.contains(request.service) else {
      throw RPCError(EngineError(.notFound, "there is no service '\(request.service.prefix(120))' here"))
    }
    return status
  }

  /// Answers with the state of everything.
  func list(
    request: Grpc_Health_V1_HealthListRequest, context: ServerContext
  ) async throws -> Grpc_Health_V1_HealthListResponse {
    var response = Grpc_Health_V1_HealthListResponse()
    for service in Self.services { response.statuses[service] = status }
    return response
  }

  /// Sends a service's state now, and once more when the agent goes down, which ends the call.
  func watch(
    request: Grpc_Health_V1_HealthCheckRequest,
    response: RPCWriter<Grpc_Health_V1_HealthCheckResponse>, context: ServerContext
  ) async throws {
    guard Self.services.contains(request.service) else {
      var unknown = Grpc_Health_V1_HealthCheckResponse()
      unknown.status = .serviceUnknown
      try await response.write(unknown)
      try await context.cancellation.cancelled
      return
    }
    try await response.write(status)
    let changed = BoundedBuffer<Void>(capacity: 1)
    try await shutdown.withHandler({ changed.finish() }) {
      try await withRPCCancellationHandler {
        _ = try await changed.next()
      } onCancelRPC: {
        changed.finish()
      }
    }
    if shutdown.hasBegun { try await response.write(status) }
  }
}
