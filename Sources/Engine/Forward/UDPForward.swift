internal import NIOCore
internal import NIOPosix

/// Forwards the datagrams of one UDP port.
///
/// Each client has a socket of its own to the backend, so that answers find back to it; one that is quiet for a minute
/// is forgotten. Datagrams for which there is no backend are lost, as datagrams are.
enum UDPForward {
  /// Listens; throws `IOError` where the port cannot be had.
  static func listen(
    host: String, port: Int, backend: Int?, on group: MultiThreadedEventLoopGroup
  ) async throws -> ForwardListener {
    let listener = ForwardListener(backend: backend)
    let channel = try await DatagramBootstrap(group: group.next())
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(Clients(listener))
        }
      }
      .bind(host: host, port: port).get()
    listener.listens(on: channel)
    return listener
  }
}

/// Sends what clients say on, by a socket for each.
private final class Clients: ChannelInboundHandler {
  typealias InboundIn = AddressedEnvelope<ByteBuffer>
  typealias OutboundOut = AddressedEnvelope<ByteBuffer>

  /// How many clients are served at a time; another one takes the place of the one that was quiet for longest.
  private static let most = 4096
  /// How many datagrams wait for their socket.
  private static let longestQueue = 16
  private static let quiet = TimeAmount.seconds(60)
  private static let sweepInterval = TimeAmount.seconds(15)

  private struct Flow {
    var backend: Int
    var socket: (any Channel)?
    var waiting: [ByteBuffer] = []
    var lastUse: NIODeadline
    var number: UInt64
  }

  private let listener: ForwardListener
  private var flows: [SocketAddress: Flow] = [:]
  private var next: UInt64 = 0
  private var isActive = false

  init(_ listener: ForwardListener) { self.listener = listener }

  func channelActive(context: ChannelHandlerContext) {
    isActive = true
    sweepLater(context.eventLoop)
  }

  func channelInactive(context: ChannelHandlerContext) {
    isActive = false
    for address in flows.keys { forget(address) }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let envelope = unwrapInboundIn(data)
    guard let backend = listener.backend else { return }
    let client = envelope.remoteAddress
    // What replaces a backend gets what is said from then on.
    if let flow = flows[client], flow.backend != backend { forget(client) }
    if flows[client] == nil {
      if flows.count >= Self.most, let oldest = flows.min(by: { $0.value.lastUse < $1.value.lastUse })?.key {
        forget(oldest)
      }
      open(client, to: backend, context)
    }
    flows[client]?.lastUse = .now()
    if let socket = flows[client]?.socket {
      socket.writeAndFlush(envelope.data, promise: nil)
    } else if flows[client]?.waiting.count ?? 0 < Self.longestQueue {
      flows[client]?.waiting.append(envelope.data)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // A client that is gone says so; the others go on.
  }

  private func open(_ client: SocketAddress, to backend: Int, _ context: ChannelHandlerContext) {
    next += 1
    let number = next
    flows[client] = Flow(backend: backend, lastUse: .now(), number: number)
    let front = context.channel
    DatagramBootstrap(group: context.eventLoop)
      .channelInitializer { socket in
        socket.eventLoop.makeCompletedFuture {
          try socket.pipeline.syncOperations.addHandler(Answers(to: client, over: front))
        }
      }
      .connect(host: RoutePorts.host, port: backend)
      .assumeIsolated().whenComplete { result in
        guard self.flows[client]?.number == number, case .success(let socket) = result else {
          if case .success(let late) = result { late.close(promise: nil) }
          if self.flows[client]?.number == number { self.flows[client] = nil }
          return
        }
        self.flows[client]?.socket = socket
        for datagram in self.flows[client]?.waiting ?? [] { socket.write(datagram, promise: nil) }
        socket.flush()
        self.flows[client]?.waiting = []
        socket.closeFuture.assumeIsolated().whenComplete { _ in
          if self.flows[client]?.number == number { self.flows[client] = nil }
        }
      }
  }

  private func forget(_ client: SocketAddress) {
    flows.removeValue(forKey: client)?.socket?.close(promise: nil)
  }

  private func sweepLater(_ loop: any EventLoop) {
    loop.assumeIsolated().scheduleTask(in: Self.sweepInterval) {
      guard self.isActive else { return }
      self.forgetQuiet()
      self.sweepLater(loop)
    }
  }

  private func forgetQuiet() {
    let limit = NIODeadline.now() - Self.quiet
    for (client, flow) in flows where flow.lastUse < limit { forget(client) }
  }
}

/// Sends a backend's answers back to a client.
private final class Answers: ChannelInboundHandler, Sendable {
  typealias InboundIn = AddressedEnvelope<ByteBuffer>

  private let client: SocketAddress
  private let front: any Channel

  init(to client: SocketAddress, over front: any Channel) {
    self.client = client
    self.front = front
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let datagram = AddressedEnvelope(remoteAddress: client, data: unwrapInboundIn(data).data)
    front.writeAndFlush(datagram, promise: nil)
  }

  /// Nobody listens there: the next datagram looks again.
  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
