internal import Foundation
internal import Glibc

extension PodmanRuntime {
  /// Examines podman on this machine: whether it is there and answers, and whether its storage, users,
  /// network and limits are as containers need them.
  ///
  /// Never throws: what cannot be asked is itself a finding.
  public func doctorFindings() async -> [DoctorFinding] {
    var findings: [DoctorFinding] = []
    if let path = configuration.findExecutable() {
      findings.append(DoctorFinding(level: .ok, check: "podman", message: "installed as \(path)"))
    } else if configuration.socketPath == nil {
      findings.append(
        DoctorFinding(
          level: .failure, check: "podman", message: "there is no executable \(configuration.executable)",
          remedy: "install podman 4.3 to 5.x: `apt install podman`"))
    }
    do {
      let endpoint = try await client.service.current(within: configuration.requestTimeout)
      let origin = endpoint.process == nil ? "" : ", run by this agent"
      findings.append(
        DoctorFinding(
          level: .ok, check: "podman service",
          message: "podman \(endpoint.version) answers on \(endpoint.socket)\(origin)"))
      findings += PodmanDoctor(facts: try await hostFacts(fresh: true)).findings()
    } catch {
      let error = EngineError.wrap(error)
      findings.append(
        DoctorFinding(
          level: .failure, check: "podman service", message: error.description, remedy: error.hint))
    }
    return findings
  }
}

/// Judges what podman says about its machine.
struct PodmanDoctor {
  var facts: PodmanHostFacts

  func findings() -> [DoctorFinding] {
    [storageDriver, freeSpace, subordinateIDs, tunDevice, networkBackend, ociRuntime, events, limits]
      .compactMap { $0 }
  }

  private var isRootless: Bool { facts.host.security?.rootless == true }

  private var storageDriver: DoctorFinding {
    let driver = facts.store?.graphDriverName ?? "unknown"
    let file = facts.store?.configFile ?? "~/.config/containers/storage.conf"
    guard driver == "vfs" else { return ok("storage driver", driver) }
    return DoctorFinding(
      level: .warning, check: "storage driver", message: "vfs copies every image for every container",
      remedy:
        "write `[storage]` and `driver = \"overlay\"` to \(file), then `podman system reset`, which removes all"
        + " containers and images of this user")
  }

  private var freeSpace: DoctorFinding? {
    guard let root = facts.store?.graphRoot else { return nil }
    var status = statvfs()
    guard statvfs(root, &status) == 0 else {
      return DoctorFinding(level: .failure, check: "storage", message: "\(root) cannot be examined")
    }
    let mebibytes = (UInt64(status.f_bavail) * UInt64(status.f_frsize)) >> 20
    let text = "\(mebibytes) MiB free in \(root)"
    if mebibytes >= 2_048 { return ok("storage", text) }
    return DoctorFinding(
      level: mebibytes < 256 ? .failure : .warning, check: "storage", message: text,
      remedy: "`podman image prune` removes images that nothing uses")
  }

  private var subordinateIDs: DoctorFinding? {
    guard isRootless else { return nil }
    let maps = [("uid", facts.host.idMappings?.uidmap), ("gid", facts.host.idMappings?.gidmap)]
    for (kind, map) in maps {
      let count = (map ?? []).reduce(0) { $0 + $1.size }
      if count < 65_536 {
        let user = getpwuid(geteuid()).map { String(cString: $0.pointee.pw_name) } ?? "the agent's user"
        return DoctorFinding(
          level: count <= 1 ? .failure : .warning, check: "subordinate ids",
          message: "containers have \(count) \(kind)s; images with other users than root need 65536",
          remedy: "as root: `usermod --add-sub\(kind)s 200000-265535 \(user)`, then as \(user)"
            + " `podman system migrate`")
      }
    }
    return ok("subordinate ids", "65536 or more uids and gids")
  }

  private var tunDevice: DoctorFinding? {
    guard isRootless else { return nil }
    let descriptor = open("/dev/net/tun", O_RDWR | O_CLOEXEC)
    if descriptor >= 0 {
      close(descriptor)
      return ok("network device", "/dev/net/tun can be used")
    }
    let reason = String(cString: strerror(errno))
    return DoctorFinding(
      level: .failure, check: "network device", message: "/dev/net/tun cannot be used: \(reason)",
      remedy: "as root: `modprobe tun` and `chmod 666 /dev/net/tun`")
  }

  private var networkBackend: DoctorFinding {
    let backend = facts.host.networkBackend ?? "unknown"
    guard backend != "netavark" else { return ok("network backend", backend) }
    return DoctorFinding(
      level: .warning, check: "network backend",
      message: "\(backend): containers on a named network may not find each other by name",
      remedy:
        "install netavark and aardvark-dns, then `podman system reset`, which removes all containers and images"
        + " of this user")
  }

  private var ociRuntime: DoctorFinding {
    let name = facts.host.ociRuntime?.name ?? "unknown"
    let isHybrid =
      facts.host.cgroupVersion == "v1" && FileManager.default.fileExists(atPath: "/sys/fs/cgroup/unified")
    guard isHybrid, name == "crun" else { return ok("oci runtime", name) }
    return DoctorFinding(
      level: .failure, check: "oci runtime", message: "crun refuses this machine's hybrid control groups",
      remedy:
        "install runc and write `[engine]` and `runtime = \"runc\"` to ~/.config/containers/containers.conf")
  }

  private var events: DoctorFinding? {
    guard facts.host.eventLogger == "none" else { return nil }
    return DoctorFinding(
      level: .failure, check: "events", message: "podman writes no events: changes are noticed late",
      remedy: "write `[engine]` and `events_logger = \"file\"` to ~/.config/containers/containers.conf")
  }

  private var limits: DoctorFinding {
    guard let reason = facts.missingLimits else { return ok("limits", "memory and cpu limits work") }
    return DoctorFinding(
      level: .warning, check: "limits", message: "memory and cpu limits are not available: \(reason)",
      remedy:
        "leave `memory` and `cpus` out of definitions, or boot with cgroup v2 and delegate the controllers")
  }

  private func ok(_ check: String, _ message: String) -> DoctorFinding {
    DoctorFinding(level: .ok, check: check, message: message)
  }
}
