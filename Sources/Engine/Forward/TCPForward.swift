internal import NIOCore
internal import NIOPosix

/// Forwards the connections of one TCP port.
///
/// A connection for which there is no backend, or whose backend refuses, waits and is tried again for a while: what it
/// would reach is being restarted or replaced.
struct TCPForward: Sendable {
  /// How long a connection waits for a backend that takes it.
  private static let patience = TimeAmount.seconds(30)
  private static let pause = TimeAmount.milliseconds(10)
  private static let connectTimeout = TimeAmount.seconds(5)

  private let listener: ForwardListener
  private let counts: ConnectionCounts

  /// Listens; throws `IOError` where the port cannot be had.
  static func listen(
    host: String, port: Int, backend: Int?, counts: ConnectionCounts, on group: MultiThreadedEventLoopGroup
  ) async throws -> ForwardListener {
    let forward = TCPForward(listener: ForwardListener(backend: backend), counts: counts)
    let channel = try await ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 4096)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.autoRead, value: false)
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelInitializer { client in
        forward.connect(client, until: .now() + patience)
        return client.eventLoop.makeSucceededVoidFuture()
      }
      .bind(host: host, port: port).get()
    forward.listener.listens(on: channel)
    return forward.listener
  }

  /// Connects a client that was accepted to the backend, now or later.
  private func connect(_ client: any Channel, until deadline: NIODeadline) {
    let loop = client.eventLoop
    func again() {
      guard NIODeadline.now() < deadline else { return client.close(promise: nil) }
      loop.scheduleTask(in: Self.pause) {
        if client.isActive { connect(client, until: deadline) }
      }
    }
    guard let backend = listener.backend else { return again() }
    // Counted before it is there: nobody takes the backend away in between.
    counts.enter(backend)
    ClientBootstrap(group: loop)
      .connectTimeout(Self.connectTimeout)
      .channelOption(.autoRead, value: false)
      .channelOption(.allowRemoteHalfClosure, value: true)
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      .connect(host: RoutePorts.host, port: backend)
      .assumeIsolated().whenComplete { [counts] result in
        switch result {
        case .success(let server):
          server.closeFuture.whenComplete { _ in counts.leave(backend) }
          Splice.join(client, server)
        case .failure:
          counts.leave(backend)
          again()
        }
      }
  }
}

/// One end of a forwarded connection: what is read here is written there.
private final class Splice: ChannelDuplexHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  /// How long a client may take for the rest of what a server that is gone has sent.
  private static let lastWrite = TimeAmount.seconds(30)

  private var partner: Splice?
  private var context: ChannelHandlerContext?
  private var hasPendingRead = false

  /// Joins two channels of one event loop and lets them read.
  static func join(_ one: any Channel, _ other: any Channel) {
    let (first, second) = (Splice(), Splice())
    first.partner = second
    second.partner = first
    do {
      try one.pipeline.syncOperations.addHandler(first)
      try other.pipeline.syncOperations.addHandler(second)
      try one.syncOptions?.setOption(.autoRead, value: true)
      try other.syncOptions?.setOption(.autoRead, value: true)
    } catch {
      one.close(promise: nil)
      other.close(promise: nil)
    }
  }

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func handlerRemoved(context: ChannelHandlerContext) {
    self.context = nil
    partner = nil
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    partner?.context?.write(wrapOutboundOut(unwrapInboundIn(data)), promise: nil)
  }

  func channelReadComplete(context: ChannelHandlerContext) { partner?.context?.flush() }

  /// A connection that ended takes the other one with it, after what is still to be written there.
  func channelInactive(context: ChannelHandlerContext) { partner?.end() }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case .inputClosed? = event as? ChannelEvent { partner?.context?.close(mode: .output, promise: nil) }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // The other side may close what this one wants to half-close.
    if case .outputClosed? = error as? ChannelError { return }
    context.close(promise: nil)
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if context.channel.isWritable { partner?.readAgain() }
  }

  /// Reads only what the other side can take.
  func read(context: ChannelHandlerContext) {
    if partner?.context?.channel.isWritable ?? true {
      context.read()
    } else {
      hasPendingRead = true
    }
  }

  private func readAgain() {
    guard hasPendingRead else { return }
    hasPendingRead = false
    context?.read()
  }

  private func end() {
    guard let channel = context?.channel else { return }
    channel.writeAndFlush(ByteBuffer()).whenComplete { _ in channel.close(promise: nil) }
    // One that takes nothing any more keeps nothing open.
    channel.eventLoop.scheduleTask(in: Self.lastWrite) { channel.close(promise: nil) }
  }
}
