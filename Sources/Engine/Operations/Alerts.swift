/// Which alerts to list.
public struct AlertQuery: Hashable, Sendable {
  /// How many of those that are over are listed beside the active ones.
  public var resolved: Int

  /// Creates a query.
  public init(resolved: Int = 0) { self.resolved = resolved }
}

/// The alerts of a node, and what silences some of them.
public struct AlertList: Hashable, Sendable, Codable {
  /// The active ones, oldest first, then those that are over, newest first.
  public var alerts: [Alert]
  /// The silences that have not ended.
  public var silences: [Silence]

  /// Creates a list.
  public init(alerts: [Alert], silences: [Silence]) {
    self.alerts = alerts
    self.silences = silences
  }
}

/// What nobody wants to hear of for a while.
public struct SilenceRequest: Hashable, Sendable {
  /// A service, `service/component`, the key of an alert, or a pattern of one with `*`.
  public var match: String
  /// For how long.
  public var duration: Duration
  /// Why.
  public var reason: String

  /// Creates a request.
  public init(match: String, duration: Duration, reason: String = "") {
    self.match = match
    self.duration = duration
    self.reason = reason
  }
}

/// Whether a sink took a test message.
public struct AlertTestResult: Hashable, Sendable, Codable {
  /// The sink.
  public var sink: String
  /// Why it did not; `nil` where it did.
  public var error: EngineError?

  /// Creates a result.
  public init(sink: String, error: EngineError?) {
    self.sink = sink
    self.error = error
  }
}

extension Orchestrator {
  /// Sends a test message to every sink, and says which took it.
  ///
  /// Throws `failedPrecondition` where no sink is configured.
  public func testAlerts() async throws -> [AlertTestResult] {
    try await admit(.testAlerts, nil)
    let results = await context.alerts.test()
    guard !results.isEmpty else {
      throw EngineError(
        .failedPrecondition, "alerts are sent nowhere",
        hint: "add a table [[alerts]] to the agent's configuration and restart it")
    }
    return results
  }

  /// Lists the alerts of the node.
  public func alerts(_ query: AlertQuery) async throws -> AlertList {
    let time = context.now()
    return AlertList(
      alerts: try await context.registry.alerts(resolved: max(0, query.resolved), at: time),
      silences: try await context.registry.silences(at: time))
  }
}
