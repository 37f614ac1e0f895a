internal import Foundation
internal import Logging

/// Sends to one sink what its queue holds, in order, until its task is cancelled.
///
/// What could not be sent stays in the queue, which is in the registry, and is sent again with growing pauses.
actor AlertSender {
  /// How many messages a sink gets in a minute; more are sent as one.
  static let perMinute = 10
  /// How many notices one message carries at the most.
  static let perMessage = 100
  /// The longest pause between two attempts.
  static let longestPause = 300.0
  /// What was not sent after that time is given up.
  static let patience = 3 * 86_400.0

  let settings: AlertSinkSettings
  private let node: String
  private let registry: Registry
  private let now: @Sendable () -> Date
  private let tell: @Sendable (String, String) async -> Void
  private var opened: (any AlertSink)?
  private let wakeups: AsyncStream<Void>
  private let wakeup: AsyncStream<Void>.Continuation
  private var sent: [Date] = []
  private var failures = 0

  init(
    settings: AlertSinkSettings, sink: (any AlertSink)? = nil, node: String, registry: Registry,
    now: @escaping @Sendable () -> Date,
    tell: @escaping @Sendable (_ kind: String, _ message: String) async -> Void
  ) {
    self.settings = settings
    opened = sink
    self.node = node
    self.registry = registry
    self.now = now
    self.tell = tell
    (wakeups, wakeup) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// Says that there may be something to send.
  nonisolated func wake() { wakeup.yield() }

  /// Sends until the task is cancelled.
  func run() async {
    wake()
    for await _ in wakeups {
      while !Task.isCancelled {
        guard let pause = await sendNext() else { break }
        if pause > 0 { try? await Task.sleep(for: .seconds(pause)) }
      }
    }
  }

  /// Sends one message; returns after which pause, in seconds, there may be another, or `nil` where nothing is left.
  func sendNext() async -> Double? {
    do {
      let time = now()
      let queue = try await dropOld(
        try await registry.alertNotices(of: settings.name, limit: Self.perMessage), at: time)
      guard !queue.isEmpty else { return nil }
      sent = sent.filter { time.timeIntervalSince($0) < 60 }
      guard sent.count < Self.perMinute else { return max(1, 60 - time.timeIntervalSince(sent[0])) }
      // The last message of a minute takes everything with it.
      let isLast = sent.count == Self.perMinute - 1
      let notices = isLast ? queue : Array(queue.prefix(1))
      return try await send(notices, at: time)
    } catch {
      failures += 1
      return pause
    }
  }

  private func send(_ notices: [AlertNotice], at time: Date) async throws -> Double {
    do {
      try await deliver(AlertMessage(node: node, notices: notices))
    } catch {
      if Task.isCancelled { throw error }
      failures += 1
      if failures == 1 {
        await tell(
          EventKind.alertUnsent, "\(settings.name) was not told of an alert, and is tried again: \(error)")
      }
      return pause
    }
    if failures > 0 { await tell(EventKind.alertSent, "\(settings.name) is told of alerts again") }
    failures = 0
    sent.append(time)
    try await registry.removeAlertNotices(notices.map(\.id))
    return 0
  }

  /// Sends a message that says that it is only a test.
  func test() async -> AlertTestResult {
    let time = now()
    let alert = Alert(
      id: 0, key: "test", severity: .info, summary: "this is a test: alerts arrive here", since: time,
      lastSeen: time)
    let notice = AlertNotice(id: 0, state: .firing, alert: alert, createdAt: time)
    do {
      try await deliver(AlertMessage(node: node, notices: [notice]))
      return AlertTestResult(sink: settings.name, error: nil)
    } catch {
      return AlertTestResult(sink: settings.name, error: EngineError.wrap(error))
    }
  }

  private func deliver(_ message: AlertMessage) async throws {
    let sink = try opened ?? settings.sink()
    opened = sink
    do {
      try await TimeLimit.run(.seconds(30)) { try await sink.send(message) }
    } catch is TimeLimit.Exceeded {
      throw EngineError(.timeout, "it took longer than 30 seconds")
    }
  }

  private var pause: Double { min(Self.longestPause, Double(1 << min(failures, 10))) }

  private func dropOld(_ queue: [AlertNotice], at time: Date) async throws -> [AlertNotice] {
    let old = queue.filter { time.timeIntervalSince($0.createdAt) > Self.patience }
    guard !old.isEmpty else { return queue }
    try await registry.removeAlertNotices(old.map(\.id))
    await tell(
      EventKind.alertUnsent,
      "\(settings.name) could not be told of \(old.count) alerts for three days; they are given up")
    return queue.filter { time.timeIntervalSince($0.createdAt) <= Self.patience }
  }
}
