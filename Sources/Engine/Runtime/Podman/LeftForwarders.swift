internal import Foundation
internal import Glibc

/// The port forwarder that podman 4 leaves behind where a start fails before the container's process is made.
///
/// Also that of a container whose process has ended, which goes on until podman has cleaned up.
///
/// An unknown user is such a case: `rootlessport` goes on listening until podman's service ends, so that nothing else
/// can have the port, the container before it least of all.
enum LeftForwarders {
  private static let waitForEnd = Duration.seconds(2)

  /// Ends forwarders of this user that listen on these ports.
  ///
  /// To be called where they can be nobody else's: where the ports were free before a start that has failed, and where
  /// the container that publishes them has just ended.
  static func end(on ports: [HostPort]) async { await end(find(on: ports)) }

  /// The forwarders of this user that listen on these ports.
  static func find(on ports: [HostPort]) -> [ProcessIdentity] {
    let sockets = listeners(on: Set(ports.map(\.number)))
    guard !sockets.isEmpty else { return [] }
    return ProcessIdentity.own(named: "rootlessport").filter { holds($0.pid, sockets) }
  }

  /// Ends forwarders that were found, under the same condition.
  static func end(_ processes: [ProcessIdentity]) async {
    for process in processes {
      let token = ProcessWatcher.shared.watch(pid: process.pid, startTime: process.startTime, onExit: {})
      token?.send(signal: SIGKILL)
      token?.cancel()
      _ = await ProcessWatcher.shared.waitForExit(
        pid: process.pid, startTime: process.startTime, atMost: waitForEnd)
    }
  }

  private static func holds(_ pid: Int, _ sockets: Set<String>) -> Bool {
    let directory = "/proc/\(pid)/fd"
    let descriptors = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    return descriptors.contains { descriptor in
      guard
        let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "\(directory)/\(descriptor)")
      else { return false }
      return sockets.contains(target)
    }
  }

  /// The sockets that have one of these local ports, as `/proc/<pid>/fd` names them; see proc(5) for the format.
  private static func listeners(on ports: Set<UInt16>) -> Set<String> {
    var sockets: Set<String> = []
    for table in ["tcp", "tcp6", "udp", "udp6"] {
      guard let bytes = FileManager.default.contents(atPath: "/proc/self/net/\(table)") else { continue }
      for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst() {
        let fields = line.split(separator: " ", omittingEmptySubsequences: true)
        // 0A is LISTEN; a datagram socket that is bound is 07.
        guard fields.count > 9, fields[3] == "0A" || fields[3] == "07",
          let port = fields[1].split(separator: ":").last.flatMap({ UInt16($0, radix: 16) }),
          ports.contains(port)
        else { continue }
        sockets.insert("socket:[\(fields[9])]")
      }
    }
    return sockets
  }
}
