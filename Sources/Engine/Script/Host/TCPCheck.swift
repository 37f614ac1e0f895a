internal import NIOCore
internal import NIOPosix

/// Looks whether a TCP port accepts connections.
enum TCPCheck {
  /// Connects and closes; throws `unavailable` with the reason, and `timeout`.
  static func connect(host: String, port: Int, limit: Duration) async throws(EngineError) {
    do {
      let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .connectTimeout(TimeAmount(limit)).connect(host: host, port: port).get()
      channel.close(promise: nil)
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
