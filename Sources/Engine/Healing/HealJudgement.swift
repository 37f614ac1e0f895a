internal import Foundation

/// Decides what the agent does about a drift.
///
/// A runtime with a restart policy starts again by itself what ends; the agent does what that cannot.
///
/// Pure.
enum HealJudgement: Equatable {
  /// How long a runtime gets to start again by itself what ended.
  static let patience = 2.0

  /// Nothing: it is not the agent's business, or it is to stay so.
  case leave
  /// Nothing before that time.
  case wait(until: Date)
  /// That, now.
  case repair(Repair)

  /// What is known of a drifting component.
  struct Case {
    var drift: Drift
    /// Since when it has been so.
    var since: Date
    var component: Component
    /// The object; `nil` where there is none.
    var instance: Instance?
    var record: HealRecord
    /// Whether its runtime may still be at it: not when the agent has just been started.
    var mayRecoverAlone: Bool
    /// How long it may be unhealthy.
    var grace: Duration
    /// When the machine was started.
    var bootedAt: Date
  }

  /// Decides at `time`.
  static func decide(_ found: Case, at time: Date) -> HealJudgement {
    guard found.component.heal, !found.record.hasGivenUp else { return .leave }
    var due = found.since
    var means = Repair.Means.start
    switch found.drift.kind {
    case .missing: break
    case .exited:
      guard let instance = found.instance else { break }
      if RestartJudgement.isOver(instance, by: found.component.restart, bootedAt: found.bootedAt) {
        return .leave
      }
      if found.mayRecoverAlone, !instance.isBroken { due = due.addingTimeInterval(patience) }
      if found.record.hasFailed, found.record.attempts > 1 { means = .renew }
    case .unhealthy:
      due = due.addingTimeInterval(found.grace.seconds)
      means = .restart
    case .leftover: means = .tidy
    case .unexpectedRunning, .specMismatch, .unmanaged, .imageMismatch: return .leave
    }
    if let notBefore = found.record.notBefore { due = max(due, notBefore) }
    guard due <= time else { return .wait(until: due) }
    return .repair(Repair(component: found.component.name, means: means, reason: found.drift.message))
  }
}
