internal import Foundation

extension PodmanRuntime {
  /// A container's output, oldest first.
  ///
  /// With `follow` it goes on across restarts by the restart policy until the container is stopped or removed.
  /// Times have a resolution of one second. Dropping the stream, or cancelling its consumer, closes the connection.
  public func logs(_ id: String, options: LogOptions) -> AsyncThrowingStream<LogLine, any Error> {
    let reader = LogReader(runtime: self, id: id, options: options)
    return AsyncThrowingStream { try await reader.next() }
  }

  func openLogs(
    _ id: String, follow: Bool, tail: Int? = nil, since: Date? = nil
  ) async throws -> PodmanByteStream {
    let name = owned[id]?.name ?? id
    var query = [("stdout", "true"), ("stderr", "true"), ("timestamps", "true"), ("follow", String(follow))]
    // Podman makes room for that many lines before it reads the first.
    if let tail { query.append(("tail", String(min(max(0, tail), 100_000)))) }
    if let since { query.append(("since", PodmanTime.parameter(since))) }
    let request = PodmanRequest(
      .get, "/containers/\(PodmanRequest.segment(id))/logs", query: query.map { (name: $0.0, value: $0.1) },
      limit: configuration.requestTimeout, purpose: "read the output of \(name)")
    return try await client.open(request)
  }
}

/// Reads one container's output for one consumer.
private actor LogReader {
  /// Where a followed log stands when podman ends its stream.
  private enum Phase {
    case notOpened
    case reading
    /// The container has ended: what was written last is fetched once more, without waiting.
    case draining
    case finished
  }

  private let runtime: PodmanRuntime
  private let id: String
  private let options: LogOptions
  private let began = Date()

  private var phase = Phase.notOpened
  private var stream: PodmanByteStream?
  private var frames = LogFrames()
  private var assembler = LogAssembler()
  private var ready: [LogLine] = []

  init(runtime: PodmanRuntime, id: String, options: LogOptions) {
    self.runtime = runtime
    self.id = id
    self.options = options
  }

  func next() async throws -> LogLine? {
    do {
      while ready.isEmpty {
        guard phase != .finished else { return nil }
        try await readMore()
      }
      return ready.removeFirst()
    } catch {
      throw PodmanClient.lost("read the output of \(runtime.owned[id]?.name ?? id)", error)
    }
  }

  private func readMore() async throws {
    if phase == .notOpened {
      stream = try await runtime.openLogs(
        id, follow: options.follow, tail: options.tail, since: options.since)
      phase = .reading
    }
    guard let part = try await stream?.next() else {
      try Task.checkCancellation()
      return try await streamEnded()
    }
    frames.append(part)
    while let frame = try frames.next() { ready += assembler.take(frame) }
  }

  /// Podman ends a followed stream when the container's process ends, sometimes before it has sent the last lines, and
  /// also when a restart policy starts the container again.
  private func streamEnded() async throws {
    guard options.follow, phase == .reading else {
      phase = .finished
      ready += assembler.finish()
      return
    }
    let isUp: Bool
    do {
      isUp = try await runtime.inspect(id).state.isUp
    } catch let error as EngineError where error.code == .notFound {
      phase = .finished
      ready += assembler.finish()
      return
    }
    if isUp { try await Task.sleep(for: .milliseconds(50)) } else { phase = .draining }
    frames = LogFrames()
    assembler.resume()
    // A hair before the second that was read last: podman leaves out what was written exactly at `since`.
    let position = assembler.position?.time.addingTimeInterval(-0.000_001)
    stream = try await runtime.openLogs(id, follow: isUp, since: position ?? options.since ?? began)
  }
}
