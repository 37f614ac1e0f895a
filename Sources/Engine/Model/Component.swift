/// One container or one VM of a service, as its operator defined it.
///
/// The runtime object is named `<service>-<component>`. Every key of a definition is here, those whose
/// function this version does not carry out included: see ``Component/unsupportedKeys()``.
public struct Component: Hashable, Sendable, Codable {
  /// The name, unique in the service.
  public var name: String
  /// The image with an explicit tag or digest; required unless a unikernel names its files.
  public var image: String?
  /// What runs it.
  public var runtime: RuntimeKind = .container
  /// The network it joins; `nil` is the runtime's default network.
  public var network: String?
  /// `uid[:gid]` or `name[:group]` inside the container; `nil` is the image's.
  public var user: String?
  /// When the runtime starts it again after it ended.
  public var restart: RestartPolicy = .unlessStopped
  /// Published ports.
  public var ports: [PortMapping] = []
  /// Host directories and files mounted into it.
  public var volumes: [VolumeMount] = []
  /// The arguments that replace the image's command.
  public var command: [String] = []
  /// Environment, in the order of the definition; names are unique.
  public var environment: [EnvironmentVariable] = []
  /// Components of the same service that must be up before this one.
  public var dependsOn: [String] = []
  /// Memory limit of a container or RAM of a unikernel, in bytes.
  public var memory: Int64?
  /// CPU limit in cores; whole vCPUs for a unikernel.
  public var cpus: Double?
  /// Labels put on the runtime object beside the agent's own.
  public var labels: [String: String] = [:]
  /// How the agent finds out whether it works.
  public var health: HealthCheck?
  /// Ports that the agent assigns.
  public var routes: [Route] = []
  /// Whether an image without an explicit tag, or tagged `latest`, is accepted.
  public var allowLatest = false
  /// Whether the agent restores it when the runtime does not.
  public var heal = true
  /// What a unikernel boots; `nil` for containers.
  public var unikernel: UnikernelSpec?
  // Records written before these keys existed hold neither.
  private var pullPolicy: PullPolicy?
  private var secretFiles: [SecretFile]?

  /// Creates a component with the defaults of the definition format.
  public init(name: String, image: String? = nil) {
    self.name = name
    self.image = image
  }
}

extension Component {
  /// When its image is fetched from the registry.
  public var pull: PullPolicy {
    get { pullPolicy ?? .missing }
    set { pullPolicy = newValue == .missing ? nil : newValue }
  }

  /// The node's secrets that it finds as files.
  public var secrets: [SecretFile] {
    get { secretFiles ?? [] }
    set { secretFiles = newValue.isEmpty ? nil : newValue }
  }

  /// The names of all secrets that it uses.
  public var secretNames: Set<String> {
    Set(environment.compactMap(\.secret) + secrets.map(\.name))
  }

  /// The routes whose ports the agent listens on: not those that `ports` publishes anyway.
  public var forwardedRoutes: [Route] {
    routes.filter { route in !ports.contains { $0.collides(with: route.claim) } }
  }
}

/// What runs a component.
public enum RuntimeKind: String, Hashable, Sendable, Codable, CaseIterable {
  /// A container in rootless Podman.
  case container
  /// A virtual machine in QEMU.
  case unikernel
}

/// When an image is fetched from its registry.
public enum PullPolicy: String, Hashable, Sendable, Codable, CaseIterable {
  /// Where the node has none of that name.
  case missing
  /// On every deploy: a tag that names another image by then replaces the component.
  case always
  /// Never: what the node has is used.
  case never
}

/// When a runtime starts a component again after it ended.
public enum RestartPolicy: Hashable, Sendable {
  /// Never.
  case no
  /// After an exit code other than 0, at most `maxRetries` times (`nil`: without limit).
  case onFailure(maxRetries: Int?)
  /// Always.
  case always
  /// Always, unless it was stopped on purpose.
  case unlessStopped
}

extension RestartPolicy {
  /// Whether a component that ended well is to stay so.
  var mayEnd: Bool {
    switch self {
    case .no, .onFailure: true
    case .always, .unlessStopped: false
    }
  }
}

extension RestartPolicy: CustomStringConvertible, LosslessStringConvertible, Codable {
  /// The spelling of the definition format: `no`, `on-failure[:N]`, `always`, `unless-stopped`.
  public var description: String {
    switch self {
    case .no: "no"
    case .onFailure(nil): "on-failure"
    case .onFailure(let retries?): "on-failure:\(retries)"
    case .always: "always"
    case .unlessStopped: "unless-stopped"
    }
  }

  /// Parses the spelling of the definition format; `nil` where it is none.
  public init?(_ text: String) {
    switch text {
    case "no": self = .no
    case "on-failure": self = .onFailure(maxRetries: nil)
    case "always": self = .always
    case "unless-stopped": self = .unlessStopped
    default:
      guard text.hasPrefix("on-failure:"), let retries = Int(text.dropFirst("on-failure:".count)),
        (1...1_000_000).contains(retries), text == "on-failure:\(retries)"
      else { return nil }
      self = .onFailure(maxRetries: retries)
    }
  }

  /// Decodes the spelling of the definition format.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let policy = RestartPolicy(text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "no restart policy: \(text)")
    }
    self = policy
  }

  /// Encodes the spelling of the definition format.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// One environment variable.
public struct EnvironmentVariable: Hashable, Sendable, Codable {
  /// Where its value comes from.
  public enum Value: Hashable, Sendable, Codable {
    /// The text itself.
    case literal(String)
    /// The node's secret of that name, read when the container is created.
    case secret(String)
  }

  /// The name.
  public var name: String
  /// Where its value comes from.
  public var value: Value

  /// The name of the secret that it takes its value from, if it does.
  public var secret: String? {
    if case .secret(let name) = value { name } else { nil }
  }

  /// Creates a variable.
  public init(name: String, value: Value) {
    self.name = name
    self.value = value
  }
}

/// A port of the host that the agent itself listens on and forwards to the component.
///
/// The component gets a port of its own from the agent, in `$PORT` or `$PORT_<NAME>`, so that a new version can run
/// beside the old one.
public struct Route: Hashable, Sendable, Codable {
  /// How traffic is forwarded.
  public enum Mode: String, Hashable, Sendable, Codable, CaseIterable {
    /// As bytes.
    case l4
    /// As HTTP.
    case l7
  }

  /// The name that gives `$PORT_<NAME>`; empty for the single unnamed route that gives `$PORT`.
  public var name: String
  /// The port that the outside knows: the agent listens on it.
  public var port: Int
  /// The host address that the agent listens on; `nil` is every address.
  public var address: String?
  /// The port in the component, of a program that does not listen on `$PORT`; `nil` is the port in `$PORT`.
  public var target: Int?
  /// The transport protocol.
  public var transport: PortMapping.TransportProtocol
  /// How traffic is forwarded.
  public var mode: Mode
  /// The host name for `l7`.
  public var hostname: String?

  /// Creates a route.
  public init(
    name: String, port: Int, address: String? = nil, target: Int? = nil,
    transport: PortMapping.TransportProtocol = .tcp, mode: Mode = .l4, hostname: String? = nil
  ) {
    self.name = name
    self.port = port
    self.address = address
    self.target = target
    self.transport = transport
    self.mode = mode
    self.hostname = hostname
  }

  /// Decodes a route; what was written before routes had a protocol is TCP.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      name: try values.decode(String.self, forKey: .name), port: try values.decode(Int.self, forKey: .port),
      address: try values.decodeIfPresent(String.self, forKey: .address),
      target: try values.decodeIfPresent(Int.self, forKey: .target),
      transport: try values.decodeIfPresent(PortMapping.TransportProtocol.self, forKey: .transport) ?? .tcp,
      mode: try values.decode(Mode.self, forKey: .mode),
      hostname: try values.decodeIfPresent(String.self, forKey: .hostname))
  }

  /// The variable that carries the port on which the component is to listen.
  public var variable: String {
    name.isEmpty ? "PORT" : "PORT_" + name.uppercased().replacing("-", with: "_")
  }

  /// What it claims of the host.
  public var claim: PortMapping {
    PortMapping(hostIP: address, hostPort: port, containerPort: target ?? port, transport: transport)
  }
}

/// What a unikernel VM boots: files on the node, or files inside ``Component/image``.
public struct UnikernelSpec: Hashable, Sendable, Codable {
  /// The kernel: ELF or bzImage, an absolute path on the node.
  public var kernel: String?
  /// The initial RAM disk.
  public var initrd: String?
  /// The disk image, raw or qcow2.
  public var disk: String?
  /// The kernel command line.
  public var commandLine: String?
  /// The SHA-256 that the boot file must have, in hexadecimal.
  public var sha256: String?

  /// Creates a specification.
  public init(
    kernel: String? = nil, initrd: String? = nil, disk: String? = nil, commandLine: String? = nil,
    sha256: String? = nil
  ) {
    self.kernel = kernel
    self.initrd = initrd
    self.disk = disk
    self.commandLine = commandLine
    self.sha256 = sha256
  }
}
