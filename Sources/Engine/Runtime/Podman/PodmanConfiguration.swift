public import Foundation

/// How the Podman driver finds its podman and how long it waits for it.
public struct PodmanConfiguration: Sendable {
  /// The name of this node: only objects labelled for it are ours.
  public var node: String
  /// The API socket to use and no other; `nil` looks for one and starts a service where there is none.
  public var socketPath: String?
  /// Where a service of our own listens; at most 107 bytes.
  ///
  /// Its directory is made with mode 0700.
  public var ownSocketPath: String
  /// The socket that systemd offers to this user, used if it answers; `nil` never looks there.
  public var userSocketPath: String?
  /// The program, a path or a name that is looked up in `PATH`.
  public var executable: String
  /// The environment that the service is started with; `PATH`, `HOME` and `XDG_RUNTIME_DIR` matter.
  public var environment: [String: String]
  /// How registries are spoken to, by their names; for others, podman's own configuration counts alone.
  public var registries: [String: RegistryAccess] = [:]
  /// The deadline of an ordinary request.
  public var requestTimeout: Duration
  /// The deadline of creating, starting and removing an object.
  public var changeTimeout: Duration
  /// How long a pull may go without a sign of life.
  public var pullIdleTimeout: Duration
  /// How long a service may take until it answers after it was started.
  public var serviceStartTimeout: Duration
  /// How long a service may take to answer whether it is there.
  public var probeTimeout: Duration

  /// Creates a configuration with the usual deadlines.
  public init(
    node: String, ownSocketPath: String, socketPath: String? = nil, executable: String = "podman",
    environment: [String: String] = ProcessInfo.processInfo.environment,
    requestTimeout: Duration = .seconds(30), changeTimeout: Duration = .seconds(60),
    pullIdleTimeout: Duration = .seconds(1800), serviceStartTimeout: Duration = .seconds(15),
    probeTimeout: Duration = .seconds(5)
  ) {
    self.node = node
    self.socketPath = socketPath
    self.ownSocketPath = ownSocketPath
    userSocketPath = environment["XDG_RUNTIME_DIR"].map { "\($0)/podman/podman.sock" }
    self.executable = executable
    self.environment = environment
    self.requestTimeout = requestTimeout
    self.changeTimeout = changeTimeout
    self.pullIdleTimeout = pullIdleTimeout
    self.serviceStartTimeout = serviceStartTimeout
    self.probeTimeout = probeTimeout
  }

  /// The program's path; `nil` where it is not installed.
  func findExecutable() -> String? {
    if executable.contains("/") { return isExecutableFile(executable) ? executable : nil }
    let path = environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
    return path.split(separator: ":").map { "\($0)/\(executable)" }.first(where: isExecutableFile)
  }

  private func isExecutableFile(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && !isDirectory.boolValue
      && FileManager.default.isExecutableFile(atPath: path)
  }
}
