internal import NIOCore

/// Ends a connection that has been without a call for some time.
///
/// The transport has a timer for this, too, which keeps every connection in memory that it was ever started for.
final class IdleWatch: ChannelInboundHandler {
  typealias InboundIn = NIOAny

  private let limit: TimeAmount
  private var calls = 0
  private var timer: Scheduled<Void>?
  private var channel: (any Channel)?

  /// Creates a handler for a connection that may be idle for as long as `limit`.
  init(limit: Duration) { self.limit = TimeAmount(limit) }

  func handlerAdded(context: ChannelHandlerContext) {
    channel = context.channel
    wait()
  }

  func handlerRemoved(context: ChannelHandlerContext) { end() }

  func channelInactive(context: ChannelHandlerContext) {
    end()
    context.fireChannelInactive()
  }

  /// A call begins.
  func callBegan() {
    calls += 1
    timer?.cancel()
    timer = nil
  }

  /// A call has ended.
  func callEnded() {
    calls -= 1
    if calls == 0 { wait() }
  }

  private func wait() {
    guard let channel else { return }
    timer = channel.eventLoop.scheduleTask(in: limit) {
      // As for an agent that goes down: the peer hears of it, and what it has just begun is finished.
      channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
    }
  }

  private func end() {
    timer?.cancel()
    timer = nil
    channel = nil
  }
}
