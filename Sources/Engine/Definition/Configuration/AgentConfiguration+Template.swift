extension AgentConfiguration {
  /// Returns a commented configuration file that says nothing but the defaults.
  ///
  /// `stateDirectory` is where the registry goes. A line that begins with `#` and a key, with no space between
  /// them, shows a default.
  public static func template(
    nodeName: String, stateDirectory: String, socket: String, remote: RemoteDoor? = nil
  ) -> String {
    let standard = AgentConfiguration(databasePath: PathText.normalised("\(stateDirectory)/mcp.db"))
    return [
      """
      # Configuration of mcp-agent.
      #
      # A key that is commented out has the value that is shown. Every key can be overridden by an environment
      # variable: server.socket by MCP_AGENT_SERVER_SOCKET, and so on; lists are written with commas.
      # `mcp-agent check` tells whether this file is valid.

      [node]
      # The name by which definitions refer to this machine.
      name = \(TOMLText.string(nodeName))

      """,
      access(socket: socket, remote), storage(standard), runtimes(standard), observation(standard),
      scripting(standard),
    ].joined(separator: "\n")
  }

  /// Where operators elsewhere connect, and what the agent shows them.
  public struct RemoteDoor: Sendable {
    /// The address to listen on.
    public var listen: AgentAddress
    /// The certificate's file.
    public var certificate: String
    /// The key's file.
    public var key: String

    /// Creates a description.
    public init(listen: AgentAddress, certificate: String, key: String) {
      self.listen = listen
      self.certificate = certificate
      self.key = key
    }
  }

  private static func access(socket: String, _ remote: RemoteDoor?) -> String {
    let usual = IdentityService.Settings(serverURL: "", serviceName: "mcp-agent")
    let mark = remote == nil ? "#" : ""
    return """
      [server]
      # The socket for operators on this machine. Root and the agent's own user are admins.
      socket = \(TOMLText.string(socket))
      # Members of this unix group may use the socket as well, in the role viewer, operator or admin.
      #group = ""
      #group_role = "viewer"
      # Remote operators connect over TLS to an address such as "100.64.0.1:9444".
      \(mark)listen = \(TOMLText.string(remote.map { "\($0.listen)" } ?? ""))
      \(mark)tls_cert = \(TOMLText.string(remote?.certificate ?? ""))
      \(mark)tls_key = \(TOMLText.string(remote?.key ?? ""))

      [mcias]
      # The identity service that knows remote operators, such as "https://mcias.example:8443"; empty: none.
      #server_url = ""
      #service_name = \(TOMLText.string(usual.serviceName))
      #ca_cert = ""
      #login_path = \(TOMLText.string(usual.loginPath))
      #renew_path = \(TOMLText.string(usual.renewPath))
      #logout_path = \(TOMLText.string(usual.logoutPath))
      #validate_path = \(TOMLText.string(usual.validatePath))

      """
  }

  private static func storage(_ standard: AgentConfiguration) -> String {
    """
    [database]
    # The registry. Scripts and the state of VMs are kept beside it.
    path = \(TOMLText.string(standard.database.path))

    [services]
    # A service's directory is <root>/<service>.
    #root = \(TOMLText.string(standard.services.root))

    [volumes]
    # Host paths of volumes must lie under one of these directories.
    #\(TOMLText.strings("allowed", standard.volumes.allowed))

    [events]
    # How long, and how many at most, events are kept.
    #max_age = \(duration(standard.events.maxAge))
    #max_count = \(standard.events.maxCount)

    """
  }

  private static func runtimes(_ standard: AgentConfiguration) -> String {
    """
    [podman]
    # Podman's API socket; empty: the user's own, else one that the agent serves itself.
    #socket = ""
    # How many containers are changed at once.
    #max_parallel = \(standard.podman.maxParallel)

    # Registries that are logged in to with a name and a password, or that speak plain HTTP. What podman knows of
    # registries (`podman login`, registries.conf, certs.d) counts as well.
    # [registries."registry.example:5000"]
    # username = "mcp"
    # password_file = "/etc/mcp/registry-password"
    # plain_http = false

    [unikernel]
    #qemu = \(TOMLText.string(standard.unikernel.qemu))
    # auto, kvm or tcg
    #accel = \(TOMLText.string(standard.unikernel.acceleration.rawValue))
    #state_dir = \(TOMLText.string(standard.unikernel.stateDirectory))

    """
  }

  private static func observation(_ standard: AgentConfiguration) -> String {
    """
    [monitor]
    # The time between two full comparisons with the runtimes; events tell of changes at once.
    #resync = \(duration(standard.monitor.resync))
    # How long a difference must last to be reported.
    #grace = \(duration(standard.monitor.grace))
    # That many changes within the window are flapping.
    #flap_window = \(duration(standard.monitor.flapWindow))
    #flap_threshold = \(standard.monitor.flapThreshold)

    [deploy]
    # What a deploy starts must be up for that long before it counts; what it replaces is kept until then.
    #settle = \(duration(standard.deploy.settle))
    # Connections to what was replaced behind a route may go on for that long.
    #drain = \(duration(standard.deploy.drain))

    [routes]
    # The ports on the loopback address that components get for their routes.
    #ports = "\(standard.routes.ports.lowerBound)-\(standard.routes.ports.upperBound)"

    # Alerts go to any number of sinks: webhook, ntfy, smtp (with from and to) or command.
    # [[alerts]]
    # name = "oncall"
    # type = "webhook"
    # url = "https://alerts.example/mcp"
    # Only what is at least so urgent: info, warning or critical.
    # severity = "info"
    # A login; without `username` webhook and ntfy send what is in the file as a bearer token.
    # username = "mcp"
    # password_file = "/etc/mcp/alerts-password"
    # The CA of a server with a certificate of one's own, in PEM.
    # ca_cert = "/etc/mcp/alerts-ca.pem"

    [log]
    # trace, debug, info, notice, warning, error or critical
    #level = \(TOMLText.string(standard.log.level.rawValue))
    # text or json
    #format = \(TOMLText.string(standard.log.format.rawValue))

    """
  }

  private static func scripting(_ standard: AgentConfiguration) -> String {
    """
    [scripts]
    #dir = \(TOMLText.string(standard.scripts.directory))
    # What one run of a script may use.
    #memory = \(TOMLText.string(SizeText.format(standard.scripts.memory)))
    #cpu_per_run = \(duration(standard.scripts.cpuPerRun))
    #timeout = \(duration(standard.scripts.timeout))
    # The hosts that scripts may speak HTTP to, such as "hooks.example" or "127.0.0.1:9000".
    #http_hosts = []
    # The names of environment variables of the agent that scripts see in mcp.env.
    #env = []

    [boot]
    # A script of one's own that brings services up when the agent starts, below the scripts' directory. Without one the
    # stages below are brought up, and without those everything that should run at once.
    # script = "boot/site.lua"
    # Services that no stage names come after the last one.
    # [[boot.sequence]]
    # name = "foundation"
    # services = ["dns"]
    # How long one attempt may take.
    # timeout = "2m"
    # tcp, http or grpc: how to look at components without a health check of their own.
    # health = "tcp"
    # Tried again until it works, and later stages wait; otherwise a failure is told and the boot goes on.
    # required = true

    """
  }

  private static func duration(_ duration: Duration) -> String {
    TOMLText.string(DurationText.format(duration))
  }
}
