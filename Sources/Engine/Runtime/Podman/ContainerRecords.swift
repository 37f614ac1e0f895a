internal import Foundation

/// One element of podman's list of containers.
struct ContainerListEntry: Decodable {
  var id: String
  var names: [String]
  var labels: [String: String]?
  var image: String
  var imageID: String
  var state: String
  var pid: Int
  var exitCode: Int
  var startedAt: Int64?
  var exitedAt: Int64?
  var isInfra: Bool?
  var ports: [Port]?
  /// The named networks that it is on.
  var networks: [String]?

  /// A published port, or a range of them.
  struct Port: Decodable {
    var hostIP: String?
    var hostPort: UInt16?
    var range: UInt16?
    var transport: String?

    enum CodingKeys: String, CodingKey {
      case range
      case hostIP = "host_ip"
      case hostPort = "host_port"
      case transport = "protocol"
    }

    var hostPorts: [HostPort] {
      guard let hostPort, hostPort > 0 else { return [] }
      let last = min(UInt32(hostPort) + UInt32(max(1, range ?? 1)) - 1, 65_535)
      return (UInt32(hostPort)...last).map {
        HostPort(address: hostIP, number: UInt16($0), isUDP: transport == "udp")
      }
    }
  }

  enum CodingKeys: String, CodingKey {
    case id = "Id"
    case names = "Names"
    case labels = "Labels"
    case image = "Image"
    case imageID = "ImageID"
    case state = "State"
    case pid = "Pid"
    case exitCode = "ExitCode"
    case startedAt = "StartedAt"
    case exitedAt = "ExitedAt"
    case isInfra = "IsInfra"
    case ports = "Ports"
    case networks = "Networks"
  }
}

/// What podman says about one container, as far as we use it.
struct ContainerInspection: Decodable {
  struct State: Decodable {
    var status: String
    var pid: Int
    /// The monitor; absent once podman has cleaned up after the process.
    var monitorPid: Int?
    var exitCode: Int
    var startedAt: String
    var finishedAt: String
    /// Podman 5 says so; earlier ones know and do not tell.
    var stoppedByUser: Bool?

    enum CodingKeys: String, CodingKey {
      case status = "Status"
      case pid = "Pid"
      case monitorPid = "ConmonPid"
      case exitCode = "ExitCode"
      case startedAt = "StartedAt"
      case finishedAt = "FinishedAt"
      case stoppedByUser = "StoppedByUser"
    }
  }

  struct Config: Decodable {
    var labels: [String: String]?

    enum CodingKeys: String, CodingKey { case labels = "Labels" }
  }

  struct HostConfig: Decodable {
    struct Binding: Decodable {
      var hostIP: String?
      var hostPort: String?

      enum CodingKeys: String, CodingKey {
        case hostIP = "HostIp"
        case hostPort = "HostPort"
      }
    }

    /// Keyed by `port/protocol`.
    var portBindings: [String: [Binding]?]?
    var networkMode: String?

    enum CodingKeys: String, CodingKey {
      case portBindings = "PortBindings"
      case networkMode = "NetworkMode"
    }
  }

  var id: String
  var name: String
  var image: String
  var imageName: String
  var restartCount: Int?
  var state: State
  var config: Config?
  var hostConfig: HostConfig?
  /// When podman was asked.
  var asOf: Date?

  enum CodingKeys: String, CodingKey {
    case id = "Id"
    case name = "Name"
    case image = "Image"
    case imageName = "ImageName"
    case restartCount = "RestartCount"
    case state = "State"
    case config = "Config"
    case hostConfig = "HostConfig"
  }
}

extension ContainerInspection {
  /// The ports of this machine that it publishes, in order.
  var ports: [HostPort] {
    (hostConfig?.portBindings ?? [:]).sorted { $0.key < $1.key }.flatMap { key, bindings in
      (bindings ?? []).compactMap { binding in
        binding.hostPort.flatMap(UInt16.init).map {
          HostPort(address: binding.hostIP, number: $0, isUDP: key.hasSuffix("/udp"))
        }
      }
    }
  }

  /// It is on a named network.
  var isNetworked: Bool { hostConfig?.networkMode == "bridge" }

  /// Podman says that it runs, and its process is gone.
  var isUpWithoutProcess: Bool {
    switch ContainerPhase(state.status) {
    case .up, .paused: !ProcessIdentity.isAlive(pid: state.pid)
    case .created, .ending, .ended, .unknown: false
    }
  }

  /// Its monitor is alive and will clean up after its process.
  var isMonitored: Bool { state.monitorPid.map { ProcessIdentity.isAlive(pid: $0) } ?? false }
}

/// What podman's words for a state mean.
enum ContainerPhase: Sendable, Hashable {
  /// Made and never started.
  case created
  /// It has, or had a moment ago, a process.
  case up
  /// Frozen.
  case paused
  /// Its process has ended and podman has not cleaned up yet; a restart policy may bring it back.
  case ending
  /// Ended for good.
  case ended
  /// Something that this driver does not know.
  case unknown

  init(_ status: String) {
    switch status {
    case "created", "configured", "initialized": self = .created
    case "running", "stopping": self = .up
    case "paused": self = .paused
    case "stopped": self = .ending
    case "exited": self = .ended
    default: self = .unknown
    }
  }
}
