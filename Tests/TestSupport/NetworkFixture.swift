internal import Engine
internal import Foundation
internal import Synchronization

/// Several hosts on this machine: network namespaces on a bridge, in a user namespace of podman's, so that nobody needs root.
///
/// Host 0 is the operator's, in which the bridge is. Its address is 10.77.0.1, that of host k is 10.77.0.(k+1).
public final class NetworkFixture: Sendable {
  private let holder: ChildProcess
  private let pids: [Int32]

  /// The command that runs something on a host.
  public func place(_ host: Int) -> [String] {
    [
      "/usr/bin/nsenter", "--target", "\(pids[host])", "--user", "--net", "--preserve-credentials", "--",
    ]
  }

  /// The address of a host.
  public func address(_ host: Int) -> String { "10.77.0.\(host + 1)" }

  private init(holder: ChildProcess, pids: [Int32]) {
    self.holder = holder
    self.pids = pids
  }

  /// Makes an operator's host and `count` more, calls `body`, and takes them away.
  public static func with(_ count: Int, _ body: (NetworkFixture) async throws -> Void) async throws {
    try await TemporaryDirectory.with { directory in
      let output = directory.file("pids")
      // Each namespace lives as long as the sleeper in it; `podman unshare` has the mapping of users.
      let script = (0...count).map { _ in "unshare --net sleep 600 & echo $!" }.joined(separator: "\n")
      let holder = try ChildProcess(
        "/usr/bin/podman", ["unshare", "sh", "-c", script + "\nwait"], files: .init(output: output))
      var pids: [Int32] = []
      _ = await eventually {
        pids = ((try? String(contentsOfFile: output, encoding: .utf8)) ?? "").split(separator: "\n")
          .compactMap {
            Int32($0)
          }
        return pids.count == count + 1 && pids.allSatisfy(hasOwnNetwork)
      }
      let network = NetworkFixture(holder: holder, pids: pids)
      do {
        guard pids.count == count + 1 else {
          throw EngineError(.operationFailed, "the network namespaces were not made")
        }
        try await network.connect(count)
        try await body(network)
        await network.tearDown()
      } catch {
        await network.tearDown()
        throw error
      }
    }
  }

  private static func hasOwnNetwork(_ pid: Int32) -> Bool {
    func link(_ pid: String) -> String? {
      try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(pid)/ns/net")
    }
    return link("\(pid)") != nil && link("\(pid)") != link("self")
  }

  private func connect(_ count: Int) async throws {
    try await ip(0, "link", "add", "br0", "type", "bridge")
    try await ip(0, "addr", "add", "\(address(0))/24", "dev", "br0")
    try await ip(0, "link", "set", "br0", "up")
    for host in 1...count {
      try await ip(
        0, "link", "add", "v\(host)", "type", "veth", "peer", "name", "eth0", "netns", "\(pids[host])")
      try await ip(0, "link", "set", "v\(host)", "master", "br0", "up")
      try await ip(host, "addr", "add", "\(address(host))/24", "dev", "eth0")
      for device in ["eth0", "lo"] { try await ip(host, "link", "set", device, "up") }
    }
  }

  /// Cuts the line to a host, or heals it.
  public func cut(_ host: Int) async throws { try await ip(0, "link", "set", "v\(host)", "down") }
  /// Heals the line to a host.
  public func heal(_ host: Int) async throws { try await ip(0, "link", "set", "v\(host)", "up") }

  private func ip(_ host: Int, _ arguments: String...) async throws {
    let words = place(host) + ["ip"] + arguments
    let result = try await Command.run(words[0], Array(words.dropFirst()))
    guard result.code == 0 else {
      throw EngineError(.operationFailed, "ip \(arguments.joined(separator: " "))", cause: result.errors)
    }
  }

  private func tearDown() async {
    for pid in pids { kill(pid, SIGKILL) }
    kill(holder.pid, SIGTERM)
    _ = await eventually { !self.holder.isRunning }
  }
}
