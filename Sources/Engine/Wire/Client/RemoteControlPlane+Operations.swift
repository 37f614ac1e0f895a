internal import GRPCCore
internal import SwiftProtobuf

extension RemoteControlPlane {
  /// Makes the node run a definition.
  ///
  /// It takes as long as the agent's own deadlines allow.
  public func deploy(
    _ request: DeployRequest, progress: @escaping ProgressHandler
  ) async throws -> OperationResult {
    let name = request.definition.name
    return try await operate(.changing("deploying \(name)", service: name), Mcp_V1_DeployRequest(request)) {
      try await stub.deploy($0, options: .unlimited) { try await $0.operationEnd(progress) }
    }
  }

  /// Stops, removes and forgets a service.
  ///
  /// It takes as long as the agent's own deadlines allow.
  public func undeploy(
    _ request: TargetRequest, progress: @escaping ProgressHandler
  ) async throws -> OperationResult {
    try await operate("undeploying", request) {
      try await stub.undeploy(.init($0), options: .unlimited) { try await $0.operationEnd(progress) }
    }
  }

  /// Makes a deployed service or component run.
  ///
  /// It takes as long as the agent's own deadlines allow.
  public func start(
    _ request: TargetRequest, progress: @escaping ProgressHandler
  ) async throws -> OperationResult {
    try await operate("starting", request) {
      try await stub.start(.init($0), options: .unlimited) { try await $0.operationEnd(progress) }
    }
  }

  /// Makes a deployed service or component stop.
  ///
  /// It takes as long as the agent's own deadlines allow.
  public func stop(
    _ request: TargetRequest, progress: @escaping ProgressHandler
  ) async throws -> OperationResult {
    try await operate("stopping", request) {
      try await stub.stop(.init($0), options: .unlimited) { try await $0.operationEnd(progress) }
    }
  }

  /// Stops and starts a deployed service or component.
  ///
  /// It takes as long as the agent's own deadlines allow.
  public func restart(
    _ request: TargetRequest, progress: @escaping ProgressHandler
  ) async throws -> OperationResult {
    try await operate("restarting", request) {
      try await stub.restart(.init($0), options: .unlimited) { try await $0.operationEnd(progress) }
    }
  }

  /// Deploys an earlier revision of a service again.
  ///
  /// It takes as long as the agent's own deadlines allow.
  public func rollback(
    _ request: RollbackRequest, progress: @escaping ProgressHandler
  ) async throws -> OperationResult {
    let subject = CallSubject.changing("rolling \(request.service) back", service: request.service)
    return try await operate(subject, Mcp_V1_RollbackRequest(request)) {
      try await stub.rollback($0, options: .unlimited) { try await $0.operationEnd(progress) }
    }
  }

  /// Makes the node match a set of definitions.
  ///
  /// It takes as long as the agent's own deadlines allow.
  public func sync(
    _ request: SyncRequest, progress: @escaping ProgressHandler
  ) async throws -> SyncResult {
    let subject = CallSubject.changing("syncing \(request.definitions.count) services", service: nil)
    let end = try await run(subject, Mcp_V1_SyncRequest(request)) {
      try await stub.sync($0, options: .unlimited) { try await $0.operationEnd(progress) }
    }
    guard case .syncResult(let result) = end else { throw subject.failure(OperationWithoutEnd()) }
    return SyncResult(wire: result)
  }

  /// Makes everything run that should.
  ///
  /// It takes as long as the agent's own deadlines allow.
  public func recover(
    _ request: RecoverRequest, progress: @escaping ProgressHandler
  ) async throws -> SyncResult {
    let service = request.services.count == 1 ? request.services.first : nil
    let subject = CallSubject.changing("recovering \(service ?? "services")", service: service)
    let end = try await run(subject, Mcp_V1_RecoverRequest(request)) {
      try await stub.recover($0, options: .unlimited) { try await $0.operationEnd(progress) }
    }
    guard case .syncResult(let result) = end else { throw subject.failure(OperationWithoutEnd()) }
    return SyncResult(wire: result)
  }

  /// Takes running containers under management.
  ///
  /// It takes as long as the agent's own deadlines allow.
  public func adopt(
    _ request: AdoptRequest, progress: @escaping ProgressHandler
  ) async throws -> AdoptReport {
    let subject = CallSubject.changing(
      "adopting \(request.service ?? "what runs")", service: request.service)
    let end = try await run(subject, Mcp_V1_AdoptRequest(request)) {
      try await stub.adopt($0, options: .unlimited) { try await $0.operationEnd(progress) }
    }
    guard case .adoptReport(let report) = end else { throw subject.failure(OperationWithoutEnd()) }
    return try AdoptReport(wire: report)
  }

  /// Runs the node's boot sequence.
  ///
  /// It takes as long as its stages do.
  public func boot(
    _ request: BootRequest, progress: @escaping ProgressHandler
  ) async throws -> BootReport {
    let subject = CallSubject.changing("booting the node", service: nil)
    let end = try await run(subject, Mcp_V1_BootRequest(request)) {
      try await stub.boot($0, options: .unlimited) { try await $0.operationEnd(progress) }
    }
    guard case .bootReport(let report) = end else { throw subject.failure(OperationWithoutEnd()) }
    return BootReport(wire: report)
  }

  private func operate(
    _ verb: String, _ request: TargetRequest,
    _ call: (TargetRequest) async throws -> Mcp_V1_OperationUpdate.OneOf_Update?
  ) async throws -> OperationResult {
    let subject = CallSubject.changing("\(verb) \(request.target)", service: request.target.service)
    return try await operate(subject, Mcp_V1_StartRequest(request)) { _ in try await call(request) }
  }

  private func operate<Request: Message>(
    _ subject: CallSubject, _ request: Request,
    _ call: (Request) async throws -> Mcp_V1_OperationUpdate.OneOf_Update?
  ) async throws -> OperationResult {
    guard case .result(let result) = try await run(subject, request, call) else {
      throw subject.failure(OperationWithoutEnd())
    }
    return OperationResult(wire: result)
  }

  private func run<Request: Message>(
    _ subject: CallSubject, _ request: Request,
    _ call: (Request) async throws -> Mcp_V1_OperationUpdate.OneOf_Update?
  ) async throws -> Mcp_V1_OperationUpdate.OneOf_Update? {
    let bytes: [UInt8] = (try? request.serializedBytes()) ?? []
    guard bytes.count <= Self.maximumMessageBytes else {
      throw EngineError(
        .resourceExhausted, "\(subject.doing): the request has \(bytes.count) bytes",
        hint: "a message has at most \(Self.maximumMessageBytes) bytes: send fewer definitions at once",
        service: subject.service)
    }
    do {
      return try await call(request)
    } catch {
      throw subject.failure(error)
    }
  }
}

/// An operation's stream ended well and without its result.
private struct OperationWithoutEnd: Error {}

extension StreamingClientResponse<Mcp_V1_OperationUpdate> {
  /// Passes progress on and returns the update that ends the operation.
  fileprivate func operationEnd(
    _ progress: ProgressHandler
  ) async throws -> Mcp_V1_OperationUpdate.OneOf_Update? {
    var end: Mcp_V1_OperationUpdate.OneOf_Update?
    for try await message in messages {
      switch message.update {
      case .progress(let line): progress(OperationProgress(wire: line))
      case .result, .syncResult, .bootReport, .adoptReport: end = message.update
      case nil: continue
      }
    }
    return end
  }
}
