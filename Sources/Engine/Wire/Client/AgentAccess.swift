internal import GRPCCore

/// What it takes to talk to an agent over TCP.
public struct AgentAccess: Hashable, Sendable {
  /// The file of the CA that vouches for the agent, in PEM.
  public var caCertificate: String?
  /// The bearer token that says who calls.
  public var token: String?

  /// Creates it.
  public init(caCertificate: String? = nil, token: String? = nil) {
    self.caCertificate = caCertificate
    self.token = token
  }

  /// What decides whether a server is the agent that is meant.
  ///
  /// Throws `failedPrecondition` where no CA is configured, `notFound` and `invalidArgument` for its file.
  func verifier(host: String, address: String) throws(EngineError) -> ServerVerifier {
    guard let caCertificate else {
      throw EngineError(
        .failedPrecondition, "no CA is configured for the agent at \(address)",
        hint: "`mcp node add` shows the agent's CA and stores it; or set `ca_cert` of the node")
    }
    guard let pem = try AtomicFile.read(caCertificate) else {
      throw EngineError(
        .notFound, "the CA's certificate \(caCertificate) of the agent at \(address) is not there",
        hint: "`mcp node remove` and `mcp node add` fetch it again")
    }
    return try ServerVerifier(authorities: pem, source: caCertificate, host: host, address: address)
  }
}

/// Sends the token with every call, RFC 6750, 2.1.
struct BearerInterceptor: ClientInterceptor {
  let token: String

  func intercept<Input: Sendable, Output: Sendable>(
    request: StreamingClientRequest<Input>, context: ClientContext,
    next:
      (StreamingClientRequest<Input>, ClientContext) async throws -> StreamingClientResponse<Output>
  ) async throws -> StreamingClientResponse<Output> {
    var request = request
    request.metadata.replaceOrAddString("Bearer \(token)", forKey: "authorization")
    return try await next(request, context)
  }
}
