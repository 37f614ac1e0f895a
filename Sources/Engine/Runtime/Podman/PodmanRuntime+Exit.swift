public import Foundation

extension PodmanRuntime {
  /// How long the monitor gets to note the code: it does so before anything else.
  private static let exitWait = Duration.milliseconds(20)

  /// With which code the process of a container has just ended: its monitor writes that into a file, 70 ms before podman
  /// tells of it.
  public func exitCode(of id: String, process code: Int?) async -> Int? {
    if let code { return code }
    guard let path = monitorFiles.exitFile(of: id) else { return nil }
    let deadline = ContinuousClock.now + Self.exitWait
    while true {
      if let code = MonitorFiles.number(in: path, writtenAround: Date()) { return code }
      guard ContinuousClock.now < deadline else { return nil }
      try? await Task.sleep(for: .microseconds(200))
    }
  }

  /// The process that a container was started with around `time`, as its monitor noted it: podman itself answers only
  /// once it has let go of the container, 200 ms after it told that it started it.
  public func startedProcess(of id: String, since time: Date) async -> Int? {
    guard let pid = notedProcess(of: id, since: time), monitorFiles.isStarted(pid) else { return nil }
    return pid
  }

  /// Whether a container is there no more, where that can be told at once: podman removes its files with it.
  public func isGone(_ id: String) async -> Bool {
    guard let path = monitorFiles.directory(of: id) else { return false }
    // With the directory of all of them gone, as after a change of the runtime directory, that says nothing.
    let all = (path as NSString).deletingLastPathComponent
    return !FileManager.default.fileExists(atPath: path) && FileManager.default.fileExists(atPath: all)
  }

  /// The living process that the monitor noted around `time`.
  func notedProcess(of id: String, since time: Date) -> Int? {
    guard let path = monitorFiles.pidFile(of: id),
      let pid = MonitorFiles.number(in: path, writtenAround: time), ProcessIdentity.isAlive(pid: pid)
    else { return nil }
    return pid
  }
}
