/// Runs boot scripts.
public protocol BootScripts: Sendable {
  /// Runs a script that brings the node up, and returns when it has ended; it tells `journal` of its stages.
  ///
  /// With `plan`, nothing is done. Throws why the script could not be loaded, failed or was stopped.
  func boot(_ script: String, journal: BootJournal, plan: PlanRecorder?) async throws
}
