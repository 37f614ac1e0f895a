internal import Foundation
internal import Logging

/// The node's history: every event goes through here into the registry and to whoever follows.
public actor EventLog {
  /// How many events a follower may be behind before it is dropped.
  static let followerBuffer = 1024

  private let registry: Registry
  private let logger: Logger
  private var followers: [UInt64: AsyncThrowingStream<Event, any Error>.Continuation] = [:]
  private var nextFollower: UInt64 = 0
  private var limiter = TellLimiter()

  /// Creates a log over `registry`.
  init(registry: Registry, logger: Logger) {
    self.registry = registry
    self.logger = logger
  }

  /// Stores events and tells followers.
  ///
  /// An event that cannot be stored is told and logged all the same. What is `fleeting` is told without waiting for the
  /// disk.
  public func append(_ events: [Event], fleeting: Bool = false) async {
    guard !events.isEmpty else { return }
    do {
      announce(try await registry.append(events, fleeting: fleeting))
    } catch {
      logger.error("events could not be stored", metadata: ["error": "\(error)"])
      announce(events)
    }
  }

  /// Stores and tells an event that somebody outside can cause as often as they like.
  ///
  /// Of those with the same `key` the first few in a minute are told, the rest are counted.
  public func append(_ event: Event, limitedBy key: String, fleeting: Bool = false) async {
    guard case .tell(let leftOut) = limiter.decide(key, at: event.time) else { return }
    var event = event
    if leftOut > 0 {
      event.message += " (\(leftOut) more times in the last minute)"
      event.details["left_out"] = String(leftOut)
    }
    await append([event], fleeting: fleeting)
  }

  /// Tells followers of events that are stored already.
  func announce(_ events: [Event]) {
    for event in events {
      logger.info(
        "\(event.message)",
        metadata: [
          "event": "\(event.kind)", "actor": "\(event.actor)", "service": "\(event.service ?? "-")",
          "component": "\(event.component ?? "-")",
        ])
      for (id, follower) in followers {
        if case .dropped = follower.yield(event) {
          follower.finish(
            throwing: EngineError(
              .resourceExhausted, "this follower of events was dropped: it read too slowly",
              hint: "follow again with --since"))
          followers[id] = nil
        }
      }
    }
  }

  /// Returns history, then, with `follow`, what happens from there on without a gap or a double.
  nonisolated func stream(_ query: EventQuery) -> AsyncThrowingStream<Event, any Error> {
    AsyncThrowingStream(bufferingPolicy: .bufferingOldest(Self.followerBuffer)) { continuation in
      let task = Task {
        do {
          let live = query.follow ? await self.follow() : nil
          var last: Int64 = 0
          for event in try await self.registry.events(query) {
            try await Self.push(event, to: continuation)
            last = max(last, event.id)
          }
          if let live {
            for try await event in live where event.id == 0 || event.id > last {
              guard query.selects(event) else { continue }
              try await Self.push(event, to: continuation)
            }
          }
          continuation.finish()
        } catch {
          continuation.finish(throwing: error)
        }
      }
      continuation.onTermination = { _ in task.cancel() }
    }
  }

  /// Waits until the consumer has room: history may be longer than the buffer.
  private static func push(
    _ event: Event, to continuation: AsyncThrowingStream<Event, any Error>.Continuation
  ) async throws {
    while true {
      switch continuation.yield(event) {
      case .enqueued, .terminated: return
      case .dropped: try await Task.sleep(for: .milliseconds(5))
      @unknown default: return
      }
    }
  }

  private func follow() -> AsyncThrowingStream<Event, any Error> {
    nextFollower += 1
    let id = nextFollower
    let (stream, continuation) = AsyncThrowingStream<Event, any Error>.makeStream(
      bufferingPolicy: .bufferingOldest(Self.followerBuffer))
    followers[id] = continuation
    continuation.onTermination = { _ in Task { await self.forget(id) } }
    return stream
  }

  private func forget(_ id: UInt64) { followers[id] = nil }

  /// Ends every follower's stream; called when the agent stops.
  public func close() {
    for follower in followers.values { follower.finish() }
    followers = [:]
  }
}
