/// What the agent is told by its configuration file and by the environment.
///
/// Every nested type is one table of the file. All paths are absolute and in their shortest form.
public struct AgentConfiguration: Hashable, Sendable {
  /// The table `[node]`.
  public struct Node: Hashable, Sendable {
    /// The node's name; the first label of the host's name by default.
    public var name: String
  }

  /// The table `[server]`.
  public struct Server: Hashable, Sendable {
    /// The unix socket that is always served.
    public var socket: String
    /// The unix group whose members may use the socket in the role ``groupRole``; empty for none.
    public var group = ""
    /// The role that members of ``group`` get.
    public var groupRole = Role.viewer
    /// The TCP address for remote operators; always ``AgentAddress/tcp(host:port:)``.
    public var listen: AgentAddress?
    /// The server's certificate chain in PEM.
    public var tlsCertificate: String?
    /// The server's private key in PEM.
    public var tlsKey: String?
  }

  /// The table `[database]`.
  public struct Database: Hashable, Sendable {
    /// The registry's file.
    public var path: String
  }

  /// The table `[services]`.
  public struct Services: Hashable, Sendable {
    /// A service's directory is `<root>/<service>`.
    public var root = "/srv"
  }

  /// The table `[volumes]`.
  public struct Volumes: Hashable, Sendable {
    /// The directories under which the host paths of volumes must lie.
    public var allowed = ["/srv"]
  }

  /// The table `[podman]`.
  public struct Podman: Hashable, Sendable {
    /// Podman's API socket; `nil` is the user's own, else one that the agent serves itself.
    public var socket: String?
    /// How many changes are made at once.
    public var maxParallel = 4
  }

  /// The table `[unikernel]`.
  public struct Unikernel: Hashable, Sendable {
    /// How guests are accelerated.
    public enum Acceleration: String, Hashable, Sendable, CaseIterable {
      /// KVM where it works, else TCG.
      case auto
      /// KVM only.
      case kvm
      /// TCG only.
      case tcg
    }

    /// The QEMU program: a name to be found in `PATH`, or a path.
    public var qemu = "qemu-system-x86_64"
    /// How guests are accelerated.
    public var acceleration = Acceleration.auto
    /// Where sockets, consoles and handles of VMs are kept; `vm` beside the registry by default.
    public var stateDirectory: String
  }

  /// The table `[monitor]`.
  public struct Monitor: Hashable, Sendable {
    /// The time between two full comparisons with the runtimes.
    public var resync = Duration.seconds(60)
    /// How long a drift must last to be reported.
    public var grace = Duration.seconds(5)
    /// The time in which changes are counted as flapping.
    public var flapWindow = Duration.seconds(600)
    /// How many changes within ``flapWindow`` are flapping.
    public var flapThreshold = 3
  }

  /// The table `[deploy]`.
  public struct Deploy: Hashable, Sendable {
    /// How long a component must be up, after a deploy started it, before it counts.
    public var settle = Duration.seconds(3)
    /// How long connections to what a deploy replaced may take to end, where they came over routes.
    public var drain = Duration.seconds(10)
  }

  /// The table `[routes]`.
  public struct Routes: Hashable, Sendable {
    /// The ports on the loopback address that components get for their routes.
    public var ports = 20_000...29_999
  }

  /// The table `[events]`.
  public struct Events: Hashable, Sendable {
    /// How long events are kept.
    public var maxAge = Duration.seconds(30 * 86_400)
    /// How many events are kept.
    public var maxCount = 100_000
  }

  /// The table `[scripts]`.
  public struct Scripts: Hashable, Sendable {
    /// The directory of the agent's scripts; `scripts` beside the registry by default.
    public var directory: String
    /// The most memory that one script may hold, in bytes.
    public var memory: Int64 = 32 << 20
    /// The most CPU time that one run may use.
    public var cpuPerRun = Duration.seconds(2)
    /// The longest that one run may take.
    public var timeout = Duration.seconds(300)
    /// The hosts that scripts may speak HTTP to, each with a port or without.
    public var httpHosts: [String] = []
    /// The names of the agent's environment variables that scripts may see.
    public var environment: [String] = []
  }

  /// The table `[boot]`.
  public struct Boot: Hashable, Sendable {
    /// The boot script, relative to the scripts' directory or to the product's own; `nil` is none.
    public var script: String?
    /// The stages, in the order in which they are brought up.
    public var sequence: [BootStage] = []

    /// The script that is run: ``script``, else the one that reads ``sequence``; `nil` where there is neither.
    public var scriptName: String? { script ?? (sequence.isEmpty ? nil : "boot/standard.lua") }
  }

  /// The table `[log]`.
  public struct Log: Hashable, Sendable {
    /// The levels, from the most to the least talkative.
    public enum Level: String, Hashable, Sendable, CaseIterable {
      /// Everything.
      case trace
      /// For those who look for a defect.
      case debug
      /// What an operator wants to know.
      case info
      /// What is worth a second look.
      case notice
      /// What may become a failure.
      case warning
      /// What failed.
      case error
      /// What ends the agent.
      case critical
    }

    /// How a line is written.
    public enum Format: String, Hashable, Sendable, CaseIterable {
      /// For people.
      case text
      /// One JSON object a line.
      case json
    }

    /// The least level that is written.
    public var level = Level.info
    /// How a line is written.
    public var format = Format.text
  }

  /// The table `[node]`.
  public var node: Node
  /// The table `[server]`.
  public var server: Server
  /// The table `[database]`.
  public var database: Database
  /// The table `[services]`.
  public var services = Services()
  /// The table `[volumes]`.
  public var volumes = Volumes()
  /// The table `[podman]`.
  public var podman = Podman()
  /// The tables `[registries."host:port"]`.
  public var registries: [String: RegistryAccess] = [:]
  /// The table `[unikernel]`.
  public var unikernel: Unikernel
  /// The table `[mcias]`.
  public var mcias: IdentityService.Settings?
  /// The table `[monitor]`.
  public var monitor = Monitor()
  /// The table `[deploy]`.
  public var deploy = Deploy()
  /// The table `[routes]`.
  public var routes = Routes()
  /// The table `[events]`.
  public var events = Events()
  /// The tables `[[alerts]]`.
  public var alerts: [AlertSinkSettings] = []
  /// The table `[scripts]`.
  public var scripts: Scripts
  /// The table `[boot]`.
  public var boot = Boot()
  /// The table `[log]`.
  public var log = Log()

  /// Creates the configuration of an empty file.
  ///
  /// `environment` tells where the user's runtime directory is; `databasePath` decides where the directories
  /// beside the registry are.
  public init(environment: [String: String] = [:], databasePath: String = "/srv/mcp/mcp.db") {
    let directory = PathText.directory(of: databasePath)
    node = Node(name: Self.hostName())
    server = Server(socket: LocalSocket.standard(environment))
    database = Database(path: databasePath)
    unikernel = Unikernel(stateDirectory: PathText.normalised("\(directory)/vm"))
    scripts = Scripts(directory: PathText.normalised("\(directory)/scripts"))
  }

  /// The directory that the registry lies in, the agent's own.
  public var stateDirectory: String { PathText.directory(of: database.path) }
}
