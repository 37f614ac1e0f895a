internal import Engine
internal import GRPCCore
internal import GRPCNIOTransportHTTP2
internal import Glibc
internal import Logging

/// Serves `mcp.v1.ControlPlane` and `grpc.health.v1.Health` on a unix socket and, where that is wanted, over TLS on TCP.
final class RPCServer: Sendable {
  private typealias Server = GRPCServer<HTTP2ServerTransport.Posix>

  /// The door for operators elsewhere.
  struct Remote: Sendable {
    /// The name or IP address to listen on.
    let host: String
    /// The port.
    let port: Int
    /// What the agent shows.
    let certificate: ServerCertificate
  }

  private let listener: UnixListener
  private let servers: [Server]
  private let remoteConnections: ConnectionCensus
  private let place: String
  private let shutdown = ShutdownSignal()
  /// How many connections each user of this machine has.
  let connections: ConnectionCensus
  private let logger: Logger

  /// Binds the socket; connections wait from now on until ``run()`` takes them.
  ///
  /// - Parameters:
  ///   - socketPath: The absolute path of the socket; its directory is created where it is missing.
  ///   - mode: The rights on the socket.
  ///   - group: The group that the socket belongs to; `nil` leaves this process's.
  ///   - policy: Decides who a peer is and what it may do.
  ///   - plane: Returns the control plane as a caller has it; called once per call.
  ///   - remote: The door for operators elsewhere; `nil` is none.
  ///   - audit: Hears of every refused call and of every call that changes something.
  ///   - limits: What one client may take.
  ///   - logger: Takes what an operator should know of connections.
  /// - Throws: `conflict` where another agent answers on the socket, and what ``UnixListener`` and ``TCPListener``
  ///   throw.
  init(
    socketPath: String, mode: mode_t = 0o660, group: UInt32? = nil, policy: any PeerPolicy,
    plane: @escaping @Sendable (Caller) -> any ControlPlane, remote: Remote? = nil,
    audit: @escaping AuthorizationInterceptor.AuditHandler, limits: RPCLimits = RPCLimits(),
    logger: Logger
  ) throws {
    connections = ConnectionCensus(limit: limits.connectionsPerPeer, total: limits.connections)
    self.logger = logger
    var router = RPCRouter<HTTP2ServerTransport.Posix>()
    ControlPlaneService(plane: plane, limits: limits, shutdown: shutdown).register(with: &router)
    HealthService(shutdown: shutdown).registerMethods(with: &router)
    let authorization = try AuthorizationInterceptor(methods: router.methods, policy: policy, audit: audit)
    router.registerInterceptors(pipeline: [.apply(authorization, to: .all)])
    listener = try UnixListener.bind(path: socketPath, mode: mode, group: group)
    guard let descriptor = listener.takeDescriptor() else {
      throw EngineError(.internalError, "the socket \(socketPath) was taken twice")
    }
    let local = PeerIdentification(door: .local, connections: connections, logger: logger)
    var servers = [Self.server(descriptor, router, local, limits)]
    var place = socketPath
    remoteConnections = ConnectionCensus(limit: limits.connectionsPerPeer, total: limits.connections)
    if let remote {
      let identification = PeerIdentification(
        door: .remote(
          remote.certificate, handshakeLimit: limits.handshakeTimeout, idleLimit: limits.idleTimeout),
        connections: remoteConnections, logger: logger)
      let descriptor = try TCPListener.bind(host: remote.host, port: remote.port)
      servers.append(Self.server(descriptor, router, identification, limits))
      place += " and \(AgentAddress.tcp(host: remote.host, port: remote.port))"
    }
    self.servers = servers
    self.place = place
  }

  private static func server(
    _ descriptor: CInt, _ router: RPCRouter<HTTP2ServerTransport.Posix>, _ identification: PeerIdentification,
    _ limits: RPCLimits
  ) -> Server {
    let transport = HTTP2ServerTransport.Posix(
      listeningSocketDescriptor: Int(descriptor), transportSecurity: .plaintext,
      config: .defaults { config in
        config.apply(limits)
        config.channelDebuggingCallbacks = identification.callbacks
      })
    return GRPCServer(transport: transport, router: router)
  }

  /// How many connections there are, through all doors.
  var openConnections: Int { connections.total + remoteConnections.total }

  /// Serves until ``beginGracefulShutdown()`` and until the calls that finish then have finished.
  ///
  /// Cancelling the task ends every call at once. Call it once. Throws `unavailable` where the listener
  /// fails.
  func run() async throws {
    defer { listener.close() }
    logger.info("listening", metadata: ["on": "\(place)"])
    do {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for server in servers { group.addTask { try await server.serve() } }
        try await group.waitForAll()
      }
    } catch {
      // A server that is told to end before it has begun says that it cannot begin.
      if Task.isCancelled || shutdown.hasBegun { return }
      throw EngineError(
        .unavailable, "serving on \(place) failed", cause: String(describing: error))
    }
  }

  /// Takes no more calls, ends streams, and lets operations and answers finish.
  func beginGracefulShutdown() {
    shutdown.begin()
    for server in servers { server.beginGracefulShutdown() }
  }
}

extension HTTP2ServerTransport.Posix.Config {
  fileprivate mutating func apply(_ limits: RPCLimits) {
    http2.maxConcurrentStreams = limits.streamsPerConnection
    http2.targetWindowSize = limits.windowBytes
    http2.maxFrameSize = limits.frameBytes
    rpc.maxRequestPayloadSize = limits.messageBytes
    connection.keepalive = .init(
      time: limits.keepaliveInterval, timeout: limits.keepaliveTimeout,
      clientBehavior: .init(minPingIntervalWithoutCalls: limits.clientPingInterval, allowWithoutCalls: true))
  }
}
