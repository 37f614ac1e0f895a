internal import Glibc
internal import NIOCore
internal import NIOPosix
internal import NIOSSL

/// The operator's side of TLS.
enum TLSClient {
  /// Secures a connection to `host`; what `verifier` does not trust is not connected to.
  static func handler(_ verifier: ServerVerifier, host: String) throws -> NIOSSLClientHandler {
    try handler(host: host) { verifier.verify($0, $1) }
  }

  /// Secures a connection to `host` as far as `verify` says.
  static func handler(
    host: String, _ verify: @escaping NIOSSLCustomVerificationCallback
  ) throws -> NIOSSLClientHandler {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.minimumTLSVersion = .tlsv13
    configuration.applicationProtocols = ["h2"]
    // An IP address is no name to ask for, RFC 6066, 3.
    let name = NetworkText.addressBytes(host) == nil ? host : nil
    return try NIOSSLClientHandler(
      context: NIOSSLContext(configuration: configuration), serverHostname: name,
      customVerificationCallback: verify)
  }

  /// What a failure to connect means.
  static func failure(
    _ error: any Error, address: String, refusal: ServerVerifier.Refusal?
  ) -> EngineError {
    let what = "connecting to the agent at \(address)"
    if let refusal {
      return EngineError(.unauthenticated, "\(what) failed: \(refusal.reason)", hint: refusal.hint)
    }
    if let error = error as? EngineError { return error }
    if error is CancellationError || Task.isCancelled {
      return EngineError(.cancelled, "\(what) was cancelled")
    }
    let running = "is mcp-agent running there, with [server] listen? does a firewall stand between?"
    switch error {
    case ChannelError.connectTimeout:
      return EngineError(.unavailable, "\(what) failed: nothing answers there", hint: running)
    case let error as NIOConnectionError:
      if let first = error.connectionErrors.first {
        return EngineError(
          .unavailable, "\(what) failed", cause: reason(first.error), hint: running)
      }
      return EngineError(
        .unavailable, "\(what) failed: the name is not known", hint: "is the node's address right?")
    case let error as NIOSSLError:
      let words = "\(error)"
      if words.contains("WRONG_VERSION_NUMBER") || words.contains("HTTP_REQUEST") {
        return EngineError(
          .unavailable, "\(what) failed: what listens there does not speak TLS",
          hint: "is this the port of [server] listen?")
      }
      if words.contains("PROTOCOL_VERSION") || words.contains("UNSUPPORTED_PROTOCOL") {
        return EngineError(
          .unavailable, "\(what) failed: what listens there does not speak TLS 1.3",
          hint: "it is no mcp-agent")
      }
      return EngineError(.unavailable, "\(what) failed: TLS could not be set up", cause: words)
    default:
      return EngineError(.unavailable, "\(what) failed", cause: reason(error), hint: running)
    }
  }

  private static func reason(_ error: any Error) -> String {
    (error as? IOError).map { String(cString: strerror($0.errnoCode)) } ?? "\(error)"
  }
}
