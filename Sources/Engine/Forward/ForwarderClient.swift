internal import CLinux
internal import Foundation
internal import Glibc
public import Logging
internal import NIOCore
internal import NIOPosix

/// The agent's end of the forwarder: starts its process where there is none, and tells it what to do.
public actor ForwarderClient {
  private static let answerLimit = Duration.seconds(5)
  private static let startLimit = Duration.seconds(10)

  private let socket: String
  private let executable: String
  private let logger: Logger
  private var child: pid_t?

  /// Creates a client; `executable` is the program whose command `forward` is the forwarder.
  public init(socket: String, executable: String, logger: Logger) {
    self.socket = socket
    self.executable = executable
    self.logger = logger
  }

  /// Makes `rules` what is forwarded; starts a forwarder for that where there is none and there are rules.
  ///
  /// Throws `unavailable` where none can be started or it does not answer.
  func apply(_ rules: [ForwardRule]) async throws(EngineError) -> ForwardReport {
    if let report = await ask(ForwardRequest(rules: rules)) {
      if report.version == ForwardRequest.currentVersion { return report }
      // Of another program version: it finishes what it has, a new one takes over.
      _ = await ask(ForwardRequest(retires: true))
    }
    guard !rules.isEmpty else { return ForwardReport(pid: 0, rules: []) }
    try start()
    let deadline = ContinuousClock.now + Self.startLimit
    while ContinuousClock.now < deadline {
      if let report = await ask(ForwardRequest(rules: rules)) { return report }
      try? await Task.sleep(for: .milliseconds(10))
    }
    throw EngineError(
      .unavailable, "the forwarder of routes does not answer",
      cause: FileManager.default.contents(atPath: log).map {
        String(decoding: $0.suffix(500), as: UTF8.self)
      }, hint: "its messages are in \(log)")
  }

  /// What is forwarded now; `nil` where there is no forwarder.
  func report() async -> ForwardReport? {
    let report = await ask(ForwardRequest())
    return report?.version == ForwardRequest.currentVersion ? report : nil
  }

  private var log: String { socket + ".log" }

  private func start() throws(EngineError) {
    if let child { _ = clinux_reap(child) }
    let pid = try SessionProcess.spawn(
      "the forwarder of routes", executable: executable, arguments: ["forward", "--socket", socket],
      environment: ["PATH": "/usr/bin:/bin"], log: log)
    child = pid
    logger.info("the forwarder was started", metadata: ["pid": "\(pid)"])
  }

  /// Sends one request; `nil` where nobody answers.
  private func ask(_ request: ForwardRequest) async -> ForwardReport? {
    let socket = socket
    return try? await TimeLimit.run(Self.answerLimit) {
      let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .connect(unixDomainSocketPath: socket) { channel in
          channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(ByteToMessageHandler(LineFrames()))
            return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
          }
        }
      let line = try JSONEncoder().encode(request) + [UInt8(ascii: "\n")]
      return try await channel.executeThenClose { lines, requests -> ForwardReport? in
        try await requests.write(ByteBuffer(bytes: line))
        for try await line in lines {
          return try JSONDecoder().decode(ForwardReport.self, from: Data(line.readableBytesView))
        }
        return nil
      }
    }
  }
}
