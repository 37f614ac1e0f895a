internal import Foundation
internal import Logging

/// Makes alerts of what happens, and sees to it that they are told.
///
/// It follows the node's history and remembers how far it is together with what that has led to: an agent that is killed
/// goes on where it was.
public actor AlertKeeper {
  private let registry: Registry
  private let events: EventLog
  private let logger: Logger
  private let now: @Sendable () -> Date
  private let recipients: [AlertRecipient]
  private let senders: [AlertSender]

  /// Creates a keeper that tells these sinks.
  init(
    sinks: [AlertSinkSettings], node: String, registry: Registry, events: EventLog, logger: Logger,
    now: @escaping @Sendable () -> Date
  ) {
    self.registry = registry
    self.events = events
    self.logger = logger
    self.now = now
    recipients = sinks.map { AlertRecipient(sink: $0.name, minimum: $0.severity) }
    senders = sinks.map { settings in
      AlertSender(settings: settings, node: node, registry: registry, now: now) { kind, message in
        await events.append(
          Event(time: now(), actor: .agent, kind: kind, message: message, details: ["sink": settings.name]),
          limitedBy: "sink \(settings.name)")
      }
    }
  }

  /// Sends a message to every sink; returns why that failed, by sink.
  func test() async -> [AlertTestResult] {
    await withTaskGroup(of: (Int, AlertTestResult).self) { group in
      for (index, sender) in senders.enumerated() { group.addTask { (index, await sender.test()) } }
      var results: [(Int, AlertTestResult)] = []
      for await result in group { results.append(result) }
      return results.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }

  /// Follows what happens and tells it until the task is cancelled.
  public func run() async {
    await withTaskGroup(of: Void.self) { group in
      for sender in senders { group.addTask { await sender.run() } }
      group.addTask { await self.follow() }
      group.addTask { await self.releasePeriodically() }
    }
  }

  /// Looks whether what was silenced is not any more.
  func release() async {
    do {
      if try await registry.releaseAlerts(to: recipients, at: now()) { wake() }
    } catch {
      logger.warning("alerts cannot be looked through", metadata: ["error": "\(error)"])
    }
  }

  private func follow() async {
    while !Task.isCancelled {
      do {
        let newest = try await registry.events(EventQuery(limit: 1)).last?.id ?? 0
        // What happened before there were alerts raises none.
        let last = try await registry.alertCursor() ?? newest
        for try await event in events.stream(EventQuery(afterID: last, follow: true)) {
          let changes = AlertRules.changes(for: event)
          guard !changes.isEmpty else { continue }
          let (isDue, told) = try await registry.applyAlerts(changes, of: event, to: recipients, at: now())
          await events.announce(told)
          if isDue { wake() }
        }
        if Task.isCancelled { return }
      } catch {
        logger.warning("alerts are behind and catch up", metadata: ["error": "\(error)"])
      }
      try? await Task.sleep(for: .milliseconds(500))
    }
  }

  private func releasePeriodically() async {
    while !Task.isCancelled {
      await release()
      try? await Task.sleep(for: .seconds(10))
    }
  }

  private func wake() { for sender in senders { sender.wake() } }
}
