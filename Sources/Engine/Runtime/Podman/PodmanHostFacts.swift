internal import Foundation
internal import Synchronization

/// What podman says about its machine, as far as we use it.
struct PodmanHostFacts: Decodable, Sendable {
  struct Host: Decodable, Sendable {
    struct Security: Decodable, Sendable {
      var rootless: Bool?
    }

    struct Program: Decodable, Sendable {
      var name: String?
      var path: String?
      var executable: String?
    }

    struct IDMappings: Decodable, Sendable {
      struct Range: Decodable, Sendable {
        var size: Int
      }

      var uidmap: [Range]?
      var gidmap: [Range]?
    }

    var cgroupVersion: String?
    var cgroupManager: String?
    var cgroupControllers: [String]?
    var eventLogger: String?
    var networkBackend: String?
    var ociRuntime: Program?
    var idMappings: IDMappings?
    var security: Security?
  }

  struct Store: Decodable, Sendable {
    var graphDriverName: String?
    var graphRoot: String?
    var configFile: String?
  }

  var host: Host
  var store: Store?

  /// Why memory and CPU limits have no effect here; `nil` where they have.
  var missingLimits: String? {
    guard host.security?.rootless == true else { return nil }
    guard host.cgroupVersion == "v2" else {
      return "rootless podman needs cgroup v2 for them, this machine has \(host.cgroupVersion ?? "another")"
    }
    let missing = ["memory", "cpu"].filter { !(host.cgroupControllers ?? []).contains($0) }
    guard !missing.isEmpty else { return nil }
    return "the cgroup controllers \(missing.joined(separator: ", ")) are not delegated to this user"
  }
}

/// Facts that were asked for once.
final class HostFactsCache: Sendable {
  private let content = Mutex<PodmanHostFacts?>(nil)

  var value: PodmanHostFacts? {
    get { content.withLock { $0 } }
    set { content.withLock { $0 = newValue } }
  }
}
