internal import Engine
internal import GRPCNIOTransportHTTP2
internal import Logging
internal import NIOCore
internal import NIOHPACK
internal import NIOHTTP2
internal import NIOPosix
internal import NIOSSL

/// Finds out who is at the other end of each connection and tells every call on it.
///
/// The transport hands out the channels of connections and calls, and lets nothing of ours travel from one
/// to the other. So the peer is found out once per connection and put into each call's request headers,
/// where only this code can put it: what a client sends under these names is removed.
struct PeerIdentification: Sendable {
  /// The way by which connections come in.
  enum Door: Sendable {
    /// The unix socket: the kernel says whose a connection is.
    case local
    /// TCP: what comes in is TLS with this certificate, or nothing.
    case remote(ServerCertificate, handshakeLimit: Duration, idleLimit: Duration)
  }

  let door: Door
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
        peer(of: channel).map { peer in
          let handler = PeerConnectionHandler(peer, connections, logger)
          try? channel.pipeline.syncOperations.addHandlers(
            secured(peer, handler.peer) + [handler] + watched(handler.peer) + [HTTP2Intake()],
            position: .first)
        }
      },
      onAcceptHTTP2Stream: { channel in
        let connection = channel.parent?.pipeline.syncOperations
        let peer = try? connection?.handler(type: PeerConnectionHandler.self).peer
        let handler = PeerHeadersHandler(peer, idle: try? connection?.handler(type: IdleWatch.self))
        return channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandlers(
            handler, MessageIntake(longest: RemoteControlPlane.maximumFrameBytes), position: .first)
        }
      })
  }

  /// What stands before a connection's own handlers: TLS on TCP, nothing on a refused connection.
  private func secured(_ peer: Peer?, _ accepted: Peer?) -> [any ChannelHandler] {
    guard case .remote(let certificate, let limit, _) = door, let accepted else { return [] }
    return [
      PlaintextGuard(peer: accepted.description, logger: logger),
      NIOSSLServerHandler(context: certificate.context),
      HandshakeWatch(peer: accepted.description, limit: limit, logger: logger),
    ]
  }

  /// What ends a connection from elsewhere that nothing is done with.
  private func watched(_ accepted: Peer?) -> [any ChannelHandler] {
    guard case .remote(_, _, let limit) = door, accepted != nil else { return [] }
    return [IdleWatch(limit: limit)]
  }

  private func peer(of channel: any Channel) -> EventLoopFuture<Peer?> {
    switch door {
    case .local: return credentials(of: channel).map { $0.map(Peer.local) }
    case .remote:
      guard let address = channel.remoteAddress, let host = address.ipAddress, let port = address.port else {
        return channel.eventLoop.makeSucceededFuture(nil)
      }
      return channel.eventLoop.makeSucceededFuture(.remote(address: host, port: port))
    }
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
  let peer: Peer?
  private let connections: ConnectionCensus
  private var counted: Bool

  init(_ peer: Peer?, _ connections: ConnectionCensus, _ logger: Logger) {
    self.connections = connections
    counted = peer.map { connections.enter($0.origin) } ?? false
    self.peer = counted ? peer : nil
    if let peer, !counted {
      logger.warning("connection refused: too many of this peer", metadata: ["peer": "\(peer.description)"])
    } else if peer == nil {
      logger.error("connection refused: the kernel does not say whose it is")
    }
  }

  func channelActive(context: ChannelHandlerContext) {
    if peer == nil {
      context.close(promise: nil)
    } else {
      context.fireChannelActive()
    }
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    guard counted, let peer else { return }
    counted = false
    connections.leave(peer.origin)
  }
}

/// Puts the peer into a call's request headers, and tells of the call's begin and end.
final class PeerHeadersHandler: ChannelInboundHandler {
  typealias InboundIn = HTTP2Frame.FramePayload
  typealias InboundOut = HTTP2Frame.FramePayload

  private let peer: Peer?
  private let idle: IdleWatch?

  /// Without a peer it only removes what a client claims: the call is refused then.
  ///
  /// `idle` is told when the call begins and when it ends.
  init(_ peer: Peer?, idle: IdleWatch?) {
    self.peer = peer
    self.idle = idle
  }

  func handlerAdded(context: ChannelHandlerContext) { idle?.callBegan() }

  func handlerRemoved(context: ChannelHandlerContext) { idle?.callEnded() }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard case .headers(var frame) = unwrapInboundIn(data) else {
      context.fireChannelRead(data)
      return
    }
    frame.headers = identified(frame.headers)
    context.fireChannelRead(wrapInboundOut(.headers(frame)))
  }

  private func identified(_ headers: HPACKHeaders) -> HPACKHeaders {
    let own = peer?.headers ?? []
    var identified = HPACKHeaders()
    identified.reserveCapacity(headers.count + own.count)
    for (name, value, indexing) in headers
    where !name.lowercased().hasPrefix(Peer.headerPrefix) {
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
