internal import Foundation
internal import Glibc
internal import Logging
internal import NIOCore
internal import Synchronization

/// One command in a container: its output for one consumer, its input from one producer.
final class PodmanExecSession: Sendable {
  private let id: String
  private let purpose: String
  private let hasTerminal: Bool
  private let connection: HijackedConnection
  private let reader: ExecOutputReader
  private let control: ExecControl
  private let hasEnded = Atomic<Bool>(false)

  init(
    id: String, purpose: String, hasTerminal: Bool, connection: HijackedConnection, client: PodmanClient,
    limit: Duration, canRemove: Bool, logger: Logger
  ) {
    self.id = id
    self.purpose = purpose
    self.hasTerminal = hasTerminal
    self.connection = connection
    reader = ExecOutputReader(connection: connection, hasTerminal: hasTerminal)
    control = ExecControl(
      id: id, purpose: purpose, limit: limit, canRemove: canRemove, client: client, logger: logger)
  }

  /// Nobody reads any more: the command is hung up on.
  deinit {
    connection.close()
    guard !hasEnded.load(ordering: .acquiring) else { return }
    let control = control
    Task.detached { await control.abandon() }
  }

  /// The next output; after the exit code `nil`.
  func next() async throws -> ExecSession.Output? {
    guard !hasEnded.load(ordering: .acquiring) else { return nil }
    do {
      if let output = try await reader.next() { return output }
      try Task.checkCancellation()
      let code = try await control.exitCode()
      hasEnded.store(true, ordering: .releasing)
      connection.close()
      await control.tidyUp()
      return .exit(code)
    } catch {
      throw PodmanClient.lost(purpose, PodmanTransport.classify(error))
    }
  }

  func send(_ input: ExecSession.Input) async throws {
    guard !hasEnded.load(ordering: .acquiring) else { return }
    do {
      switch input {
      case .stdin(let bytes): if !bytes.isEmpty { try await connection.write(bytes) }
      // A terminal has no end of input of its own: the character for it is what a person would type.
      case .endOfInput:
        if hasTerminal { try await connection.write([4]) } else { try await connection.endOutput() }
      case .resize(let size): if hasTerminal { await control.resize(size) }
      }
    } catch {
      // The command may have ended, or not want input; its output tells how it went on.
      try Task.checkCancellation()
    }
  }
}

/// Reads a command's output: framed by stream, or as it is from a terminal.
private actor ExecOutputReader {
  private let connection: HijackedConnection
  private let hasTerminal: Bool
  private var frames = LogFrames()

  init(connection: HijackedConnection, hasTerminal: Bool) {
    self.connection = connection
    self.hasTerminal = hasTerminal
  }

  func next() async throws -> ExecSession.Output? {
    while true {
      if !hasTerminal, let frame = try frames.next() {
        guard !frame.bytes.isEmpty else { continue }
        return frame.stream == .stderr ? .stderr(frame.bytes) : .stdout(frame.bytes)
      }
      guard let bytes = try await connection.read() else { return nil }
      if hasTerminal { return .stdout(Array(bytes.readableBytesView)) }
      frames.append(bytes)
    }
  }
}

/// What is done with a command beside its output: its exit code, its terminal, its end.
struct ExecControl: Sendable {
  private static let hangUpGrace: Duration = .seconds(5)

  let id: String
  let purpose: String
  let limit: Duration
  let canRemove: Bool
  let client: PodmanClient
  let logger: Logger

  private struct State: Decodable {
    var running: Bool
    var exitCode: Int
    var pid: Int?

    enum CodingKeys: String, CodingKey {
      case running = "Running"
      case exitCode = "ExitCode"
      case pid = "Pid"
    }
  }

  /// The exit code, once the command has ended; it may go on for a while after it closed its output.
  func exitCode() async throws -> Int {
    var pause = Duration.milliseconds(10)
    while true {
      let state = try await state()
      guard state.running else { return state.exitCode }
      if let pid = state.pid, pid > 0, ProcessIdentity.isAlive(pid: pid) {
        _ = await ProcessWatcher.shared.waitForExit(pid: pid, atMost: .seconds(3_600))
      } else {
        try await Task.sleep(for: pause)
        pause = min(pause * 2, .seconds(1))
      }
      try Task.checkCancellation()
    }
  }

  /// Gives the terminal another size; one that is not there yet or any more is none to speak of.
  func resize(_ size: TerminalSize) async {
    let request = PodmanRequest(
      .post, "/exec/\(PodmanRequest.segment(id))/resize",
      query: [("h", String(size.rows)), ("w", String(size.columns))], limit: limit,
      purpose: "resize the terminal of an exec session", isRepeatable: true)
    for attempt in 0..<5 {
      if let answer = try? await client.call(request), answer.isSuccess { return }
      try? await Task.sleep(for: .milliseconds(20 << attempt))
    }
    logger.debug("the terminal of an exec session was not resized", metadata: ["exec": "\(id)"])
  }

  /// Hangs up on a command that nobody listens to, and kills it if that is not enough.
  func abandon() async {
    for _ in 0..<50 {
      guard let state = try? await state(), state.running else { break }
      if let pid = state.pid, pid > 0 {
        await end(pid)
        break
      }
      // Its process is being made at this moment.
      try? await Task.sleep(for: .milliseconds(20))
    }
    await tidyUp()
  }

  /// Sends the signals directly: podman has no request for it.
  ///
  /// The processes of rootless containers live in a user namespace that belongs to this user, which may
  /// signal all of them.
  private func end(_ pid: Int) async {
    let gone = AsyncStream<Void>.makeStream()
    guard let token = ProcessWatcher.shared.watch(pid: pid, onExit: { gone.continuation.finish() }) else {
      return
    }
    defer { token.cancel() }
    token.send(signal: SIGHUP)
    // A stopped process gets its signals when it goes on.
    token.send(signal: SIGCONT)
    let timer = Task {
      try await Task.sleep(for: Self.hangUpGrace)
      token.send(signal: SIGKILL)
      try await Task.sleep(for: Self.hangUpGrace)
      gone.continuation.finish()
    }
    defer { timer.cancel() }
    for await _ in gone.stream {}
  }

  /// Has podman forget the session now, instead of keeping it and two processes around for five minutes.
  func tidyUp() async {
    if canRemove {
      let request = PodmanRequest(
        .post, "/exec/\(PodmanRequest.segment(id))/remove", body: Data("{}".utf8), limit: limit,
        purpose: "remove an exec session", isRepeatable: true)
      _ = try? await client.call(request)
    }
    ExecMonitors.dismiss(id)
  }

  private func state() async throws -> State {
    let request = PodmanRequest(
      .get, "/exec/\(PodmanRequest.segment(id))/json", limit: limit, purpose: purpose)
    do {
      do {
        return try await client.require(request, as: State.self)
      } catch let error as EngineError where error.code == .operationFailed {
        // Podman finds a session and then reads it; one that is forgotten in between is an error of its own.
        return try await client.require(request, as: State.self)
      }
    } catch let error as EngineError where error.code == .notFound {
      // Podman forgets the sessions of a container that ends.
      throw EngineError(
        .operationFailed, "cannot \(purpose) to its end: the container ended, and the command with it",
        hint: "its exit code is not known; mcp events shows how the container ended")
    }
  }
}
