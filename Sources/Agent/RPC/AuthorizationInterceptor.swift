internal import Engine
internal import GRPCCore

/// Lets a call pass if its peer is known and has the role that the method's primitive asks for.
struct AuthorizationInterceptor: ServerInterceptor {
  /// Hears of every refused call: the primitive, the caller as far as it is known, and why.
  typealias DenialHandler = @Sendable (Primitive?, Caller?, String) -> Void

  private let primitives: [MethodKey: Primitive]
  private let policy: any PeerPolicy
  private let onDenied: DenialHandler

  private struct MethodKey: Hashable {
    let service: String
    let method: String
  }

  /// The service whose methods are primitives.
  static let service = Mcp_V1_ControlPlane.descriptor.fullyQualifiedService
  /// The services that anybody who can connect may use.
  static let openServices: Set<String> = [Grpc_Health_V1_Health.descriptor.fullyQualifiedService]

  /// Creates an interceptor for the methods that are served.
  ///
  /// Throws `internalError` for a method that no primitive declares, and for a primitive that no method
  /// carries: an agent with either does not start.
  init(
    methods: [MethodDescriptor], policy: any PeerPolicy, onDenied: @escaping DenialHandler
  ) throws {
    var primitives: [MethodKey: Primitive] = [:]
    var missing = Set(Primitive.all)
    for method in methods {
      let key = MethodKey(service: method.service.fullyQualifiedService, method: method.method)
      guard !Self.openServices.contains(key.service) else { continue }
      guard key.service == Self.service, let primitive = missing.first(where: { $0.method == key.method })
      else {
        throw EngineError(.internalError, "the method \(key.service)/\(key.method) has no primitive")
      }
      missing.remove(primitive)
      primitives[key] = primitive
    }
    if let primitive = missing.first {
      throw EngineError(.internalError, "the primitive \(primitive.name) has no method")
    }
    self.primitives = primitives
    self.policy = policy
    self.onDenied = onDenied
  }

  /// Passes the call on with ``CallContext/caller`` set, or refuses it.
  func intercept<Input, Output>(
    request: StreamingServerRequest<Input>, context: ServerContext,
    next:
      @Sendable (StreamingServerRequest<Input>, ServerContext) async throws ->
      StreamingServerResponse<Output>
  ) async throws -> StreamingServerResponse<Output> {
    let key = MethodKey(
      service: context.descriptor.service.fullyQualifiedService, method: context.descriptor.method)
    if Self.openServices.contains(key.service) { return try await next(request, context) }
    let caller: Caller
    do {
      caller = try authorize(request.metadata, primitives[key])
    } catch {
      throw RPCError(EngineError.wrap(error))
    }
    let response = try await CallContext.$caller.withValue(caller) { try await next(request, context) }
    return response.producing { produce in
      { writer in try await CallContext.$caller.withValue(caller) { try await produce(writer) } }
    }
  }

  private func authorize(_ metadata: Metadata, _ primitive: Primitive?) throws -> Caller {
    func refuse(_ error: EngineError, _ caller: Caller?, _ reason: String) -> EngineError {
      onDenied(primitive, caller, reason)
      return error
    }
    guard let peer = PeerCredentials(metadata) else {
      throw refuse(
        EngineError(.unauthenticated, "the kernel does not say who calls"), nil, "no peer credentials")
    }
    let caller: Caller
    do {
      caller = try policy.caller(for: peer)
    } catch {
      let error = EngineError.wrap(error)
      throw refuse(error, nil, "\(peer.description): \(error.message)")
    }
    guard let primitive else {
      throw refuse(EngineError(.permissionDenied, "the method has no primitive"), caller, "no primitive")
    }
    guard caller.role >= primitive.role else {
      let reason = "needs the role \(primitive.role.rawValue) and has \(caller.role.rawValue)"
      throw refuse(
        EngineError(
          .permissionDenied, "\(caller.actor) may not \(primitive.name): it \(reason)",
          hint: "use an account with that role"),
        caller, reason)
    }
    return caller
  }
}

extension StreamingServerResponse {
  /// Wraps what produces the response's messages, which runs after the handler has returned.
  fileprivate func producing(
    _ wrap: (@escaping Producer) -> Producer
  ) -> StreamingServerResponse {
    guard case .success(var contents) = accepted else { return self }
    contents.producer = wrap(contents.producer)
    var copy = self
    copy.accepted = .success(contents)
    return copy
  }

  fileprivate typealias Producer = @Sendable (RPCWriter<Message>) async throws -> Metadata
}
