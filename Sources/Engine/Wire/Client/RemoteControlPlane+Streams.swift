internal import GRPCCore

extension RemoteControlPlane {
  /// How many elements a stream keeps for a consumer that is slow before the agent has to wait.
  private static let window = 256

  /// Returns the output of a service's components.
  ///
  /// The call begins at once and ends when the stream is dropped or its consumer's task is cancelled. A slow
  /// consumer slows the agent down.
  public func logs(_ target: Target, options: LogOptions) -> AsyncThrowingStream<LogLine, any Error> {
    let request = Mcp_V1_LogsRequest(target, options)
    return subscribe(.reading("reading the logs of \(target)", service: target.service)) { buffer in
      try await stub.logs(request, options: .unlimited) { response in
        for try await message in response.messages {
          for line in message.lines { try await buffer.send(LogLine(wire: line)) }
        }
      }
    }
  }

  /// Returns history, oldest first; begins and ends like ``logs(_:options:)``.
  public func events(_ query: EventQuery) -> AsyncThrowingStream<Event, any Error> {
    let request = Mcp_V1_EventsRequest(query)
    return subscribe(.reading("reading events", service: query.service)) { buffer in
      try await stub.events(request, options: .unlimited) { response in
        for try await message in response.messages {
          for event in message.events { try await buffer.send(Event(wire: event)) }
        }
      }
    }
  }

  private func subscribe<Element>(
    _ subject: CallSubject, _ call: @escaping @Sendable (BoundedBuffer<Element>) async throws -> Void
  ) -> AsyncThrowingStream<Element, any Error> {
    FilledStream.make(capacity: Self.window, failure: { subject.failure($0) }, fill: call)
  }
}
