internal import Foundation

/// What podman says about a container that somebody else made, as far as a definition could say it, or could not.
///
/// `GET /libpod/containers/{name}/json`.
struct ForeignContainer: Decodable {
  struct Config: Decodable {
    struct Healthcheck: Decodable {
      var test: [String]?
      var interval: Int64?
      var timeout: Int64?
      var retries: Int?
      var startPeriod: Int64?

      enum CodingKeys: String, CodingKey {
        case test = "Test"
        case interval = "Interval"
        case timeout = "Timeout"
        case retries = "Retries"
        case startPeriod = "StartPeriod"
      }
    }

    struct Secret: Decodable {
      var name: String?

      enum CodingKeys: String, CodingKey { case name = "Name" }
    }

    var hostname: String?
    var user: String?
    var tty: Bool?
    var env: [String]?
    var command: [String]?
    var entrypoint: Words?
    var workingDirectory: String?
    var labels: [String: String]?
    var healthcheck: Healthcheck?
    var secrets: [Secret]?

    enum CodingKeys: String, CodingKey {
      case hostname = "Hostname"
      case user = "User"
      case tty = "Tty"
      case env = "Env"
      case command = "Cmd"
      case entrypoint = "Entrypoint"
      case workingDirectory = "WorkingDir"
      case labels = "Labels"
      case healthcheck = "Healthcheck"
      case secrets = "Secrets"
    }
  }

  /// Words that podman 4 joins by spaces and podman 5 does not.
  struct Words: Decodable, Equatable {
    var joined: String

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let words = try? container.decode([String].self) {
        joined = words.joined(separator: " ")
      } else {
        joined = (try? container.decode(String.self)) ?? ""
      }
    }
  }

  struct Host: Decodable {
    struct Restart: Decodable {
      var name: String?
      var retries: Int?

      enum CodingKeys: String, CodingKey {
        case name = "Name"
        case retries = "MaximumRetryCount"
      }
    }

    struct Device: Decodable {}

    struct Limit: Decodable {
      var name: String?

      enum CodingKeys: String, CodingKey { case name = "Name" }
    }

    var networkMode: String?
    var restart: Restart?
    var autoRemove: Bool?
    var addedCapabilities: [String]?
    var droppedCapabilities: [String]?
    var dns: [String]?
    var extraHosts: [String]?
    var groups: [String]?
    var pidMode: String?
    var ipcMode: String?
    var privileged: Bool?
    var readOnlyRoot: Bool?
    var securityOptions: [String]?
    var tmpfs: [String: String]?
    var userNamespace: String?
    var memory: Int64?
    var nanoCPUs: Int64?
    var cpuPeriod: Int64?
    var cpuQuota: Int64?
    var devices: [Device]?
    var limits: [Limit]?

    enum CodingKeys: String, CodingKey {
      case networkMode = "NetworkMode"
      case restart = "RestartPolicy"
      case autoRemove = "AutoRemove"
      case addedCapabilities = "CapAdd"
      case droppedCapabilities = "CapDrop"
      case dns = "Dns"
      case extraHosts = "ExtraHosts"
      case groups = "GroupAdd"
      case pidMode = "PidMode"
      case ipcMode = "IpcMode"
      case privileged = "Privileged"
      case readOnlyRoot = "ReadonlyRootfs"
      case securityOptions = "SecurityOpt"
      case tmpfs = "Tmpfs"
      case userNamespace = "UsernsMode"
      case memory = "Memory"
      case nanoCPUs = "NanoCpus"
      case cpuPeriod = "CpuPeriod"
      case cpuQuota = "CpuQuota"
      case devices = "Devices"
      case limits = "Ulimits"
    }
  }

  struct Mount: Decodable {
    var type: String
    var name: String?
    var source: String?
    var destination: String
    var isWritable: Bool?

    enum CodingKeys: String, CodingKey {
      case type = "Type"
      case name = "Name"
      case source = "Source"
      case destination = "Destination"
      case isWritable = "RW"
    }
  }

  struct Networking: Decodable {
    struct Network: Decodable {}

    var networks: [String: Network]?

    enum CodingKeys: String, CodingKey { case networks = "Networks" }
  }

  var id: String
  var name: String
  var image: String
  var imageName: String
  var pod: String?
  var config: Config
  var host: Host
  var mounts: [Mount]?
  var networking: Networking?

  enum CodingKeys: String, CodingKey {
    case id = "Id"
    case name = "Name"
    case image = "Image"
    case imageName = "ImageName"
    case pod = "Pod"
    case config = "Config"
    case host = "HostConfig"
    case mounts = "Mounts"
    case networking = "NetworkSettings"
  }
}

/// What an image brings along, `GET /libpod/images/{name}/json`.
struct ForeignImage: Decodable {
  struct Config: Decodable {
    var user: String?
    var env: [String]?
    var command: [String]?
    var entrypoint: ForeignContainer.Words?
    var workingDirectory: String?
    var labels: [String: String]?

    enum CodingKeys: String, CodingKey {
      case user = "User"
      case env = "Env"
      case command = "Cmd"
      case entrypoint = "Entrypoint"
      case workingDirectory = "WorkingDir"
      case labels = "Labels"
    }
  }

  var config: Config?
  var tags: [String]?

  enum CodingKeys: String, CodingKey {
    case config = "Config"
    case tags = "RepoTags"
  }
}
