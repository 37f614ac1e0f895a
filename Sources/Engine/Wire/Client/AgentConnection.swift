internal import GRPCCore
internal import GRPCNIOTransportHTTP2
internal import Glibc
internal import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import Synchronization

/// One HTTP/2 connection to an agent.
final class AgentConnection: Sendable {
  typealias Transport = HTTP2ClientTransport.WrappedChannel

  /// Makes calls on the connection.
  let client: GRPCClient<Transport>
  private let channel: any Channel
  private let runner: Task<Void, Never>

  private init(transport: Transport, channel: any Channel, token: String? = nil) {
    self.channel = channel
    let client = GRPCClient(
      transport: transport, interceptors: token.map { [BearerInterceptor(token: $0)] } ?? [])
    self.client = client
    // Not a child of the caller's task: a cancelled caller ends its calls, which needs the connection.
    runner = Task { try? await client.runConnections() }
  }

  /// Connects and waits for the agent's first words.
  ///
  /// Throws `unavailable` where there is no agent, `permissionDenied` where this user may not connect,
  /// `timeout` where something accepts the connection and says nothing until `timeout` has passed.
  static func open(path: String, timeout: Duration) async throws -> AgentConnection {
    let deadline = ContinuousClock.now + timeout
    let descriptor = try await AgentSocket.connect(to: path, deadline: deadline)
    let (transport, channel, greeting) = try await wrap(descriptor, path: path)
    let connection = AgentConnection(transport: transport, channel: channel)
    do {
      try await connection.await(greeting, until: deadline, path: path)
    } catch {
      await connection.close()
      throw error
    }
    return connection
  }

  /// Connects over TLS and waits for the agent's first words.
  ///
  /// Throws `unavailable` where there is no agent, `unauthenticated` where it is not the one that the CA of `access`
  /// vouches for, `timeout` where something accepts the connection and says nothing until `timeout` has passed.
  static func open(
    host: String, port: Int, access: AgentAccess, timeout: Duration
  ) async throws -> AgentConnection {
    let deadline = ContinuousClock.now + timeout
    let address = "\(AgentAddress.tcp(host: host, port: port))"
    let verifier = try access.verifier(host: host, address: address)
    do {
      let (transport, channel, greeting) = try await wrap { group, prepare in
        try await ClientBootstrap(group: group).connectTimeout(.nanoseconds((deadline - .now).nanoseconds))
          .connect(host: host, port: port) { channel in
            channel.eventLoop.makeCompletedFuture {
              try channel.pipeline.syncOperations.addHandler(TLSClient.handler(verifier, host: host))
            }.flatMap { prepare(channel) }
          }
      }
      let connection = AgentConnection(transport: transport, channel: channel, token: access.token)
      do {
        try await connection.await(greeting, until: deadline, path: address)
      } catch {
        await connection.close()
        throw error
      }
      return connection
    } catch {
      throw TLSClient.failure(error, address: address, refusal: verifier.refusal)
    }
  }

  /// Makes a connection to nobody and closes it.
  ///
  /// A process's first connection takes several times as long as the next: a thread is started, types are looked up
  /// that are known from then on.
  static func rehearse() async {
    var ends: [CInt] = [-1, -1]
    let type = CInt(SOCK_STREAM.rawValue) | CInt(SOCK_NONBLOCK.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { return }
    defer { Glibc.close(ends[1]) }
    // An agent's first words: an empty SETTINGS frame, RFC 9113, 6.5.
    let greeting: [UInt8] = [0, 0, 0, 4, 0, 0, 0, 0, 0]
    guard Glibc.write(ends[1], greeting, greeting.count) == greeting.count,
      let (transport, channel, greeted) = try? await wrap(ends[0], path: "")
    else { return }
    let connection = AgentConnection(transport: transport, channel: channel)
    try? await connection.await(greeted, until: .now + .seconds(1), path: "")
    await connection.close()
  }

  /// Makes a transport of a connected socket, which it owns from then on.
  private static func wrap(
    _ descriptor: CInt, path: String
  ) async throws -> (Transport, any Channel, EventLoopFuture<Void>) {
    do {
      return try await wrap { group, prepare in
        try await ClientBootstrap(group: group).withConnectedSocket(descriptor) { prepare($0) }
      }
    } catch {
      throw EngineError(
        .unavailable, "the connection to the agent at \(path) could not be set up",
        cause: String(describing: error))
    }
  }

  /// Makes a transport of a channel that `connect` makes and hands to the closure that it is given.
  private static func wrap(
    _ connect:
      @escaping @Sendable (
        MultiThreadedEventLoopGroup,
        @escaping @Sendable (any Channel) -> EventLoopFuture<Transport.ConfiguredChannel>
      ) async throws -> Transport.ConfiguredChannel
  ) async throws -> (Transport, any Channel, EventLoopFuture<Void>) {
    let made = Mutex<(channel: any Channel, greeted: EventLoopFuture<Void>)?>(nil)
    let transport = try await Transport.wrapping(config: configuration) { configure in
      try await connect(.singletonMultiThreadedEventLoopGroup) { channel in
        channel.eventLoop.makeCompletedFuture {
          let handler = GreetingHandler(channel.eventLoop)
          made.withLock { $0 = (channel, handler.greeted) }
          try channel.pipeline.syncOperations.addHandlers(handler, HTTP2Intake())
        }.flatMap { configure(channel) }
      }
    }
    guard let made = made.withLock({ $0 }) else { throw ChannelError.eof }
    return (transport, made.channel, made.greeted)
  }

  /// Closes the connection; calls that are under way end with an error.
  func close() async {
    channel.close(promise: nil)
    await runner.value
  }

  private func await(
    _ greeting: EventLoopFuture<Void>, until deadline: ContinuousClock.Instant, path: String
  ) async throws {
    let channel = channel
    let timer = channel.eventLoop.scheduleTask(
      in: .nanoseconds(max(0, (deadline - .now).nanoseconds))
    ) {
      channel.pipeline.fireUserInboundEventTriggered(GreetingHandler.Late())
    }
    defer { timer.cancel() }
    do {
      try await withTaskCancellationHandler {
        try await greeting.get()
      } onCancel: {
        channel.close(promise: nil)
      }
    } catch {
      if Task.isCancelled { throw EngineError(.cancelled, "connecting to the agent was cancelled") }
      if error is NIOSSLError { throw error }
      if error is GreetingHandler.Late {
        throw EngineError(
          .timeout, "the agent at \(path) accepted the connection and does not answer",
          hint: "it may hang: see `systemctl status mcp-agent` and its log")
      }
      throw EngineError(
        .unavailable, "the agent at \(path) closed the connection at once",
        hint: "too many connections of this user, or something else listens there: see the agent's log")
    }
  }

  private static var configuration: Transport.Config {
    .defaults {
      $0.http2.authority = "localhost"
      $0.http2.maxFrameSize = RemoteControlPlane.maximumFrameBytes
      // A link that was cut is known after 20 seconds.
      $0.connection.keepalive = .init(time: .seconds(10), timeout: .seconds(10), allowWithoutCalls: false)
      // A person waits for one answer: nothing is won by collecting writes.
      $0.connection.flushCoalescing = nil
      $0.channelDebuggingCallbacks.onCreateHTTP2Stream = { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(
            MessageIntake(longest: RemoteControlPlane.maximumFrameBytes), position: .first)
        }
      }
    }
  }
}

/// Tells when the first bytes come in.
private final class GreetingHandler: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer

  /// The time for it is over.
  struct Late: Error {}

  private let promise: EventLoopPromise<Void>
  var greeted: EventLoopFuture<Void> { promise.futureResult }

  init(_ eventLoop: any EventLoop) {
    promise = eventLoop.makePromise()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    promise.succeed()
    context.fireChannelRead(data)
    context.pipeline.syncOperations.removeHandler(self, promise: nil)
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is Late {
      promise.fail(Late())
    } else {
      context.fireUserInboundEventTriggered(event)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    promise.fail(error)
    context.fireErrorCaught(error)
  }

  func channelInactive(context: ChannelHandlerContext) {
    promise.fail(ChannelError.eof)
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    promise.fail(ChannelError.eof)
  }
}

extension Duration {
  /// The duration in nanoseconds, at most what an `Int64` holds.
  fileprivate var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    return overflow ? .max : product.addingReportingOverflow(attoseconds / 1_000_000_000).partialValue
  }
}
