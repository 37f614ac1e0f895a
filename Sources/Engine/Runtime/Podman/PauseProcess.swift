/// Mends podman's memory of its pause process, the one that keeps a rootless user's namespaces.
///
/// Where that was killed together with all containers podman 4 finds no process whose namespaces it could join, and
/// refuses everything with "invalid internal status" until `podman system migrate` has been called.
enum PauseProcess {
  private static let limit = Duration.seconds(30)

  /// Whether these messages of podman are about that.
  static func isBlamed(in log: String) -> Bool { log.contains("try resetting the pause process") }

  /// Calls `podman system migrate`; returns whether it did.
  ///
  /// That would stop containers, so it is not called while a monitor of this user's containers lives.
  static func reset(executable: String, environment: [String: String], log: String) async -> Bool {
    guard ProcessIdentity.own(named: "conmon").isEmpty else { return false }
    let code = try? await SessionProcess.run(
      "`podman system migrate`", executable: executable, arguments: ["system", "migrate"],
      environment: environment, log: log, within: limit)
    return code == 0
  }
}
