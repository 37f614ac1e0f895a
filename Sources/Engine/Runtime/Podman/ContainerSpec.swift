internal import Foundation

/// The body of a create request: the part of podman's container specification that we use.
struct ContainerSpec: Encodable, Equatable {
  var name: String
  var image: String
  var labels: [String: String]
  var command: [String]?
  var env: [String: String]?
  var user: String?
  var restartPolicy: String
  var restartTries: Int?
  var portMappings: [Port]?
  var mounts: [Mount]?
  var networkNamespace: NetworkNamespace?
  var networks: [String: Network]?
  var limits: Limits?
  var secretVariables: [String: String]?
  var secretFiles: [Secret]?

  /// A file that podman makes of one of its secrets; its fields have no other names in podman's JSON.
  struct Secret: Encodable, Equatable {
    var source: String
    var target: String
    var uid: UInt32 = 0
    var gid: UInt32 = 0
    var mode: UInt32 = 0o444

    enum CodingKeys: String, CodingKey {
      case source = "Source"
      case target = "Target"
      case uid = "UID"
      case gid = "GID"
      case mode = "Mode"
    }
  }

  struct Port: Encodable, Equatable {
    var containerPort: Int
    var hostPort: Int
    var hostIP: String?
    var transport: String

    enum CodingKeys: String, CodingKey {
      case containerPort = "container_port"
      case hostPort = "host_port"
      case hostIP = "host_ip"
      case transport = "protocol"
    }
  }

  struct Mount: Encodable, Equatable {
    var type = "bind"
    var source: String
    var destination: String
    var options: [String]
  }

  struct NetworkNamespace: Encodable, Equatable {
    var nsmode: String
    var value: String?
  }

  struct Network: Encodable, Equatable {
    var aliases: [String]
  }

  struct Limits: Encodable, Equatable {
    var memory: Memory?
    var cpu: CPU?

    struct Memory: Encodable, Equatable {
      var limit: Int64
      var swap: Int64
    }

    struct CPU: Encodable, Equatable {
      var quota: Int64
      var period: UInt64
    }
  }

  enum CodingKeys: String, CodingKey {
    case name, image, labels, command, env, user, mounts
    case restartPolicy = "restart_policy"
    case restartTries = "restart_tries"
    case portMappings = "portmappings"
    case networkNamespace = "netns"
    case networks = "Networks"
    case limits = "resource_limits"
    case secretVariables = "secret_env"
    case secretFiles = "secrets"
  }
}

extension ContainerSpec {
  /// The period in which a CPU quota is counted, in microseconds.
  private static let cpuPeriod: UInt64 = 100_000

  /// Translates a specification.
  ///
  /// Throws `invalidArgument` for what no container can be made from.
  init(_ spec: InstanceSpec) throws {
    let component = spec.component
    guard let image = component.image, !image.isEmpty else {
      throw EngineError(.invalidArgument, "cannot create \(spec.name): it has no image")
    }
    name = spec.name
    self.image = image
    // Ours last: a definition cannot take an object away from its agent.
    labels = component.labels.merging(spec.labels.dictionary) { $1 }
    command = component.command.isEmpty ? nil : component.command
    env = Self.environment(of: component)
    (secretVariables, secretFiles) = try Self.secrets(of: spec)
    user = component.user
    (restartPolicy, restartTries) = Self.restart(component.restart)
    portMappings =
      component.ports.isEmpty
      ? nil
      : component.ports.map {
        Port(
          containerPort: $0.containerPort, hostPort: $0.hostPort, hostIP: $0.hostIP,
          transport: $0.transport.rawValue)
      }
    mounts =
      component.volumes.isEmpty
      ? nil
      : component.volumes.map {
        Mount(source: $0.source, destination: $0.target, options: ["rbind", $0.readOnly ? "ro" : "rw"])
      }
    if let network = component.network {
      if let mode = PodmanNetworkMode(network) {
        networkNamespace = NetworkNamespace(nsmode: mode.namespace)
      } else {
        networkNamespace = NetworkNamespace(nsmode: "bridge")
        networks = [network: Network(aliases: spec.aliases)]
      }
    }
    limits = Self.limits(component)
  }

  private static func environment(of component: Component) -> [String: String]? {
    var result: [String: String] = [:]
    for variable in component.environment {
      if case .literal(let value) = variable.value { result[variable.name] = value }
    }
    return result.isEmpty ? nil : result
  }

  private static func secrets(of spec: InstanceSpec) throws -> ([String: String]?, [Secret]?) {
    // Without this, a container would run without what its definition promises it.
    for (name, place) in spec.component.secretPlaces
    where !spec.secrets.contains(where: { $0.place == place }) {
      throw EngineError(.failedPrecondition, "cannot create \(spec.name): its secret \(name) has no value")
    }
    var variables: [String: String] = [:]
    var files: [Secret] = []
    for secret in spec.secrets {
      let name = PodmanRuntime.secretName(secret.version)
      switch secret.place {
      case .variable(let variable): variables[variable] = name
      case .file(let path): files.append(Secret(source: name, target: path))
      }
    }
    return (variables.isEmpty ? nil : variables, files.isEmpty ? nil : files)
  }

  private static func restart(_ policy: RestartPolicy) -> (String, Int?) {
    switch policy {
    case .no: ("no", nil)
    case .onFailure(let tries): ("on-failure", tries)
    case .always: ("always", nil)
    case .unlessStopped: ("unless-stopped", nil)
    }
  }

  private static func limits(_ component: Component) -> Limits? {
    guard component.memory != nil || component.cpus != nil else { return nil }
    return Limits(
      // As much swap again as memory: what `podman run --memory` gives.
      memory: component.memory.map { .init(limit: $0, swap: $0 * 2) },
      cpu: component.cpus.map {
        .init(quota: Int64(($0 * Double(cpuPeriod)).rounded()), period: cpuPeriod)
      })
  }
}

/// Words in the place of a network's name that mean a way of networking.
enum PodmanNetworkMode: String, Sendable {
  /// The host's own network: no isolation, no port mappings.
  case host
  /// Only a loopback interface.
  case none
  /// User-mode networking through slirp4netns.
  case slirp4netns
  /// User-mode networking through pasta.
  case pasta
  /// Podman's default.
  case `private`

  init?(_ name: String) { self.init(rawValue: name) }

  var namespace: String { rawValue }
}
