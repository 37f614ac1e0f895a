internal import Foundation

/// Says whether a component that ended has ended for good, by its own restart policy.
///
/// Pure.
enum RestartJudgement {
  /// Whether `instance`, which does not run, is to stay down by `policy`.
  ///
  /// What a boot of the machine ended has not ended by itself.
  static func isOver(_ instance: Instance, by policy: RestartPolicy, bootedAt boot: Date) -> Bool {
    guard !instance.isBroken, case .exited(let code) = instance.state, let end = instance.finishedAt,
      end >= boot
    else { return false }
    return switch policy {
    case .no: true
    case .onFailure(let limit): code == 0 || limit.map { instance.restarts >= $0 } ?? false
    case .always, .unlessStopped: false
    }
  }
}
