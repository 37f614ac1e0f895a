internal import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import NIOTLS
internal import Synchronization

/// Who an agent says that it is, before anybody has decided to believe it.
public struct AgentIdentity: Sendable {
  /// The certificate that it shows.
  public let certificate: CertificateText.Facts
  /// The CA that signed it.
  public let authority: CertificateText.Facts
  /// The CA's certificate in PEM.
  public let authorityPEM: String

  /// Asks the agent at `host` and `port` for its certificates; nothing else is said to it.
  ///
  /// What it shows must fit together: a certificate that is valid, for this host, and signed by the CA that comes with
  /// it. Throws `unauthenticated` where it does not, `unavailable` where there is no agent.
  public static func fetch(
    host: String, port: Int, timeout: Duration = .seconds(10)
  ) async throws -> AgentIdentity {
    let address = "\(AgentAddress.tcp(host: host, port: port))"
    let chain: [[UInt8]]
    do {
      chain = try await certificates(host: host, port: port, timeout: timeout)
    } catch {
      throw TLSClient.failure(error, address: address, refusal: nil)
    }
    guard let leaf = chain.first, let last = chain.last else {
      throw EngineError(.unauthenticated, "the agent at \(address) shows no certificate")
    }
    let authority = try CertificateText.facts(of: last)
    guard authority.isSelfSigned else {
      throw EngineError(
        .unauthenticated,
        "the agent at \(address) does not show the CA \(authority.issuer) of its certificate",
        hint: "give the CA's certificate with --ca-cert")
    }
    let pem = CertificateText.pem(last)
    let verifier = try ServerVerifier(authorities: pem, source: "its CA", host: host, address: address)
    if let refusal = try await verifier.refusal(of: chain) {
      throw TLSClient.failure(ChannelError.eof, address: address, refusal: refusal)
    }
    return AgentIdentity(
      certificate: try CertificateText.facts(of: leaf), authority: authority, authorityPEM: pem)
  }

  private static func certificates(
    host: String, port: Int, timeout: Duration
  ) async throws -> [[UInt8]] {
    let seen = Mutex<[[UInt8]]>([])
    let limit = TimeAmount(timeout)
    let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup).connectTimeout(
      limit
    )
    .connect(host: host, port: port) { channel in
      channel.eventLoop.makeCompletedFuture {
        let waiter = HandshakeWaiter(channel.eventLoop)
        let tls = try TLSClient.handler(host: host) { chain, promise in
          seen.withLock { $0 = chain.compactMap { try? $0.toDERBytes() } }
          promise.succeed(.certificateVerified)
        }
        try channel.pipeline.syncOperations.addHandlers([tls, waiter])
        return (channel, waiter.done)
      }
    }
    let timer = channel.0.eventLoop.scheduleTask(in: limit) { channel.0.close(promise: nil) }
    defer {
      timer.cancel()
      channel.0.close(promise: nil)
    }
    try await channel.1.get()
    return seen.withLock { $0 }
  }
}

/// Tells when a TLS handshake is over.
private final class HandshakeWaiter: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let promise: EventLoopPromise<Void>
  var done: EventLoopFuture<Void> { promise.futureResult }

  init(_ eventLoop: any EventLoop) { promise = eventLoop.makePromise() }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if let event = event as? TLSUserEvent, case .handshakeCompleted = event { promise.succeed() }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    promise.fail(error)
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) { promise.fail(ChannelError.eof) }
}
