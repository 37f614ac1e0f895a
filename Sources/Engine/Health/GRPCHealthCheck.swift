internal import GRPCCore
internal import GRPCNIOTransportHTTP2
internal import NIOCore

/// Asks a server how it is, as `grpc.health.v1` has it, without TLS.
///
/// <https://github.com/grpc/grpc/blob/master/doc/health-checking.md>
enum GRPCHealthCheck {
  /// Returns where the server as a whole is `SERVING`; throws `failedPrecondition` where it is not, and
  /// `unavailable` where it cannot be asked.
  static func ask(host: String, port: Int, limit: Duration) async throws {
    let status: Grpc_Health_V1_HealthCheckResponse.ServingStatus
    do {
      let transport = try HTTP2ClientTransport.Posix(
        target: target(host, port), transportSecurity: .plaintext)
      status = try await withGRPCClient(transport: transport) { client in
        var options = CallOptions.defaults
        options.timeout = limit
        options.waitForReady = false
        let answer = try await Grpc_Health_V1_Health.Client(wrapping: client)
          .check(Grpc_Health_V1_HealthCheckRequest(), options: options)
        return answer.status
      }
    } catch let error as RPCError {
      throw EngineError(.unavailable, "\(host):\(port) cannot be asked", cause: error.message)
    }
    guard status == .serving else {
      throw EngineError(.failedPrecondition, "\(host):\(port) answers \(status)")
    }
  }

  private static func target(_ host: String, _ port: Int) -> any ResolvableTarget {
    guard (try? SocketAddress(ipAddress: host, port: port)) != nil else {
      return .dns(host: host, port: port)
    }
    return host.contains(":") ? .ipv6(address: host, port: port) : .ipv4(address: host, port: port)
  }
}
