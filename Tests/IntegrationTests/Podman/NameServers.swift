import Foundation
import TestSupport
import Testing

/// Podman's DNS servers of this user.
///
/// Podman 4.3 keeps one (aardvark-dns) for all networks, in the network namespace that they share, and tells it by signal what
/// has changed. The namespace goes with the last container, the server a moment later. A network that is made in
/// between gets the old server, which stands in the old namespace, and no name is found there.
enum NameServers {
  private static var home: String { "/run/user/\(geteuid())/containers/networks/aardvark-dns" }

  /// The networks that they know names of.
  static var networks: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: home)) ?? []).filter { $0 != "aardvark.pid" }
  }

  private static var running: [Int32] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap(Int32.init).filter { pid in
      guard let status = try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8) else {
        return false
      }
      return status.hasPrefix("Name:\taardvark-dns\n") && !status.contains("State:\tZ")
        && status.contains("Uid:\t\(geteuid())\t")
    }
  }

  /// Waits until the server of networks that are gone is gone as well; one that does not go, while no container has a
  /// network, is ended, and with it go the names that were left.
  static func settle() async throws {
    if await eventually(within: .seconds(5), { running.isEmpty }) { return }
    let left = try await PodmanEnvironment.podman(["ps", "-q", "--filter", "status=running"]).output
    guard left.isEmpty else { return }
    for pid in running { kill(pid, SIGKILL) }
    #expect(await eventually { running.isEmpty })
    for network in networks { try FileManager.default.removeItem(atPath: "\(home)/\(network)") }
  }

  /// What there is to see of them.
  static func describe() -> String {
    let files = ((try? FileManager.default.contentsOfDirectory(atPath: home)) ?? []).map { name in
      "\(name): \((try? String(contentsOfFile: "\(home)/\(name)", encoding: .utf8)) ?? "?")"
    }
    let servers = running.map { pid in
      "\(pid) in \((try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(pid)/ns/net")) ?? "?")"
    }
    return "servers \(servers), names \(files)"
  }
}
