import Engine
import Foundation
import TestSupport
import Testing

@Suite struct AgentConfigurationTests {
  private func parse(_ text: String, _ environment: [String: String] = [:]) throws -> AgentConfiguration {
    try AgentConfiguration.parse(text, source: "agent.toml", environment: environment)
  }

  private func problems(_ text: String, _ environment: [String: String] = [:]) throws -> [String] {
    let error = #expect(throws: EngineError.self) { try parse(text, environment) }
    let found = try #require(error)
    #expect(found.code == .invalidArgument)
    #expect(found.message == "agent.toml is not a valid agent configuration")
    return found.details
  }

  static let everything = """
    [node]
    name = "rift"
    [server]
    socket = "/run/user/850/mcp/agent.sock"
    group = "mcp-users"
    group_role = "operator"
    listen = "100.95.252.120:9444"
    tls_cert = "/srv/mcp/certs/cert.pem"
    tls_key = "/srv/mcp/certs//key.pem"
    [database]
    path = "/var/lib/mcp/mcp.db"
    [services]
    root = "/data/"
    [volumes]
    allowed = ["/data", "/media"]
    [podman]
    socket = "/run/podman.sock"
    max_parallel = 8
    [unikernel]
    qemu = "/opt/qemu"
    accel = "tcg"
    state_dir = "/srv/mcp/vm"
    [mcias]
    server_url = "https://mcias.example:8443"
    service_name = "agent"
    ca_cert = "/srv/mcp/ca.pem"
    [monitor]
    resync = "90s"
    grace = "10s"
    flap_window = "5m"
    flap_threshold = 4
    [events]
    max_age = "7d"
    max_count = 5000
    [[alerts]]
    type = "webhook"
    url = "https://alerts.example/x"
    [[alerts]]
    type = "command"
    command = ["/usr/bin/logger", "-t", "mcp"]
    [[alerts]]
    type = "smtp"
    url = "smtp://localhost"
    from = "mcp@example"
    to = ["ops@example"]
    [scripts]
    dir = "/srv/mcp/lua"
    memory = "64MiB"
    cpu_per_run = "500ms"
    timeout = "1m"
    [boot]
    script = "boot/standard.lua"
    [[boot.sequence]]
    name = "foundation"
    services = ["mcias", "mcns"]
    timeout = "30s"
    health = "tcp"
    required = false
    [log]
    level = "debug"
    format = "json"
    """

  @Test func `every key is read`() throws {
    let configuration = try parse(Self.everything)
    #expect(configuration.node.name == "rift")
    #expect(configuration.server.socket == "/run/user/850/mcp/agent.sock")
    #expect(configuration.server.group == "mcp-users")
    #expect(configuration.server.groupRole == .operator)
    #expect(configuration.server.listen == .tcp(host: "100.95.252.120", port: 9444))
    #expect(configuration.server.tlsCertificate == "/srv/mcp/certs/cert.pem")
    #expect(configuration.server.tlsKey == "/srv/mcp/certs/key.pem")
    #expect(configuration.database.path == "/var/lib/mcp/mcp.db")
    #expect(configuration.stateDirectory == "/var/lib/mcp")
    #expect(configuration.services.root == "/data")
    #expect(configuration.volumes.allowed == ["/data", "/media"])
    #expect(configuration.podman.socket == "/run/podman.sock")
    #expect(configuration.podman.maxParallel == 8)
    #expect(configuration.unikernel.qemu == "/opt/qemu")
    #expect(configuration.unikernel.acceleration == .tcg)
    #expect(configuration.unikernel.stateDirectory == "/srv/mcp/vm")
    #expect(configuration.mcias?.serverURL == "https://mcias.example:8443")
    #expect(configuration.mcias?.serviceName == "agent")
    #expect(configuration.mcias?.caCertificate == "/srv/mcp/ca.pem")
    #expect(configuration.monitor.resync == .seconds(90))
    #expect(configuration.monitor.grace == .seconds(10))
    #expect(configuration.monitor.flapWindow == .seconds(300))
    #expect(configuration.monitor.flapThreshold == 4)
    #expect(configuration.events.maxAge == .seconds(7 * 86_400))
    #expect(configuration.events.maxCount == 5_000)
    #expect(configuration.alerts.map(\.kind) == [.webhook, .command, .smtp])
    #expect(configuration.alerts[1].command == ["/usr/bin/logger", "-t", "mcp"])
    #expect(configuration.alerts[2].to == ["ops@example"])
    #expect(configuration.scripts.directory == "/srv/mcp/lua")
    #expect(configuration.scripts.memory == 64 << 20)
    #expect(configuration.scripts.cpuPerRun == .milliseconds(500))
    #expect(configuration.scripts.timeout == .seconds(60))
    #expect(configuration.boot.script == "boot/standard.lua")
    #expect(configuration.boot.sequence.map(\.services) == [["mcias", "mcns"]])
    #expect(configuration.boot.sequence[0].timeout == .seconds(30))
    #expect(configuration.boot.sequence[0].health == .tcp)
    #expect(!configuration.boot.sequence[0].required)
    #expect(configuration.log.level == .debug)
    #expect(configuration.log.format == .json)
  }

  @Test func `an empty file has every default`() throws {
    let configuration = try parse("", ["XDG_RUNTIME_DIR": "/run/user/850"])
    #expect(configuration == AgentConfiguration(environment: ["XDG_RUNTIME_DIR": "/run/user/850"]))
    #expect(configuration.server.socket == "/run/user/850/mcp/agent.sock")
    #expect(configuration.server.groupRole == .viewer)
    #expect(configuration.server.listen == nil)
    #expect(configuration.database.path == "/srv/mcp/mcp.db")
    #expect(configuration.services.root == "/srv")
    #expect(configuration.volumes.allowed == ["/srv"])
    #expect(configuration.podman.socket == nil)
    #expect(configuration.podman.maxParallel == 4)
    #expect(configuration.unikernel.stateDirectory == "/srv/mcp/vm")
    #expect(configuration.scripts.directory == "/srv/mcp/scripts")
    #expect(configuration.monitor.resync == .seconds(60))
    #expect(configuration.events.maxAge == .seconds(30 * 86_400))
    #expect(configuration.events.maxCount == 100_000)
    let host = ProcessInfo.processInfo.hostName.split(separator: ".").first.map { $0.lowercased() }
    #expect(configuration.node.name == host)
    #expect(try parse("").server.socket == "/run/user/\(geteuid())/mcp/agent.sock")
  }

  @Test func `what lies beside the registry follows it`() throws {
    let configuration = try parse("database.path = \"/var/lib/mcp/x.db\"")
    #expect(configuration.scripts.directory == "/var/lib/mcp/scripts")
    #expect(configuration.unikernel.stateDirectory == "/var/lib/mcp/vm")
  }

  @Test func `the environment overrides every kind of key`() throws {
    let configuration = try parse(
      Self.everything,
      [
        "MCP_AGENT_NODE_NAME": "other", "MCP_AGENT_SERVER_LISTEN": "[::1]:9000",
        "MCP_AGENT_SERVER_GROUP": "", "MCP_AGENT_PODMAN_MAX_PARALLEL": "2",
        "MCP_AGENT_VOLUMES_ALLOWED": "/a,/b/", "MCP_AGENT_MONITOR_RESYNC": "2m",
        "MCP_AGENT_SCRIPTS_CPU_PER_RUN": "3s", "MCP_AGENT_SCRIPTS_MEMORY": "1GiB",
        "MCP_AGENT_LOG_LEVEL": "error", "MCP_AGENT_CONFIG": "/elsewhere", "MCP_AGENT_BOOT_SCRIPT": "",
        "MCP_NODE": "not ours",
      ])
    #expect(configuration.node.name == "other")
    #expect(configuration.server.listen == .tcp(host: "::1", port: 9000))
    #expect(configuration.server.group == "")
    #expect(configuration.podman.maxParallel == 2)
    #expect(configuration.volumes.allowed == ["/a", "/b"])
    #expect(configuration.monitor.resync == .seconds(120))
    #expect(configuration.scripts.cpuPerRun == .seconds(3))
    #expect(configuration.scripts.memory == 1 << 30)
    #expect(configuration.log.level == .error)
    #expect(configuration.boot.script == nil)
    #expect(try parse("", ["MCP_AGENT_LOG_FORMAT": "json"]).log.format == .json)
    #expect(try parse("", ["MCP_AGENT_VOLUMES_ALLOWED": ""]).volumes.allowed == [])
  }

  @Test func `a variable that is wrong is named by its name`() throws {
    #expect(
      try problems(
        "[node]\nname = \"a b\"\n",
        [
          "MCP_AGENT_PODMAN_MAX_PARALLEL": "many", "MCP_AGENT_SERVER_LISTN": "x", "MCP_AGENT_": "x",
          "MCP_AGENT_VOLUMES_ALLOWED": "/a,b", "MCP_AGENT_LOG_FORMAT": "xml", "MCP_AGENT_ALERTS": "x",
          "MCP_AGENT_DATABASE_PATH": "mcp.db",
        ]) == [
          "MCP_AGENT_: no key is overridden by this variable",
          "MCP_AGENT_ALERTS: no key is overridden by this variable",
          "MCP_AGENT_DATABASE_PATH: must be an absolute path, not `mcp.db`",
          "MCP_AGENT_LOG_FORMAT: must be `text` or `json`, not `xml`",
          "MCP_AGENT_PODMAN_MAX_PARALLEL: must be an integer from 1 to 64",
          "MCP_AGENT_SERVER_LISTN: no key is overridden by this variable; did you mean"
            + " `MCP_AGENT_SERVER_LISTEN`?",
          "MCP_AGENT_VOLUMES_ALLOWED[1]: must be an absolute path, not `b`",
          "node.name: is not the name of a node: letters, digits, `.`, `-` and `_`, at most 63, not `a b`",
        ])
  }

  @Test func `all problems of a file are reported at once`() throws {
    let text = """
      nodes = 1
      [node]
      name = 5
      [server]
      sokcet = "/x"
      socket = "agent.sock"
      group_role = "root"
      listen = "::1:9444"
      [services]
      root = "/srv/../etc"
      [podman]
      max_parallel = 0
      [mcias]
      server_url = "http://mcias.example"
      [monitor]
      resync = "1ms"
      grace = 5
      [events]
      max_count = 1e3
      [[alerts]]
      type = "webhook"
      [[alerts]]
      type = "command"
      url = "https://x.example"
      [[alerts]]
      type = "pager"
      [scripts]
      memory = "1B"
      [boot]
      script = "/abs.lua"
      [[boot.sequence]]
      name = "a"
      services = []
      [[boot.sequence]]
      name = "a"
      services = ["B"]
      [log]
      level = "loud"
      """
    #expect(
      try problems(text) == [
        "alerts[0].url: is required for `webhook`",
        "alerts[1].command: is required for `command`",
        "alerts[1].url: is not for `command`",
        "alerts[2].type: must be `webhook`, `command`, `ntfy` or `smtp`, not `pager`",
        "boot.script: must be a relative path, not `/abs.lua`",
        "boot.sequence[0].services: must name at least one service",
        "boot.sequence[1].name: `a` is the name of another stage as well",
        "boot.sequence[1].services[0]: `B` cannot name a service",
        "events.max_count: must be an integer, not a floating-point number",
        "log.level: must be `trace`, `debug`, `info`, `notice`, `warning`, `error` or `critical`, not `loud`",
        "mcias.server_url: must be a URL that begins with `https://`",
        "monitor.grace: must be a string, not an integer",
        "monitor.resync: must be from 1s to 1d",
        "node.name: must be a string, not an integer",
        "nodes: unknown key; did you mean `node`?",
        "podman.max_parallel: must be an integer from 1 to 64",
        "scripts.memory: must be from 1MiB to 4GiB",
        "server.group_role: must be `viewer`, `operator` or `admin`, not `root`",
        "server.listen: an IPv6 address must be in brackets, such as `[::1]:9444`",
        "server.socket: must be an absolute path, not `agent.sock`",
        "server.sokcet: unknown key; did you mean `socket`?",
        "services.root: must not contain `..`",
      ])
    #expect(
      try problems("[server]\nlisten = \"0.0.0.0:1\"\ntls_key = \"k\"") == [
        "server.tls_cert: is required where `listen` is set",
        "server.tls_key: must be an absolute path, not `k`",
      ])
    let long = "/\(String(repeating: "x", count: 107))"
    #expect(
      try problems("server.socket = \"\(long)\"") == [
        "server.socket: is longer than the 107 bytes that a unix socket's path may have"
      ])
  }

  @Test func `the template says nothing but the defaults`() throws {
    let standard = AgentConfiguration(environment: ["XDG_RUNTIME_DIR": "/run/user/850"])
    let text = AgentConfiguration.template(
      nodeName: standard.node.name, stateDirectory: "/srv/mcp", socket: "/run/user/850/mcp/agent.sock")
    #expect(try parse(text) == standard)
    // The defaults that are shown are the defaults.
    let shown = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.hasPrefix("#") && !line.hasPrefix("# ") && line != "#" ? line.dropFirst() : line
    }.joined(separator: "\n")
    #expect(shown.contains("\nmax_parallel = 4\n"))
    #expect(try parse(shown) == standard)
    #expect(try parse(shown.replacing("max_parallel = 4", with: "max_parallel = 5")) != standard)
  }

  @Test func `the template takes other places`() throws {
    let text = AgentConfiguration.template(
      nodeName: "a\"b", stateDirectory: "/var/lib/mcp/", socket: "/tmp/x.sock")
    #expect(text.contains("name = \"a\\\"b\""))
    let other = AgentConfiguration.template(
      nodeName: "rift", stateDirectory: "/var/lib/mcp/", socket: "/tmp/x.sock")
    let configuration = try parse(other)
    #expect(configuration.node.name == "rift")
    #expect(configuration.database.path == "/var/lib/mcp/mcp.db")
    #expect(configuration.scripts.directory == "/var/lib/mcp/scripts")
    #expect(configuration.server.socket == "/tmp/x.sock")
  }

  @Test func `a file is loaded, and what is none is refused`() async throws {
    try await TemporaryDirectory.with { directory in
      let path = directory.file("agent.toml")
      let missing = #expect(throws: EngineError.self) {
        try AgentConfiguration.load(path: path, environment: [:])
      }
      #expect(missing?.code == .notFound)
      #expect(missing?.hint?.contains("mcp-agent init") == true)
      try Data("[node]\nname = \"rift\"\n".utf8).write(to: URL(filePath: path))
      #expect(try AgentConfiguration.load(path: path, environment: [:]).node.name == "rift")
      try Data([0x61, 0xFF]).write(to: URL(filePath: path))
      let binary = #expect(throws: EngineError.self) {
        try AgentConfiguration.load(path: path, environment: [:])
      }
      #expect(binary?.code == .invalidArgument)
      #expect(binary?.cause == "the file is not UTF-8 text")
      let pipe = directory.file("pipe")
      #expect(mkfifo(pipe, 0o600) == 0)
      for other in [pipe, directory.path, "/dev/zero"] {
        let error = #expect(throws: EngineError.self) {
          try AgentConfiguration.load(path: other, environment: [:])
        }
        #expect(error?.code == .invalidArgument)
      }
      try Data(repeating: 0x23, count: (1 << 20) + 1).write(to: URL(filePath: path))
      let large = #expect(throws: EngineError.self) {
        try AgentConfiguration.load(path: path, environment: [:])
      }
      #expect(large?.cause == "the file is larger than 1MiB")
    }
  }
}
