internal import Engine
internal import GRPCCore

extension ControlPlaneService {
  /// Sends the output of a service's components.
  func logs(
    request: Mcp_V1_LogsRequest, response: RPCWriter<Mcp_V1_LogsResponse>, context: ServerContext
  ) async throws {
    try await stream(context) { plane in
      let target = try Target(wire: request.target)
      return plane.logs(target, options: LogOptions(wire: request))
    } write: { lines in
      for batch in lines.flatMap(\.pieces).batches(weighing: { $0.text.utf8.count + 64 }) {
        var message = Mcp_V1_LogsResponse()
        message.lines = batch.map(Mcp_V1_LogLine.init)
        try await response.write(message)
      }
    }
  }

  /// Sends history.
  func events(
    request: Mcp_V1_EventsRequest, response: RPCWriter<Mcp_V1_EventsResponse>, context: ServerContext
  ) async throws {
    try await stream(context) { plane in
      var query = EventQuery(wire: request)
      query.service = try query.service.map { try FieldPath.root["service"].name($0) }
      return plane.events(query)
    } write: { events in
      for batch in events.batches(weighing: \.weight) {
        var message = Mcp_V1_EventsResponse()
        message.events = batch.map(Mcp_V1_Event.init)
        try await response.write(message)
      }
    }
  }

  /// Serves a stream: takes what is there, as far ahead of the client as the limits allow.
  private func stream<Element: Sendable>(
    _ context: ServerContext,
    from source: @escaping @Sendable (any ControlPlane) throws -> AsyncThrowingStream<Element, any Error>,
    write: @escaping @Sendable ([Element]) async throws -> Void
  ) async throws {
    try await serve(context, atShutdown: .stops) { plane in
      try await reading(try source(plane), ahead: limits.streamElements) { buffer in
        while let batch = try await buffer.nextBatch() { try await write(batch) }
        // A cancelled source ends like one that is exhausted.
        try Task.checkCancellation()
      }
    }
  }
}

extension Array {
  /// The most bytes that go into one message of a stream.
  private static var batchBytes: Int { 256 * 1024 }

  /// Cuts the array so that each part weighs little, or is a single element.
  fileprivate func batches(weighing weight: (Element) -> Int) -> [ArraySlice<Element>] {
    var batches: [ArraySlice<Element>] = []
    var start = startIndex
    var total = 0
    for (index, element) in enumerated() {
      total += weight(element)
      if total > Self.batchBytes, index > start {
        batches.append(self[start..<index])
        start = index
        total = weight(element)
      }
    }
    if start < endIndex { batches.append(self[start...]) }
    return batches
  }
}

extension LogLine {
  /// The line, cut into several where it alone would be too much for a message.
  fileprivate var pieces: [LogLine] {
    let most = 256 * 1024
    guard text.utf8.count > most else { return [self] }
    var pieces: [LogLine] = []
    var rest = text[...]
    while !rest.isEmpty {
      // A scalar has at most four bytes, so that a piece never has more than `most`.
      let piece = rest.unicodeScalars.prefix(most / 4)
      pieces.append(LogLine(component: component, time: time, stream: stream, text: String(piece)))
      rest = rest[piece.endIndex...]
    }
    return pieces
  }
}

extension Event {
  /// About as many bytes as its message has.
  fileprivate var weight: Int {
    details.reduce(message.utf8.count + 128) { $0 + $1.key.utf8.count + $1.value.utf8.count }
  }
}
