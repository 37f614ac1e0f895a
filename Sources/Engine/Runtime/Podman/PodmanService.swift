internal import CLinux
internal import Foundation
internal import Glibc
internal import Logging

/// Finds a podman service to talk to, or runs one, and notices when it is gone.
///
/// In this order: the configured socket and no other; the user's own `podman.sock` if it answers; a service that an
/// earlier agent left on our socket; a new one. Looking is done once at a time: all callers wait for the same
/// attempt. After failures the next attempt waits a little longer each time; callers get the last failure meanwhile.
actor PodmanService {
  /// A service that has answered.
  struct Endpoint: Sendable, Hashable {
    var socket: String
    var version: PodmanVersion
    /// Counts the services that were found; another number is another service, or the same one started again.
    var generation: Int
    /// The process, where it is one that this agent looks after.
    var process: PodmanServiceProcess?
  }

  private let configuration: PodmanConfiguration
  private let transport: PodmanTransport
  private let logger: Logger

  private var endpoint: Endpoint?
  private var attempt: Task<Endpoint, any Error>?
  private var generation = 0
  private var failures = 0
  private var lastFailure: (error: EngineError, until: ContinuousClock.Instant)?
  private var watch: WatchToken?
  /// The last service that this process started, until it is collected.
  private var child: PodmanServiceProcess?
  private var isClosed = false
  private var isKeptAlive = false

  init(configuration: PodmanConfiguration, transport: PodmanTransport, logger: Logger) {
    self.configuration = configuration
    self.transport = transport
    self.logger = logger
  }

  /// Returns a service that answers, looking for it or starting it where needed; waits at most for `limit`.
  ///
  /// Throws `unavailable` where there is none and `unsupported` where its version is not one we know.
  func current(within limit: Duration) async throws -> Endpoint {
    if let endpoint { return endpoint }
    guard !isClosed else { throw EngineError(.unavailable, "the podman driver is shut down") }
    if attempt == nil, let lastFailure, ContinuousClock.now < lastFailure.until { throw lastFailure.error }
    let attempt = currentAttempt()
    let configured = configuration.socketPath ?? configuration.ownSocketPath
    return try await RuntimeDeadline.run(
      within: limit,
      otherwise: {
        EngineError(
          .unavailable, "podman is not there yet: waited \(limit.components.seconds) s for \(configured)",
          hint: "try again; `mcp doctor` says what is wrong with podman")
      }
    ) { try await attempt.value }
  }

  /// Says that a connection to `used` failed; the next caller looks again.
  func connectionFailed(_ used: Endpoint) {
    guard endpoint?.generation == used.generation else { return }
    // A service that still runs may have had a bad moment, but one look costs less than being wrong.
    forget()
  }

  /// Keeps a service there until the task is cancelled.
  func keepAlive() async {
    isKeptAlive = true
    defer { isKeptAlive = false }
    while !Task.isCancelled, !isClosed {
      if endpoint == nil { _ = try? await current(within: .seconds(60)) }
      trimLog()
      // A service of ours that dies wakes the attempt by itself; this is for the others, and for a podman that
      // is installed later.
      try? await Task.sleep(for: endpoint == nil ? .seconds(2) : .seconds(60))
    }
  }

  /// Lets go of the service, and ends it if it is ours.
  ///
  /// Containers go on.
  func shutDown() async {
    isClosed = true
    if let attempt { _ = try? await attempt.value }
    let process = endpoint?.process
    forget()
    guard let process else { return }
    await process.end()
    unlink(configuration.ownSocketPath)
  }

  // MARK: - Looking

  private func currentAttempt() -> Task<Endpoint, any Error> {
    if let attempt { return attempt }
    let task = Task { try await self.look() }
    attempt = task
    return task
  }

  private func look() async throws -> Endpoint {
    defer { attempt = nil }
    do {
      let found = try await find()
      generation += 1
      let fresh = Endpoint(
        socket: found.socket, version: found.version, generation: generation, process: found.process)
      endpoint = fresh
      failures = 0
      lastFailure = nil
      watchProcess(of: fresh)
      logger.info(
        "podman answers",
        metadata: [
          "socket": "\(fresh.socket)", "version": "\(fresh.version)", "own": "\(fresh.process != nil)",
        ])
      return fresh
    } catch {
      let failure = EngineError.wrap(error)
      failures += 1
      let pause = Duration.milliseconds(min(5_000, 100 << min(failures, 6)))
      lastFailure = (failure, ContinuousClock.now + pause)
      if failures == 1 { logger.warning("podman is not available", metadata: ["reason": "\(failure)"]) }
      throw failure
    }
  }

  private func find() async throws -> (socket: String, version: PodmanVersion, process: PodmanServiceProcess?)
  {
    if let configured = configuration.socketPath {
      return (configured, try await probe(configured).supported(), nil)
    }
    let own = configuration.ownSocketPath
    if let users = configuration.userSocketPath, users != own, case .answers(let version) = await probe(users)
    {
      try version.requireSupported(socket: users)
      return (users, version, nil)
    }
    switch await probe(own) {
    case .answers(let version):
      try version.requireSupported(socket: own)
      return (own, version, processBehind(own))
    case .silent(let error), .lost(let error): throw error
    case .absent: return try await start(own)
    }
  }

  private func processBehind(_ socket: String) -> PodmanServiceProcess? {
    guard let found = PodmanServiceProcess.find(socket: socket) else { return nil }
    if let child, child.group == found.group, child.isAlive { return child }
    return found
  }

  private enum Probe {
    case answers(PodmanVersion)
    /// Somebody listens and does not answer.
    case silent(EngineError)
    /// The connection broke before there was an answer.
    case lost(EngineError)
    /// Nobody listens.
    case absent(EngineError)

    func supported() throws -> PodmanVersion {
      switch self {
      case .answers(let version):
        try version.requireSupported(socket: "")
        return version
      case .silent(let error), .lost(let error), .absent(let error): throw error
      }
    }
  }

  /// Asks who is there.
  ///
  /// The ping carries the version; asking for it by name starts two programs and takes 0.3 s.
  private func probe(_ socket: String) async -> Probe {
    var answer = await probeOnce(socket)
    // A connection that was kept from a service which has died since says nothing about who is there now.
    for _ in 0..<3 {
      guard case .lost = answer else { return answer }
      try? await Task.sleep(for: .milliseconds(20))
      answer = await probeOnce(socket)
    }
    return answer
  }

  private func probeOnce(_ socket: String) async -> Probe {
    let hint =
      "check that the service runs: `podman system service --time=0 unix://\(socket)` starts one by hand"
    let request = PodmanRequest(
      .get, "/_ping", limit: configuration.probeTimeout, purpose: "reach podman on \(socket)")
    do {
      let answer = try await transport.call(request, socket: socket, limit: request.limit)
      guard let version = answer.version.flatMap(PodmanVersion.init) else {
        return .silent(
          EngineError(
            .unavailable, "what listens on \(socket) is not podman",
            hint: "configure the socket of a podman service"))
      }
      return .answers(version)
    } catch let failure as PodmanTransport.ConnectionFailure {
      let error = EngineError(
        .unavailable, "cannot reach podman on \(socket)", cause: failure.words, hint: hint)
      return failure.neverSent ? .absent(error) : .lost(error)
    } catch {
      return .silent(EngineError.wrap(error))
    }
  }

  // MARK: - Starting

  private func start(
    _ socket: String, mayMend: Bool = true
  ) async throws -> (socket: String, version: PodmanVersion, process: PodmanServiceProcess?) {
    guard !isClosed else { throw EngineError(.unavailable, "the podman driver is shut down") }
    guard let executable = configuration.findExecutable() else {
      throw EngineError(
        .unavailable, "podman is not installed: there is no executable \(configuration.executable)",
        hint: "install it (`apt install podman`) or configure the path; the agent looks again by itself")
    }
    try prepareDirectory(of: socket)
    let process = try PodmanServiceProcess.spawn(
      executable: executable, socket: socket, log: logPath, environment: configuration.environment)
    child = process
    let deadline = ContinuousClock.now + configuration.serviceStartTimeout
    var pause = Duration.milliseconds(5)
    while true {
      if case .answers(let version) = await probe(socket) {
        do {
          try version.requireSupported(socket: socket)
        } catch {
          await process.end()
          throw error
        }
        return (socket, version, process)
      }
      guard process.isAlive else {
        reapChild()
        let failure = startFailure("the podman service ended while it was being started")
        guard mayMend, failure.details.contains(where: PauseProcess.isBlamed(in:)),
          await PauseProcess.reset(
            executable: executable, environment: configuration.environment, log: logPath)
        else { throw failure }
        logger.warning("podman had lost its pause process: `podman system migrate` was called")
        return try await start(socket, mayMend: false)
      }
      guard ContinuousClock.now < deadline else {
        await process.end()
        throw startFailure("the podman service does not answer after it was started")
      }
      try? await Task.sleep(for: pause)
      pause = min(pause * 2, .milliseconds(100))
    }
  }

  private func prepareDirectory(of socket: String) throws {
    guard socket.utf8.count <= 107 else {
      throw EngineError(
        .invalidArgument, "the path of podman's socket is too long: \(socket)",
        hint: "unix sockets allow 107 bytes; configure a shorter directory")
    }
    let directory = (socket as NSString).deletingLastPathComponent
    do {
      try FileManager.default.createDirectory(
        atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw EngineError(
        .unavailable, "cannot make the directory \(directory) for podman's socket",
        cause: error.localizedDescription, hint: "make it writable for the agent's user")
    }
    // Nobody listens: a socket file that is still there was left by a service that died.
    if FileFacts(path: socket, followingLinks: false)?.kind == .socket { unlink(socket) }
  }

  private var logPath: String { configuration.ownSocketPath + ".log" }

  private func startFailure(_ message: String) -> EngineError {
    let log = FileManager.default.contents(atPath: logPath).map { String(decoding: $0, as: UTF8.self) } ?? ""
    let lines = log.split(separator: "\n").suffix(5).map(String.init)
    return EngineError(
      .unavailable, message, cause: lines.last,
      hint: "run `podman info` as the agent's user: it says what podman lacks", details: lines)
  }

  /// Keeps the service's log small; it is opened for appending, so it may be cut at any time.
  private func trimLog() {
    if let facts = FileFacts(path: logPath), facts.size > 1 << 20 { _ = truncate(logPath, 0) }
  }

  // MARK: - Losing

  private func watchProcess(of endpoint: Endpoint) {
    guard let process = endpoint.process else { return }
    watch = ProcessWatcher.shared.watch(pid: process.pid, startTime: process.startTime) { [weak self] in
      Task { await self?.processEnded(generation: endpoint.generation) }
    }
    if watch == nil { processEnded(generation: endpoint.generation) }
  }

  private func processEnded(generation: Int) {
    guard let ended = endpoint, ended.generation == generation else { return }
    logger.warning("the podman service ended; containers go on", metadata: ["socket": "\(ended.socket)"])
    forget()
    if isKeptAlive, !isClosed { _ = currentAttempt() }
  }

  private func reapChild() {
    guard let ended = child, !ended.isAlive else { return }
    ended.reap()
    child = nil
  }

  private func forget() {
    reapChild()
    endpoint = nil
    watch?.cancel()
    watch = nil
  }
}

extension PodmanVersion {
  /// Throws `unsupported` for a version that this driver is not built for.
  func requireSupported(socket: String) throws {
    guard !isSupported else { return }
    throw EngineError(
      .unsupported, "podman \(text) is not supported",
      hint: "podman \(PodmanVersion.oldestSupported) to 5.x is; install one of those")
  }
}
