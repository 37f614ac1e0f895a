internal import Foundation

/// Starts a VM outside the control group of the agent where systemd looks after that: stopping the agent's unit with all of
/// its group, or killing that, then leaves the VM alone.
enum VMScope {
  private static let starter = "/usr/bin/systemd-run"

  /// The command line that runs `executable` in a scope of the user's manager, or as it is where there is no such manager.
  ///
  /// `systemd-run --scope` makes the scope and then becomes the program.
  static func command(
    _ executable: String, _ arguments: [String], id: String, environment: [String: String],
    starter: String = starter
  ) -> (executable: String, arguments: [String]) {
    guard let runtime = environment["XDG_RUNTIME_DIR"],
      FileFacts(path: "\(runtime)/systemd/private")?.kind == .socket,
      FileManager.default.isExecutableFile(atPath: starter)
    else { return (executable, arguments) }
    return (
      starter,
      ["--user", "--scope", "--quiet", "--collect", "--unit=mcp-vm-\(id)", "--", executable] + arguments
    )
  }
}
