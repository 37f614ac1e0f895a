internal import Foundation
internal import Glibc
public import Logging
internal import NIOCore
internal import NIOPosix

/// The forwarder's process: takes requests from the agent on a unix socket until there is nothing to forward any more.
public enum ForwarderServer {
  /// How long a forwarder with nothing to do waits for an agent to tell it.
  private static let idleLimit = Duration.seconds(10)
  /// How long connections may take to end once it retires.
  private static let retirement = Duration.seconds(3600)
  /// The longest line that is read.
  private static let longestLine = 4 << 20

  /// Serves until it retires, or has had nothing to do for a while.
  ///
  /// Throws `unavailable` where the socket cannot be had, `conflict` where another forwarder serves it.
  public static func run(socket: String, logger: Logger) async throws {
    let lock = try lock(socket + ".lock")
    unlink(socket)
    umask(0o177)
    let forwarder = Forwarder()
    let requests: NIOAsyncChannel<NIOAsyncChannel<ByteBuffer, ByteBuffer>, Never>
    do {
      requests = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .bind(unixDomainSocketPath: socket) { channel in
          channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(
              ByteToMessageHandler(LineFrames(), maximumBufferSize: longestLine))
            return try NIOAsyncChannel(wrappingChannelSynchronously: channel)
          }
        }
    } catch {
      throw EngineError(.unavailable, "cannot listen on \(socket)", cause: "\(error)")
    }
    logger.info("forwarding", metadata: ["socket": "\(socket)"])
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await serve(requests, forwarder) }
      group.addTask { await waitUntilIdle(forwarder) }
      try await group.next()
      group.cancelAll()
    }
    // From here on another forwarder may take over; this one finishes the connections that it has.
    unlink(socket)
    close(lock)
    let deadline = ContinuousClock.now + retirement
    while await !forwarder.isIdle, ContinuousClock.now < deadline { try? await Task.sleep(for: .seconds(1)) }
    logger.info("nothing is forwarded any more")
  }

  private static func lock(_ path: String) throws(EngineError) -> Int32 {
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      throw EngineError(.unavailable, "cannot open \(path)", cause: String(cString: strerror(errno)))
    }
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      close(file)
      throw EngineError(.conflict, "another forwarder holds \(path)")
    }
    return file
  }

  /// Returns when it is told to retire.
  private static func serve(
    _ requests: NIOAsyncChannel<NIOAsyncChannel<ByteBuffer, ByteBuffer>, Never>, _ forwarder: Forwarder
  ) async throws {
    let retired = AsyncStream<Void>.makeStream()
    try await requests.executeThenClose { connections in
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { for await _ in retired.stream { return } }
        group.addTask {
          try await withThrowingDiscardingTaskGroup { group in
            for try await connection in connections {
              group.addTask {
                if (try? await answer(connection, forwarder)) == true { retired.continuation.yield() }
              }
            }
          }
        }
        try await group.next()
        group.cancelAll()
      }
    }
  }

  /// Answers the requests of one connection; returns whether one of them was to retire.
  private static func answer(
    _ connection: NIOAsyncChannel<ByteBuffer, ByteBuffer>, _ forwarder: Forwarder
  ) async throws -> Bool {
    try await connection.executeThenClose { lines, answers in
      for try await line in lines {
        let request = try JSONDecoder().decode(ForwardRequest.self, from: Data(line.readableBytesView))
        var failures: [String: String] = [:]
        if request.retires {
          await forwarder.retire()
        } else if let rules = request.rules {
          failures = try await forwarder.apply(rules)
        }
        let report = try JSONEncoder().encode(await forwarder.report(failures: failures))
        try await answers.write(ByteBuffer(bytes: report + [UInt8(ascii: "\n")]))
        if request.retires { return true }
      }
      return false
    }
  }

  private static func waitUntilIdle(_ forwarder: Forwarder) async {
    var idleSince = ContinuousClock.now
    while !Task.isCancelled {
      if await !forwarder.isIdle { idleSince = .now }
      if ContinuousClock.now - idleSince > idleLimit, await forwarder.retireIfIdle() { return }
      try? await Task.sleep(for: .milliseconds(250))
    }
  }
}

/// Cuts what comes in into lines.
struct LineFrames: ByteToMessageDecoder {
  typealias InboundOut = ByteBuffer

  mutating func decode(context: ChannelHandlerContext, buffer: inout ByteBuffer) -> DecodingState {
    guard let end = buffer.readableBytesView.firstIndex(of: UInt8(ascii: "\n")) else { return .needMoreData }
    let length = end - buffer.readerIndex
    guard let line = buffer.readSlice(length: length) else { return .needMoreData }
    buffer.moveReaderIndex(forwardBy: 1)
    context.fireChannelRead(wrapInboundOut(line))
    return .continue
  }
}
