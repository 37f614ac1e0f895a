internal import Foundation

/// Where and how this agent runs VMs.
public struct QEMUConfiguration: Sendable {
  /// The node whose VMs are ours.
  public var node: String
  /// The QEMU program: a name to be found in `PATH`, or a path.
  public var executable = "qemu-system-x86_64"
  /// How guests are accelerated.
  public var acceleration = AgentConfiguration.Unikernel.Acceleration.auto
  /// Holds a directory for each VM, and the files that were taken from images.
  public var stateDirectory: String
  /// How many bytes of memory VMs may have together; `nil` is what the machine has, less a reserve for everything else.
  public var memory: Int64?
  /// How long QEMU may take until it answers on its control socket.
  public var startTimeout = Duration.seconds(15)
  /// How long QEMU may take to answer; then it counts as hung.
  public var answerTimeout = Duration.seconds(2)
  /// At which size a console log is put aside; one that was put aside is kept.
  public var consoleLimit: Int64 = 10 << 20
  /// The environment of QEMU.
  public var environment = ProcessInfo.processInfo.environment

  /// Creates a configuration.
  public init(node: String, stateDirectory: String) {
    self.node = node
    self.stateDirectory = stateDirectory
  }

  /// The program's path; `nil` where there is none.
  func findExecutable() -> String? {
    if executable.contains("/") {
      return FileManager.default.isExecutableFile(atPath: executable) ? executable : nil
    }
    let path = environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
    return path.split(separator: ":").map { "\($0)/\(executable)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }
}
