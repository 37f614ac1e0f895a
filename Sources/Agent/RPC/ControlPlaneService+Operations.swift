internal import Engine
internal import GRPCCore

extension ControlPlaneService {
  typealias Updates = RPCWriter<Mcp_V1_OperationUpdate>

  /// Makes the node run a definition.
  func deploy(
    request: Mcp_V1_DeployRequest, response: Updates, context: ServerContext
  ) async throws {
    try await operate(context, response) { plane, progress in
      .result(.init(try await plane.deploy(DeployRequest(wire: request), progress: progress)))
    }
  }

  /// Stops, removes and forgets a service.
  func undeploy(
    request: Mcp_V1_UndeployRequest, response: Updates, context: ServerContext
  ) async throws {
    try await operate(context, response) { plane, progress in
      .result(.init(try await plane.undeploy(TargetRequest(wire: request), progress: progress)))
    }
  }

  /// Makes a service or component run.
  func start(request: Mcp_V1_StartRequest, response: Updates, context: ServerContext) async throws {
    try await operate(context, response) { plane, progress in
      .result(.init(try await plane.start(TargetRequest(wire: request), progress: progress)))
    }
  }

  /// Makes a service or component stop.
  func stop(request: Mcp_V1_StopRequest, response: Updates, context: ServerContext) async throws {
    try await operate(context, response) { plane, progress in
      .result(.init(try await plane.stop(TargetRequest(wire: request), progress: progress)))
    }
  }

  /// Stops and starts a service or component.
  func restart(
    request: Mcp_V1_RestartRequest, response: Updates, context: ServerContext
  ) async throws {
    try await operate(context, response) { plane, progress in
      .result(.init(try await plane.restart(TargetRequest(wire: request), progress: progress)))
    }
  }

  /// Deploys an earlier revision of a service again.
  func rollback(
    request: Mcp_V1_RollbackRequest, response: Updates, context: ServerContext
  ) async throws {
    try await operate(context, response) { plane, progress in
      .result(.init(try await plane.rollback(RollbackRequest(wire: request), progress: progress)))
    }
  }

  /// Makes the node match a set of definitions.
  func sync(request: Mcp_V1_SyncRequest, response: Updates, context: ServerContext) async throws {
    try await operate(context, response) { plane, progress in
      .syncResult(.init(try await plane.sync(SyncRequest(wire: request), progress: progress)))
    }
  }

  /// Makes everything run that should.
  func recover(request: Mcp_V1_RecoverRequest, response: Updates, context: ServerContext) async throws {
    try await operate(context, response) { plane, progress in
      .syncResult(.init(try await plane.recover(RecoverRequest(wire: request), progress: progress)))
    }
  }

  /// Takes running containers under management.
  func adopt(request: Mcp_V1_AdoptRequest, response: Updates, context: ServerContext) async throws {
    try await operate(context, response) { plane, progress in
      .adoptReport(.init(try await plane.adopt(AdoptRequest(wire: request), progress: progress)))
    }
  }

  /// Runs the node's boot sequence.
  func boot(request: Mcp_V1_BootRequest, response: Updates, context: ServerContext) async throws {
    try await operate(context, response) { plane, progress in
      .bootReport(.init(try await plane.boot(BootRequest(wire: request), progress: progress)))
    }
  }

  /// Serves an operation: its progress as far as the client keeps up, then its end.
  private func operate(
    _ context: ServerContext, _ writer: Updates,
    _ operation:
      @escaping @Sendable (any ControlPlane, @escaping ProgressHandler) async throws ->
      Mcp_V1_OperationUpdate.OneOf_Update
  ) async throws {
    let kept = limits.progressLines
    try await serve(context) { plane in
      let (lines, continuation) = AsyncStream.makeStream(
        of: OperationProgress.self, bufferingPolicy: .bufferingNewest(kept))
      async let end = {
        defer { continuation.finish() }
        return try await operation(plane) { continuation.yield($0) }
      }()
      // Writing fails once the client is gone, which ends the wait and not the operation.
      var reachable = true
      for await line in lines where reachable {
        reachable = (try? await writer.write(.of(.progress(.init(line))))) != nil
      }
      try await writer.write(.of(try await end))
    }
  }
}

extension Mcp_V1_OperationUpdate {
  fileprivate static func of(_ update: OneOf_Update) -> Mcp_V1_OperationUpdate {
    var message = Mcp_V1_OperationUpdate()
    message.update = update
    return message
  }
}
