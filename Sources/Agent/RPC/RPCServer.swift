internal import Engine
internal import GRPCCore
internal import GRPCNIOTransportHTTP2
internal import Glibc
internal import Logging

/// Serves `mcp.v1.ControlPlane` and `grpc.health.v1.Health` on a unix socket.
final class RPCServer: Sendable {
  private let listener: UnixListener
  private let server: GRPCServer<HTTP2ServerTransport.Posix>
  private let shutdown = ShutdownSignal()
  /// How many connections each user has.
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
  ///   - onDenied: Hears of every refused call; called from any thread, and must return at once.
  ///   - limits: What one client may take.
  ///   - logger: Takes what an operator should know of connections.
  /// - Throws: `conflict` where another agent answers on the socket, and what ``UnixListener`` throws.
  init(
    socketPath: String, mode: mode_t = 0o660, group: UInt32? = nil, policy: any PeerPolicy,
    plane: @escaping @Sendable (Caller) -> any ControlPlane,
    onDenied: @escaping AuthorizationInterceptor.DenialHandler, limits: RPCLimits = RPCLimits(),
    logger: Logger
  ) throws {
    connections = ConnectionCensus(limit: limits.connectionsPerUser)
    self.logger = logger
    var router = RPCRouter<HTTP2ServerTransport.Posix>()
    ControlPlaneService(plane: plane, limits: limits, shutdown: shutdown).registerMethods(with: &router)
    HealthService(shutdown: shutdown).registerMethods(with: &router)
    let authorization = try AuthorizationInterceptor(
      methods: router.methods, policy: policy, onDenied: onDenied)
    router.registerInterceptors(pipeline: [.apply(authorization, to: .all)])
    listener = try UnixListener.bind(path: socketPath, mode: mode, group: group)
    guard let descriptor = listener.takeDescriptor() else {
      throw EngineError(.internalError, "the socket \(socketPath) was taken twice")
    }
    let identification = PeerIdentification(connections: connections, logger: logger)
    let transport = HTTP2ServerTransport.Posix(
      listeningSocketDescriptor: Int(descriptor), transportSecurity: .plaintext,
      config: .defaults { config in
        config.apply(limits)
        config.channelDebuggingCallbacks = identification.callbacks
      })
    server = GRPCServer(transport: transport, router: router)
  }

  /// Serves until ``beginGracefulShutdown()`` and until the calls that finish then have finished.
  ///
  /// Cancelling the task ends every call at once. Call it once. Throws `unavailable` where the listener
  /// fails.
  func run() async throws {
    defer { listener.close() }
    logger.info("listening", metadata: ["socket": "\(listener.path)"])
    do {
      try await server.serve()
    } catch {
      // A server that is told to end before it has begun says that it cannot begin.
      if Task.isCancelled || shutdown.hasBegun { return }
      throw EngineError(
        .unavailable, "serving on \(listener.path) failed", cause: String(describing: error))
    }
  }

  /// Takes no more calls, ends streams, and lets operations and answers finish.
  func beginGracefulShutdown() {
    shutdown.begin()
    server.beginGracefulShutdown()
  }
}

extension HTTP2ServerTransport.Posix.Config {
  fileprivate mutating func apply(_ limits: RPCLimits) {
    http2.maxConcurrentStreams = limits.streamsPerConnection
    rpc.maxRequestPayloadSize = limits.messageBytes
    connection.keepalive = .init(
      time: limits.keepaliveInterval, timeout: limits.keepaliveTimeout,
      clientBehavior: .init(minPingIntervalWithoutCalls: limits.clientPingInterval, allowWithoutCalls: true))
  }
}
