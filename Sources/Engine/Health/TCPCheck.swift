internal import NIOCore
internal import NIOPosix

/// Looks whether a TCP port accepts connections.
enum TCPCheck {
  /// How long a connection must last that is to hold.
  ///
  /// What forwards a port to a container accepts first and asks the container then: where nothing listens there, it
  /// closes again at once.
  private static let hold = TimeAmount.milliseconds(200)

  /// Connects and closes; throws `unavailable` with the reason, and `timeout`.
  ///
  /// With `holds`, a connection that its other side closes at once without a word counts as refused.
  static func connect(host: String, port: Int, limit: Duration, holds: Bool = false) async throws(EngineError)
  {
    let loop = MultiThreadedEventLoopGroup.singleton.any()
    let held = loop.makePromise(of: Bool.self)
    defer { held.succeed(false) }
    do {
      let channel = try await ClientBootstrap(group: loop).connectTimeout(TimeAmount(limit))
        .channelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(HoldHandler(held, hold))
          }
        }
        .connect(host: host, port: port).get()
      defer { channel.close(promise: nil) }
      if holds, try await !held.futureResult.get() {
        throw EngineError(
          .unavailable, "\(host):\(port) closes connections at once: nothing listens behind it")
      }
    } catch let error as EngineError {
      throw error
    } catch let error as ChannelError {
      guard case .connectTimeout = error else { throw refusal(error, host, port) }
      throw EngineError(.timeout, "\(host):\(port) did not answer within \(DurationText.format(limit))")
    } catch {
      throw refusal(error, host, port)
    }
  }

  private static func refusal(_ error: any Error, _ host: String, _ port: Int) -> EngineError {
    let reason =
      (error as? NIOConnectionError)?.connectionErrors.first.map { "\($0.error)" } ?? "\(error)"
    return EngineError(.unavailable, "\(host):\(port) does not answer", cause: reason)
  }
}

/// Tells whether a connection lasts for a while, or something comes over it.
private final class HoldHandler: ChannelInboundHandler, Sendable {
  typealias InboundIn = ByteBuffer

  private let held: EventLoopPromise<Bool>
  private let time: TimeAmount

  init(_ held: EventLoopPromise<Bool>, _ time: TimeAmount) {
    self.held = held
    self.time = time
  }

  func channelActive(context: ChannelHandlerContext) {
    let held = held
    context.eventLoop.scheduleTask(in: time) { held.succeed(true) }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) { held.succeed(true) }

  func channelInactive(context: ChannelHandlerContext) { held.succeed(false) }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { held.succeed(false) }
}
