internal import Foundation

extension QEMURuntime {
  /// How often a console that is followed is looked at.
  private static let lookInterval = Duration.milliseconds(100)

  /// What the guest has written to its serial line, oldest first; with `follow` until the VM ends.
  public func logs(_ id: String, options: LogOptions) -> AsyncThrowingStream<LogLine, any Error> {
    let (stream, continuation) = AsyncThrowingStream<LogLine, any Error>.makeStream()
    let task = Task {
      do {
        try await self.write(id, options, to: continuation)
        continuation.finish()
      } catch {
        continuation.finish(throwing: error)
      }
    }
    continuation.onTermination = { _ in task.cancel() }
    return stream
  }

  private func write(
    _ id: String, _ options: LogOptions, to continuation: AsyncThrowingStream<LogLine, any Error>.Continuation
  ) async throws {
    _ = try store.require(id)
    let path = store.files(id).console
    let console = ConsoleLog(path: path)
    console.maintain(limit: .max)
    let (lines, end) = console.lines(tail: options.tail)
    for line in lines where (line.time ?? .distantFuture) >= options.since ?? .distantPast {
      continuation.yield(line)
    }
    guard options.follow else { return }
    var offset = end
    var rest = Data()
    while !Task.isCancelled {
      // Looked at first: what it wrote before its end is there then.
      let isAlive = (try? store.find(id))?.isAlive == true
      let size = UInt64(max(0, FileFacts(path: path)?.size ?? 0))
      if size < offset { offset = 0 }
      if size > offset, let file = FileHandle(forReadingAtPath: path) {
        defer { try? file.close() }
        try file.seek(toOffset: offset)
        let data = try file.readToEnd() ?? Data()
        offset += UInt64(data.count)
        rest += data
        while let newline = rest.firstIndex(of: 10) {
          continuation.yield(
            LogLine(time: Date(), stream: .stdout, text: ConsoleLog.text(rest[rest.startIndex..<newline])))
          rest = Data(rest[(newline + 1)...])
        }
      }
      if !isAlive { break }
      try await Task.sleep(for: Self.lookInterval)
    }
    if !rest.isEmpty {
      continuation.yield(LogLine(time: Date(), stream: .stdout, text: ConsoleLog.text(rest)))
    }
  }
}
