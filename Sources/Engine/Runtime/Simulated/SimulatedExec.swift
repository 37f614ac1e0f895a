internal import Synchronization

/// A command that runs in a simulated object.
public struct SimulatedExec: Sendable {
  /// Runs a command and returns its exit code; what it throws ends the session's stream.
  public typealias Handler = @Sendable (SimulatedExec) async throws -> Int

  /// The object that it runs in.
  public let instance: Instance
  /// What was asked for.
  public let request: ExecRequest
  /// What comes in on standard input; at its end when the command has ended.
  public let input: AsyncStream<ExecSession.Input>
  let process: SimulatedProcess

  /// Writes text as it is, without a line's end; with a terminal all of it is standard output.
  public func write(_ text: String, to stream: LogLine.Stream = .stdout) {
    write(Array(text.utf8), to: stream)
  }

  /// Writes bytes; with a terminal all of them are standard output.
  public func write(_ bytes: [UInt8], to stream: LogLine.Stream = .stdout) {
    guard !bytes.isEmpty else { return }
    process.write(stream == .stdout || request.tty ? .stdout(bytes) : .stderr(bytes))
  }

  /// Writes the command as a line, then what comes in on standard input, and succeeds.
  static let echo: Handler = { exec in
    exec.write(exec.request.command.joined(separator: " ") + "\n")
    guard exec.request.stdin else { return 0 }
    for await input in exec.input {
      switch input {
      case .stdin(let bytes): exec.write(bytes)
      case .endOfInput: return 0
      case .resize: continue
      }
    }
    return 0
  }
}

/// The process of a command: its streams, and the task that plays it.
final class SimulatedProcess: Sendable {
  private let output: AsyncThrowingStream<ExecSession.Output, any Error>.Continuation
  private let input: AsyncStream<ExecSession.Input>.Continuation
  private let state = Mutex<(task: Task<Void, Never>?, hasEnded: Bool)>((nil, false))

  init(
    output: AsyncThrowingStream<ExecSession.Output, any Error>.Continuation,
    input: AsyncStream<ExecSession.Input>.Continuation
  ) {
    self.output = output
    self.input = input
  }

  func run(_ exec: SimulatedExec, _ handler: @escaping SimulatedExec.Handler) {
    let task = Task {
      do { end(try await handler(exec)) } catch { end(throwing: EngineError.wrap(error)) }
    }
    let isLate = state.withLock { state in
      state.task = task
      return state.hasEnded
    }
    if isLate { task.cancel() }
  }

  func write(_ part: ExecSession.Output) { output.yield(part) }

  func send(_ part: ExecSession.Input) { input.yield(part) }

  /// Ends it with an exit code; only the first end counts.
  func end(_ code: Int) {
    guard markEnded() else { return }
    output.yield(.exit(code))
    output.finish()
  }

  private func end(throwing error: EngineError) {
    guard markEnded() else { return }
    output.finish(throwing: error)
  }

  /// Ends it because nobody reads what it writes.
  func cancel() { _ = markEnded() }

  private func markEnded() -> Bool {
    let (isFirst, task) = state.withLock { state in
      defer { state.hasEnded = true }
      return (!state.hasEnded, state.task)
    }
    input.finish()
    task?.cancel()
    return isFirst
  }
}
