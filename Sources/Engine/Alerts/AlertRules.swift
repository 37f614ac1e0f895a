internal import Foundation

/// What an event means for alerts.
///
/// Pure.
enum AlertRules {
  /// What becomes of alerts.
  enum Change: Hashable {
    /// There is one now, or there is it again.
    case raise(key: String, severity: Alert.Severity, summary: String)
    /// The one of that key is over.
    case resolve(key: String)
    /// Those whose key begins so are over.
    case resolveAll(prefix: String)
    /// Those of a component are over, or of a whole service.
    case resolveSubject(service: String, component: String?)
  }

  /// Marks the events that tell of what these rules made an alert of.
  private static let ruleDetail = "alert"

  /// The event that tells hooks of an alert that these rules raised.
  static func event(of alert: Alert, at time: Date) -> Event {
    Event(
      time: time, actor: .agent, service: alert.service, component: alert.component, kind: EventKind.alert,
      message: alert.summary,
      details: ["severity": alert.severity.rawValue, "key": alert.key, ruleDetail: "raised"])
  }

  /// The alert of a drift.
  static func key(drift kind: String, _ service: String, _ component: String) -> String {
    "drift:\(kind):\(service)/\(component)"
  }

  /// Returns what an event changes, in order.
  static func changes(for event: Event) -> [Change] {
    let service = event.service ?? ""
    let component = event.component ?? ""
    let subject = "\(service)/\(component)"
    func raise(_ key: String, _ severity: Alert.Severity) -> [Change] {
      [.raise(key: key, severity: severity, summary: event.message)]
    }
    switch event.kind {
    case EventKind.drift:
      // What runs here and is no service's is shown by status, and is nobody's emergency.
      guard !service.isEmpty, let kind = event.details["drift"] else { return [] }
      return raise(key(drift: kind, service, component), severity(ofDrift: kind))
    case EventKind.driftEnded:
      guard !service.isEmpty, let kind = event.details["drift"] else { return [] }
      return [.resolve(key: key(drift: kind, service, component)), .resolve(key: "healing:\(subject)")]
    case EventKind.flapping:
      let key = "flapping:\(subject)"
      if event.details["result"] == "over" { return [.resolve(key: key)] }
      // One alert for what comes and goes, and not one each time.
      return Drift.Kind.allCases.map { .resolve(key: Self.key(drift: $0.rawValue, service, component)) }
        + raise(key, .warning)
    case EventKind.crashLoop:
      let key = "crash-loop:\(subject)"
      return event.details["result"] == "over" ? [.resolve(key: key)] : raise(key, .critical)
    case EventKind.healingEnded: return raise("healing:\(subject)", .critical)
    case EventKind.recovered:
      guard event.details["result"] == "done", !service.isEmpty else { return [] }
      return [
        component.isEmpty ? .resolveAll(prefix: "healing:\(subject)") : .resolve(key: "healing:\(subject)")
      ]
    case EventKind.undeploy, EventKind.stop:
      guard event.details["result"] == "done", !service.isEmpty else { return [] }
      return [.resolveSubject(service: service, component: event.component)]
    case EventKind.bootFailed: return raise("boot", .critical)
    case EventKind.bootDone: return [.resolve(key: "boot")]
    case EventKind.bootStage: return stage(event)
    case EventKind.scriptFailed, EventKind.scriptDisabled:
      return raise("script:\(event.actor.name)", .warning)
    case EventKind.scriptLoaded, EventKind.scriptRemoved: return [.resolve(key: "script:\(event.actor.name)")]
    case EventKind.alert: return event.details[Self.ruleDetail] == nil ? [ofScript(event)] : []
    default: return []
    }
  }

  private static func stage(_ event: Event) -> [Change] {
    let key = "boot-stage:\(event.details["stage"] ?? "")"
    return switch event.details["state"].flatMap(BootProgress.StageState.init(rawValue:)) {
    case .retrying: [.raise(key: key, severity: .critical, summary: event.message)]
    case .failed: [.raise(key: key, severity: .warning, summary: event.message)]
    case .done: [.resolve(key: key)]
    case .running, .pending, nil: []
    }
  }

  private static func ofScript(_ event: Event) -> Change {
    let key = "script:\(event.actor.name):\(event.details["key"] ?? event.message)"
    if event.details["resolved"] == "true" { return .resolve(key: key) }
    let severity = event.details["severity"].flatMap(Alert.Severity.init(rawValue:)) ?? .warning
    return .raise(key: key, severity: severity, summary: event.message)
  }

  private static func severity(ofDrift kind: String) -> Alert.Severity {
    switch Drift.Kind(rawValue: kind) {
    case .missing, .exited, .unhealthy: .critical
    case .unexpectedRunning, .specMismatch, .imageMismatch, .leftover, .unmanaged, nil: .warning
    }
  }
}
