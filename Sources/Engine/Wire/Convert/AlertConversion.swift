internal import Foundation
internal import SwiftProtobuf

extension Mcp_V1_Alert {
  /// Creates the message of an alert.
  package init(_ alert: Alert) {
    self.init()
    id = alert.id
    key = alert.key
    severity =
      switch alert.severity {
      case .info: .info
      case .warning: .warning
      case .critical: .critical
      }
    summary = alert.summary
    if let service = alert.service { self.service = service }
    if let component = alert.component { self.component = component }
    since = Google_Protobuf_Timestamp(alert.since)
    lastSeen = Google_Protobuf_Timestamp(alert.lastSeen)
    count = Int64(alert.count)
    if let time = alert.resolvedAt { resolvedAt = Google_Protobuf_Timestamp(time) }
    if let time = alert.silencedUntil { silencedUntil = Google_Protobuf_Timestamp(time) }
  }
}

extension Alert {
  /// Creates an alert from its message; a severity that is not known is a warning.
  package init(wire: Mcp_V1_Alert) {
    let severity: Severity =
      switch wire.severity {
      case .info: .info
      case .critical: .critical
      case .warning, .unspecified, .UNRECOGNIZED: .warning
      }
    self.init(
      id: wire.id, key: wire.key, severity: severity, summary: wire.summary,
      service: wire.hasService ? wire.service : nil, component: wire.hasComponent ? wire.component : nil,
      since: Date(wire: wire.since), lastSeen: Date(wire: wire.lastSeen), count: Int(clamping: wire.count),
      resolvedAt: wire.hasResolvedAt ? Date(wire: wire.resolvedAt) : nil,
      silencedUntil: wire.hasSilencedUntil ? Date(wire: wire.silencedUntil) : nil)
  }
}

extension Mcp_V1_AlertSilence {
  /// Creates the message of a silence.
  package init(_ silence: Silence) {
    self.init()
    id = silence.id
    match = silence.match
    until = Google_Protobuf_Timestamp(silence.until)
    reason = silence.reason
    actor = Mcp_V1_Actor(silence.actor)
    createdAt = Google_Protobuf_Timestamp(silence.createdAt)
  }
}

extension Silence {
  /// Creates a silence from its message.
  package init(wire: Mcp_V1_AlertSilence) {
    self.init(
      id: wire.id, match: wire.match, until: Date(wire: wire.until), reason: wire.reason,
      actor: Actor(wire: wire.actor), createdAt: Date(wire: wire.createdAt))
  }
}

extension Mcp_V1_ListAlertsResponse {
  /// Creates the message of a list.
  package init(_ list: AlertList) {
    self.init()
    alerts = list.alerts.map(Mcp_V1_Alert.init)
    silences = list.silences.map(Mcp_V1_AlertSilence.init)
  }
}

extension AlertList {
  /// Creates a list from its message.
  package init(wire: Mcp_V1_ListAlertsResponse) {
    self.init(alerts: wire.alerts.map(Alert.init(wire:)), silences: wire.silences.map(Silence.init(wire:)))
  }
}

extension Mcp_V1_SilenceRequest {
  /// Creates the message of a request.
  package init(_ request: SilenceRequest) {
    self.init()
    match = request.match
    durationMs = request.duration.milliseconds
    reason = request.reason
  }
}

extension SilenceRequest {
  /// Creates a request from its message.
  package init(wire: Mcp_V1_SilenceRequest) {
    self.init(match: wire.match, duration: .milliseconds(wire.durationMs), reason: wire.reason)
  }
}

extension Mcp_V1_TestAlertsResponse {
  /// Creates the message of results.
  package init(_ results: [AlertTestResult]) {
    self.init()
    self.results = results.map { result in
      var message = Result()
      message.sink = result.sink
      if let error = result.error { message.error = Mcp_V1_Error(error) }
      return message
    }
  }

  /// The results.
  package var values: [AlertTestResult] {
    results.map { AlertTestResult(sink: $0.sink, error: $0.hasError ? EngineError(wire: $0.error) : nil) }
  }
}
