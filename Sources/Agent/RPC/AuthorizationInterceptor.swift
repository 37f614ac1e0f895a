internal import Engine
internal import GRPCCore

/// Lets a call pass if its peer is known and has the role that the method's primitive asks for, and tells of every call
/// that changes something and of every refusal.
///
/// One for all doors.
struct AuthorizationInterceptor: ServerInterceptor {
  /// Hears of every refused call and of the end of every call that changes something.
  typealias AuditHandler = @Sendable (CallRecord) async -> Void

  private let primitives: [MethodKey: Primitive]
  private let policy: any PeerPolicy
  private let audit: AuditHandler

  private struct MethodKey: Hashable {
    let service: String
    let method: String
  }

  /// The service whose methods are primitives.
  static let service = Mcp_V1_ControlPlane.descriptor.fullyQualifiedService
  /// The services for which no role is needed.
  static let openServices: Set<String> = [Grpc_Health_V1_Health.descriptor.fullyQualifiedService]

  /// Creates an interceptor for the methods that are served.
  ///
  /// Throws `internalError` for a method that no primitive declares, and for a primitive that no method
  /// carries: an agent with either does not start.
  init(
    methods: [MethodDescriptor], policy: any PeerPolicy, audit: @escaping AuditHandler
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
    self.audit = audit
  }

  /// Passes the call on with its ``CallContext`` set, or refuses it.
  func intercept<Input, Output>(
    request: StreamingServerRequest<Input>, context: ServerContext,
    next:
      @Sendable (StreamingServerRequest<Input>, ServerContext) async throws ->
      StreamingServerResponse<Output>
  ) async throws -> StreamingServerResponse<Output> {
    let key = MethodKey(
      service: context.descriptor.service.fullyQualifiedService, method: context.descriptor.method)
    if Self.openServices.contains(key.service) {
      do {
        try await admitAnybody(request.metadata)
      } catch {
        throw RPCError(EngineError.wrap(error))
      }
      return try await next(request, context)
    }
    let primitive = primitives[key]
    let metadata = request.metadata
    let caller: Caller
    do {
      caller = try await authorize(metadata, primitive)
    } catch {
      throw RPCError(EngineError.wrap(error))
    }
    let call = CallContext(caller: caller) { await objection(to: caller, metadata, primitive) }
    let began = ContinuousClock.now
    let arguments = AuditedArguments()
    let peer = Peer(request.metadata)
    var request = request
    if primitive?.mutating == true {
      request.messages = RPCAsyncSequence(wrapping: request.messages.map { arguments.note($0) })
    }
    let end: @Sendable ((any Error)?) async -> Void = { error in
      guard let primitive, primitive.mutating else { return }
      await audit(
        CallRecord(
          primitive: primitive, caller: caller, peer: peer, arguments: arguments.values,
          outcome: error.map(CallRecord.Outcome.init) ?? .done, duration: .now - began))
    }
    let response: StreamingServerResponse<Output>
    do {
      response = try await CallContext.$current.withValue(call) { try await next(request, context) }
    } catch {
      await end(error)
      throw error
    }
    if case .failure(let error) = response.accepted { await end(error) }
    // What a stream does it does here, after the handler has returned.
    return response.producing { produce in
      { writer in
        do {
          let trailers = try await CallContext.$current.withValue(call) { try await produce(writer) }
          await end(nil)
          return trailers
        } catch {
          await end(error)
          throw error
        }
      }
    }
  }

  /// Lets everybody of this machine pass who can connect, and of elsewhere every holder of a token.
  private func admitAnybody(_ metadata: Metadata) async throws {
    guard case .remote = Peer(metadata) else { return }
    _ = try await caller(of: Peer(metadata), metadata)
  }

  /// Who calls; throws `unauthenticated` where that is not known.
  private func caller(of peer: Peer?, _ metadata: Metadata) async throws -> Caller {
    guard let peer else { throw EngineError(.unauthenticated, "the kernel does not say who calls") }
    return try await policy.caller(for: peer, token: try BearerToken.read(metadata))
  }

  /// Why a call is refused.
  private struct Refusal: Error {
    let error: EngineError
    /// Who calls, if that is known.
    var caller: Caller?
    let reason: String
  }

  private func authorize(_ metadata: Metadata, _ primitive: Primitive?) async throws -> Caller {
    do throws(Refusal) {
      return try await permit(metadata, primitive)
    } catch {
      await note(error, metadata, primitive)
      throw error.error
    }
  }

  /// Why a call that was permitted to `caller` is not permitted any more; `nil` while it is, or where that cannot be told.
  private func objection(
    to caller: Caller, _ metadata: Metadata, _ primitive: Primitive?
  ) async -> EngineError? {
    do throws(Refusal) {
      _ = try await permit(metadata, primitive)
      return nil
    } catch {
      var error = error
      error.caller = caller
      guard [.unauthenticated, .permissionDenied].contains(error.error.code) else { return nil }
      // Of a call that changes something its end tells.
      if primitive?.mutating != true { await note(error, metadata, primitive) }
      return error.error
    }
  }

  private func note(_ refusal: Refusal, _ metadata: Metadata, _ primitive: Primitive?) async {
    await audit(
      CallRecord(
        primitive: primitive, caller: refusal.caller, peer: Peer(metadata), arguments: [:],
        outcome: .refused(refusal.reason), duration: .zero))
  }

  private func permit(_ metadata: Metadata, _ primitive: Primitive?) async throws(Refusal) -> Caller {
    let caller: Caller
    do {
      caller = try await self.caller(of: Peer(metadata), metadata)
    } catch {
      let error = EngineError.wrap(error)
      throw Refusal(error: error, reason: error.message)
    }
    guard let primitive else {
      throw Refusal(
        error: EngineError(.permissionDenied, "the method has no primitive"), caller: caller,
        reason: "no primitive")
    }
    guard caller.role >= primitive.role else {
      let reason = "needs the role \(primitive.role.rawValue) and has \(caller.role.rawValue)"
      throw Refusal(
        error: EngineError(
          .permissionDenied, "\(caller.actor) may not \(primitive.name): it \(reason)",
          hint: "use an account with that role"),
        caller: caller, reason: reason)
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
