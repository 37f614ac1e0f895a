internal import Foundation
internal import NIOCore
internal import Synchronization

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
///
/// Podman ends a followed stream some time after the container's process has ended, and while it does so it may drop
/// lines of a process that a restart policy has started meanwhile. So the process is watched, the stream is left as
/// soon as it has ended, and another one is opened that continues where the first was left.
private actor LogReader {
  private let runtime: PodmanRuntime
  private let id: String
  private let options: LogOptions

  /// When the first stream was opened.
  private var opened: Date?
  private var stream: PodmanByteStream?
  /// The process whose output is followed; `nil` where the stream ends by itself.
  private var followed: FollowedProcess?
  private var isFinished = false
  private var frames = LogFrames()
  private var assembler: LogAssembler
  private var ready: ArraySlice<LogLine> = []

  init(runtime: PodmanRuntime, id: String, options: LogOptions) {
    self.runtime = runtime
    self.id = id
    self.options = options
    assembler = LogAssembler(isTail: options.tail != nil)
  }

  func next() async throws -> LogLine? {
    do {
      while ready.isEmpty {
        guard !isFinished else { return nil }
        try await readMore()
      }
      return ready.removeFirst()
    } catch {
      throw PodmanClient.lost("read the output of \(runtime.owned[id]?.name ?? id)", error)
    }
  }

  private func readMore() async throws {
    guard let stream else { return try await open() }
    if let part = try await nextPart(of: stream) {
      frames.append(part)
      var lines: [LogLine] = []
      while let frame = try frames.next() { lines += assembler.take(frame) }
      ready = lines[...]
      return
    }
    try Task.checkCancellation()
    if followed == nil { return finish() }
    self.stream = nil
    frames = LogFrames()
    assembler.resume()
  }

  /// The next bytes; `nil` at the end, and once the followed process has ended.
  private func nextPart(of stream: PodmanByteStream) async throws -> ByteBuffer? {
    guard let followed else { return try await stream.next() }
    let reading = Task { try await stream.next() }
    followed.interrupt(reading)
    do {
      return try await withTaskCancellationHandler {
        try await reading.value
      } onCancel: {
        reading.cancel()
      }
    } catch  where followed.hasEnded {
      return nil
    }
  }

  /// Opens the first stream, or one that continues the last.
  private func open() async throws {
    followed = nil
    if options.follow {
      guard let pid = try await runningProcess() else { return finish() }
      if pid > 0 {
        let process = FollowedProcess()
        guard process.watch(pid) else { return }
        followed = process
      }
    }
    let isFirst = opened == nil
    opened = opened ?? Date()
    // A hair before: podman leaves out what was written exactly at `since`.
    let resumption = assembler.resumption?.addingTimeInterval(-0.000_001)
    stream = try await runtime.openLogs(
      id, follow: followed != nil, tail: isFirst ? options.tail : nil,
      since: isFirst ? options.since : resumption ?? (options.tail == nil ? options.since : opened))
  }

  private func finish() {
    isFinished = true
    stream = nil
    ready = assembler.finish()[...]
  }

  /// The process of the container, once it is known whether a restart policy starts another: 0 where it has none, `nil`
  /// where there is no container any more.
  private func runningProcess() async throws -> Int? {
    let deadline = ContinuousClock.now + .seconds(5)
    do {
      while true {
        let found = try await runtime.settledInspection(of: id, to: "read the output of")
        switch ContainerPhase(found.state.status) {
        case .up, .paused: return found.isUpWithoutProcess ? 0 : found.state.pid
        case .created, .ended, .unknown: return 0
        case .ending:
          guard ContinuousClock.now < deadline else { return 0 }
          try await Task.sleep(for: .milliseconds(20))
        }
      }
    } catch let error as EngineError where error.code == .notFound && opened != nil {
      return nil
    }
  }
}

/// A process whose end interrupts a read.
private final class FollowedProcess: Sendable {
  private struct State {
    var hasEnded = false
    var reading: Task<ByteBuffer?, any Error>?
    var token: WatchToken?
  }

  private let state = Mutex(State())

  var hasEnded: Bool { state.withLock { $0.hasEnded } }

  /// Watches a process; returns whether there is one.
  func watch(_ pid: Int) -> Bool {
    let token = ProcessWatcher.shared.watch(pid: pid) { [weak self] in
      self?.state.withLock { state in
        state.hasEnded = true
        state.reading?.cancel()
      }
    }
    state.withLock { $0.token = token }
    return token != nil
  }

  /// Cancels `reading` when the process ends, or at once where it has.
  func interrupt(_ reading: Task<ByteBuffer?, any Error>) {
    state.withLock { state in
      state.reading = reading
      if state.hasEnded { reading.cancel() }
    }
  }
}
