internal import GRPCNIOTransportHTTP2
internal import Logging
internal import NIOCore
internal import NIOHPACK
internal import NIOHTTP2
internal import NIOPosix

/// Finds out who is at the other end of each connection and tells every call on it.
///
/// The transport hands out the channels of connections and calls, and lets nothing of ours travel from one
/// to the other. So the credentials are read once per connection and put into each call's request headers,
/// where only this code can put them: what a client sends under these names is removed.
struct PeerIdentification: Sendable {
  let connections: ConnectionCensus
  let logger: Logger

  /// The hooks for the transport's configuration.
  ///
  /// None of them may fail: the transport takes that for a failure of the listener and ends.
  var callbacks: HTTP2ServerTransport.Config.ChannelDebuggingCallbacks {
    .init(
      onBindTCPListener: { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(AcceptErrorHandler(logger: logger))
        }
      },
      onAcceptTCPConnection: { channel in
        credentials(of: channel).map { credentials in
          let handler = PeerConnectionHandler(credentials, connections, logger)
          try? channel.pipeline.syncOperations.addHandler(handler, position: .first)
        }
      },
      onAcceptHTTP2Stream: { channel in
        let connection = try? channel.parent?.pipeline.syncOperations.handler(
          type: PeerConnectionHandler.self)
        let handler = PeerHeadersHandler(connection?.credentials)
        return channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(handler, position: .first)
        }
      })
  }

  /// Asks the kernel; `nil` where it does not answer.
  private func credentials(of channel: any Channel) -> EventLoopFuture<PeerCredentials?> {
    guard let socket = channel as? any SocketOptionProvider else {
      return channel.eventLoop.makeSucceededFuture(nil)
    }
    let answer: EventLoopFuture<KernelCredentials> = socket.unsafeGetSocketOption(
      level: .socket, name: NIOBSDSocket.Option(rawValue: SO_PEERCRED))
    return answer.map { PeerCredentials(uid: $0.uid, gid: $0.gid, pid: $0.pid) }
      .flatMapErrorThrowing { _ in nil }
  }
}

/// `struct ucred` of the kernel.
private struct KernelCredentials: Sendable {
  var pid: Int32
  var uid: UInt32
  var gid: UInt32
}

/// Keeps who is at the other end of a connection, and closes one that is too many or nobody's.
final class PeerConnectionHandler: ChannelInboundHandler {
  typealias InboundIn = NIOAny

  /// Who is at the other end; `nil` where the connection is refused.
  let credentials: PeerCredentials?
  private let connections: ConnectionCensus
  private var counted: Bool

  init(_ credentials: PeerCredentials?, _ connections: ConnectionCensus, _ logger: Logger) {
    self.connections = connections
    counted = credentials.map { connections.enter($0.uid) } ?? false
    self.credentials = counted ? credentials : nil
    if let credentials, !counted {
      logger.warning("connection refused: too many of this user", metadata: ["uid": "\(credentials.uid)"])
    } else if credentials == nil {
      logger.error("connection refused: the kernel does not say whose it is")
    }
  }

  func channelActive(context: ChannelHandlerContext) {
    if credentials == nil {
      context.close(promise: nil)
    } else {
      context.fireChannelActive()
    }
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    guard counted, let credentials else { return }
    counted = false
    connections.leave(credentials.uid)
  }
}

/// Puts the peer's credentials into a call's request headers.
final class PeerHeadersHandler: ChannelInboundHandler {
  typealias InboundIn = HTTP2Frame.FramePayload
  typealias InboundOut = HTTP2Frame.FramePayload

  private let credentials: PeerCredentials?

  /// Without credentials it only removes what a client claims: the call is refused then.
  init(_ credentials: PeerCredentials?) {
    self.credentials = credentials
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard case .headers(var frame) = unwrapInboundIn(data) else {
      context.fireChannelRead(data)
      return
    }
    frame.headers = identified(frame.headers)
    context.fireChannelRead(wrapInboundOut(.headers(frame)))
  }

  private func identified(_ headers: HPACKHeaders) -> HPACKHeaders {
    let own = credentials?.headers ?? []
    var identified = HPACKHeaders()
    identified.reserveCapacity(headers.count + own.count)
    for (name, value, indexing) in headers
    where !name.lowercased().hasPrefix(PeerCredentials.headerPrefix) {
      identified.add(name: name, value: value, indexing: indexing)
    }
    for (name, value) in own { identified.add(name: name, value: value) }
    return identified
  }
}

/// Keeps the listener going when a connection cannot be accepted.
///
/// The transport ends on any error of its listener. Having no descriptor left passes: accepting pauses, so
/// that it is not tried over and over.
final class AcceptErrorHandler: ChannelInboundHandler {
  typealias InboundIn = NIOAny

  private let logger: Logger
  private var paused = false

  init(logger: Logger) {
    self.logger = logger
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    logger.error("a connection could not be accepted", metadata: ["error": "\(error)"])
    guard !paused else { return }
    paused = true
    try? context.channel.syncOptions?.setOption(.autoRead, value: false)
    let resumption = NIOLoopBound((handler: self, channel: context.channel), eventLoop: context.eventLoop)
    context.eventLoop.scheduleTask(in: .milliseconds(200)) {
      resumption.value.handler.paused = false
      try? resumption.value.channel.syncOptions?.setOption(.autoRead, value: true)
    }
  }
}
