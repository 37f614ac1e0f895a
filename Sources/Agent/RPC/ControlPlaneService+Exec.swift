internal import Engine
internal import GRPCCore

extension ControlPlaneService {
  /// Runs a command in a component.
  func exec(
    request: RPCAsyncSequence<Mcp_V1_ExecRequest, any Error>, response: RPCWriter<Mcp_V1_ExecResponse>,
    context: ServerContext
  ) async throws {
    try await serve(context, atShutdown: .stops) { plane in
      try await reading(request, ahead: 16) { requests in
        let session = try await open(requests, on: plane)
        var started = Mcp_V1_ExecResponse()
        started.started = .init()
        try await response.write(started)
        try await relay(session, from: requests, to: response)
        // Ending the call while the client's side is open makes the client reset the stream, and HTTP/2
        // takes many resets for an attack.
        _ = try? await TimeLimit.run(.milliseconds(200)) {
          while try await requests.next() != nil {}
        }
      }
    }
  }

  /// Begins a session as the first message asks.
  private func open(
    _ requests: BoundedBuffer<Mcp_V1_ExecRequest>, on plane: any ControlPlane
  ) async throws -> ExecSession {
    let path = FieldPath.root["open"]
    guard case .open(let open) = try await requests.next()?.input else {
      throw path.invalid("is required as the first message")
    }
    guard open.hasTarget else { throw path["target"].invalid("is required") }
    let target = try Target(wire: open.target, at: path["target"])
    return try await plane.exec(target, request: ExecRequest(wire: open))
  }

  /// Carries input and output until the command has ended.
  private func relay(
    _ session: ExecSession, from requests: BoundedBuffer<Mcp_V1_ExecRequest>,
    to response: RPCWriter<Mcp_V1_ExecResponse>
  ) async throws {
    try await withThrowingTaskGroup(of: Bool.self) { group in
      group.addTask {
        while let request = try await requests.next() {
          if let input = try request.sessionInput { try await session.send(input) }
        }
        // The client has closed its side.
        try await session.send(.endOfInput)
        return false
      }
      group.addTask {
        for try await output in session.output {
          for message in Mcp_V1_ExecResponse.messages(output) { try await response.write(message) }
          if case .exit = output { return true }
        }
        try Task.checkCancellation()
        throw EngineError(.unavailable, "the runtime ended the session without an exit code")
      }
      defer { group.cancelAll() }
      while let ended = try await group.next(), !ended {}
    }
  }
}

extension Mcp_V1_ExecResponse {
  /// The most bytes of output in a message.
  private static let chunkBytes = 1024 * 1024

  /// The messages that carry an output, which is cut where it is long.
  fileprivate static func messages(_ output: ExecSession.Output) -> [Mcp_V1_ExecResponse] {
    func cut(_ bytes: [UInt8], _ part: ([UInt8]) -> ExecSession.Output) -> [Mcp_V1_ExecResponse] {
      guard bytes.count > chunkBytes else { return [Mcp_V1_ExecResponse(output)] }
      return stride(from: 0, to: bytes.count, by: chunkBytes).map {
        Mcp_V1_ExecResponse(part(Array(bytes[$0..<min($0 + chunkBytes, bytes.count)])))
      }
    }
    return switch output {
    case .stdout(let bytes): cut(bytes, ExecSession.Output.stdout)
    case .stderr(let bytes): cut(bytes, ExecSession.Output.stderr)
    case .exit: [Mcp_V1_ExecResponse(output)]
    }
  }
}
