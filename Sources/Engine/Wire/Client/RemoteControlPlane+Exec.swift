internal import GRPCCore

extension RemoteControlPlane {
  /// Runs a command in a component; returns once it runs.
  ///
  /// The session ends when its output is dropped. Input waits while the command does not take it.
  public func exec(_ target: Target, request: ExecRequest) async throws -> ExecSession {
    let subject = CallSubject.changing("running a command in \(target)", service: target.service)
    let session = RemoteExecution()
    let task = Task {
      do {
        try await run(Mcp_V1_ExecRequest.Open(target, request), session: session)
        session.finish(throwing: nil)
      } catch {
        session.finish(throwing: subject.failure(error))
      }
    }
    let stream = FilledStream(buffer: session.output, task: task, failure: { subject.failure($0) })
    do {
      // Ends with an error where the agent does not start the command.
      guard try await session.started.next() != nil else {
        throw EngineError(.unavailable, "\(subject.doing): the agent ended the call without starting it")
      }
    } catch {
      task.cancel()
      throw subject.failure(error)
    }
    let input = session.input
    return ExecSession(output: stream.elements) { element in
      do {
        try await input.send(element)
      } catch {
        // The command has ended and takes nothing any more, which is no error.
        if Task.isCancelled { throw subject.failure(error) }
      }
    }
  }

  private func run(_ open: Mcp_V1_ExecRequest.Open, session: RemoteExecution) async throws {
    try await stub.exec(options: .unlimited) { writer in
      var first = Mcp_V1_ExecRequest()
      first.open = open
      try await writer.write(first)
      while let input = try await session.input.next() {
        for message in Mcp_V1_ExecRequest.messages(input) { try await writer.write(message) }
      }
    } onResponse: { response in
      for try await message in response.messages {
        if case .started = message.output {
          try await session.started.send(())
        } else if let output = message.sessionOutput {
          try await session.output.send(output)
          // The command takes nothing any more: closes this side of the call.
          if case .exit = output { session.input.finish() }
        }
      }
    }
  }
}

/// What goes back and forth between a session's owner and its call.
private final class RemoteExecution: Sendable {
  let started = BoundedBuffer<Void>(capacity: 1)
  let output = BoundedBuffer<ExecSession.Output>(capacity: 64)
  let input = BoundedBuffer<ExecSession.Input>(capacity: 16)

  func finish(throwing error: (any Error)?) {
    started.finish(throwing: error)
    output.finish(throwing: error)
    input.cancel()
  }
}

extension Mcp_V1_ExecRequest {
  /// The most bytes of input in a message.
  private static let chunkBytes = 64 * 1024

  /// The messages that carry an input, which is cut where it is long.
  fileprivate static func messages(_ input: ExecSession.Input) -> [Mcp_V1_ExecRequest] {
    guard case .stdin(let bytes) = input, bytes.count > chunkBytes else { return [Mcp_V1_ExecRequest(input)] }
    return stride(from: 0, to: bytes.count, by: chunkBytes).map {
      Mcp_V1_ExecRequest(.stdin(Array(bytes[$0..<min($0 + chunkBytes, bytes.count)])))
    }
  }
}
