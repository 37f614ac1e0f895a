import Engine
internal import Foundation
import Synchronization

/// A real `mcp-agent` with a registry, a socket and definitions of its own, driving real Podman.
///
/// Everything it makes carries a node name of its own and is removed by ``tearDown()``.
public final class AgentFixture: Sendable {
  /// Its files.
  public let directory: TemporaryDirectory
  /// Its node's name, unique in this run; services are prefixed with it.
  public let node: String
  private let process = Mutex<ChildProcess?>(nil)
  private let podman = Mutex<ChildProcess?>(nil)
  private let settings: String

  /// Creates the files of an agent.
  ///
  /// `settings` is added to its configuration; `registry` is the directory of its registry, where not its own.
  public init(
    settings: String = "", settle: String = "0s", ownPodman: Bool = true, registry: String? = nil
  ) async throws {
    directory = try TemporaryDirectory()
    node = "t" + UUID().uuidString.prefix(6).lowercased()
    self.settings = settings
    try FileManager.default.createDirectory(
      atPath: directory.file("services"), withIntermediateDirectories: false)
    try FileManager.default.createDirectory(atPath: directory.file("srv"), withIntermediateDirectories: false)
    let podmanSocket = ownPodman ? directory.file("p.sock") : ""
    try """
    [node]
    name = "\(node)"
    [server]
    socket = "\(socket)"
    [database]
    path = "\(registry ?? directory.file("state"))/mcp.db"
    [services]
    root = "\(directory.file("srv"))"
    [volumes]
    allowed = ["\(directory.file("srv"))"]
    [podman]
    socket = "\(podmanSocket)"
    [deploy]
    settle = "\(settle)"
    [routes]
    ports = "30000-32700"
    \(settings)
    """.write(toFile: directory.file("agent.toml"), atomically: true, encoding: .utf8)
    try """
    [services]
    dir = "\(directory.file("services"))"
    [[nodes]]
    name = "\(node)"
    address = "unix://\(socket)"
    """.write(toFile: directory.file("mcp.toml"), atomically: true, encoding: .utf8)
    if ownPodman { try await startPodman() }
  }

  /// The agent's socket.
  public var socket: String { directory.file("a/agent.sock") }

  /// The socket of the Podman service that this fixture runs.
  public var podmanSocket: String { directory.file("p.sock") }

  /// The pid of the Podman service that this fixture runs.
  public var podmanPid: Int32 { podman.withLock { $0?.pid ?? 0 } }

  /// The agent's pid; 0 while there is none.
  public var pid: Int32 { process.withLock { $0?.isRunning == true ? $0?.pid ?? 0 : 0 } }

  /// What the agent wrote to standard error.
  public var log: String { (try? String(contentsOfFile: directory.file("agent.log"), encoding: .utf8)) ?? "" }

  /// The pid of the process that forwards its routes; `nil` while there is none.
  public var forwarderPid: Int32? {
    let socket = Data((directory.file("a/forward.sock") + "\0").utf8)
    return (try? FileManager.default.contentsOfDirectory(atPath: "/proc"))?.compactMap(Int32.init).first {
      pid in
      let line = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") ?? Data()
      return line.range(of: Data("\0forward\0".utf8)) != nil && line.range(of: socket) != nil
    }
  }

  /// Runs `body` with a started agent and takes everything away afterwards.
  public static func with<Result>(
    settings: String = "", settle: String = "0s", _ body: (AgentFixture) async throws -> Result
  ) async throws -> Result {
    try await PodmanEnvironment.require()
    let agent = try await AgentFixture(settings: settings, settle: settle)
    do {
      try await agent.start()
      let result = try await body(agent)
      await agent.tearDown()
      return result
    } catch {
      print("agent log of \(agent.node):\n\(agent.log.suffix(6000))")
      await agent.tearDown()
      throw error
    }
  }

  // MARK: - The processes

  /// Starts the Podman service of this fixture and waits until it answers; `extra` is added to its environment.
  public func startPodman(extra: [String: String] = [:]) async throws {
    let environment = ProcessInfo.processInfo.environment.merging(extra) { _, new in new }
    let child = try ChildProcess(
      "/usr/bin/podman", ["system", "service", "--time=0", "unix://\(podmanSocket)"], environment: environment
    )
    podman.withLock { $0 = child }
    guard await eventually(within: .seconds(30), { RawSocket.accepts(self.podmanSocket) }) else {
      throw EngineError(.timeout, "podman system service does not answer on \(podmanSocket)")
    }
  }

  /// Starts the agent and waits until it answers.
  ///
  /// With `fault` it fails at that step, see `MCP_FAULT`; `extra` is added to its environment. `place` is a command that
  /// it is started through, which becomes it.
  public func start(
    fault: String? = nil, action: String = "kill", wait: Bool = true, extra: [String: String] = [:],
    in place: [String] = []
  ) async throws {
    var environment = ProcessInfo.processInfo.environment.merging(extra) { _, new in new }
    environment["MCP_FAULT"] = fault
    environment["MCP_FAULT_ACTION"] = action
    let log = directory.file("agent.log")
    let words = place + [Command.binaries + "/mcp-agent", "run", "--config", directory.file("agent.toml")]
    let child = try ChildProcess(
      words[0], Array(words.dropFirst()),
      environment: environment.filter { !$0.key.hasPrefix("MCP_TEST") && !$0.key.hasPrefix("MCP_AGENT") },
      files: ChildProcess.Files(output: log, errors: log))
    process.withLock { $0 = child }
    guard wait else { return }
    let answered = try await eventually(within: .seconds(30)) {
      try await mcp("list").code == 0
    }
    guard answered else { throw EngineError(.timeout, "the agent does not answer", details: [self.log]) }
  }

  /// Kills the agent with SIGKILL and waits until it is gone.
  public func kill9() async {
    guard pid > 0 else { return }
    kill(pid, SIGKILL)
    _ = await eventually { self.pid == 0 }
  }

  /// Ends the agent with SIGTERM; returns its exit code.
  @discardableResult
  public func terminate() async -> Int {
    guard let child = process.withLock({ $0 }) else { return 0 }
    if child.isRunning { kill(child.pid, SIGTERM) }
    if !(await eventually(within: .seconds(90), { !child.isRunning })) {
      kill(child.pid, SIGKILL)
      _ = await eventually { !child.isRunning }
    }
    return child.code
  }

  /// Removes everything this fixture made, newest first.
  public func tearDown() async {
    await terminate()
    await QEMUEnvironment.killAll(of: node)
    if let forwarder = forwarderPid {
      kill(forwarder, SIGKILL)
      _ = await eventually { self.forwarderPid == nil }
    }
    for id in (try? await containers(all: true).map(\.id)) ?? [] {
      // `podman rm --force` forgets a container that is being stopped and leaves its process.
      _ = try? await Command.run("/usr/bin/podman", ["stop", "-t", "0", id])
      _ = try? await Command.run("/usr/bin/podman", ["rm", "-f", "-t", "0", id])
      // An agent that was killed has left those of its health checks.
      ExecMonitors.dismiss(id)
    }
    await ExecMonitors.settle(within: .seconds(20))
    let secrets = FileManager.default.subpaths(atPath: directory.file("state/secrets")) ?? []
    for path in secrets where path.contains("/") {
      let name = "mcp-\((path as NSString).lastPathComponent)"
      _ = try? await Command.run("/usr/bin/podman", ["secret", "rm", name])
    }
    for network in (try? await networks()) ?? [] {
      _ = try? await Command.run("/usr/bin/podman", ["network", "rm", "-f", network])
    }
    if let service = podman.withLock({ $0 }), service.isRunning {
      kill(service.pid, SIGCONT)
      kill(service.pid, SIGTERM)
      if !(await eventually(within: .seconds(10), { !service.isRunning })) {
        kill(service.pid, SIGKILL)
      }
    }
    directory.remove()
  }

  /// Ends the Podman service of this fixture.
  public func stopPodman() async {
    guard let service = podman.withLock({ $0 }) else { return }
    kill(service.pid, SIGTERM)
    _ = await eventually { !service.isRunning }
  }

  // MARK: - The operator

  /// Writes a definition; `name` gets this fixture's prefix.
  @discardableResult
  public func define(_ name: String, _ body: String) throws -> String {
    let service = "\(node)-\(name)"
    try "name = \"\(service)\"\n\(body)\n".write(
      toFile: directory.file("services/\(service).toml"), atomically: true, encoding: .utf8)
    return service
  }

  /// Runs the `mcp` command line against this agent.
  public func mcp(_ arguments: String..., input: String = "") async throws -> CommandResult {
    try await mcp(arguments, input: input)
  }

  /// Runs the `mcp` command line against this agent.
  public func mcp(
    _ arguments: [String], input: String = "", started: (@Sendable (Int32, String) -> Void)? = nil
  ) async throws -> CommandResult {
    var environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("MCP_") }
    environment["MCP_CONFIG"] = directory.file("mcp.toml")
    environment["NO_COLOR"] = "1"
    return try await Command.run(
      Command.binaries + "/mcp", arguments, environment: environment, input: input, deadline: .seconds(120),
      started: started)
  }

  /// Runs the `mcp` command line and interrupts it, as Ctrl-C does, once it has said `text` on standard error.
  public func interrupted(
    _ arguments: String..., onceSaid text: String, and condition: @escaping @Sendable () -> Bool = { true }
  ) async throws -> CommandResult {
    let child = Mutex<(pid: Int32, errors: String)?>(nil)
    async let result = mcp(arguments, started: { pid, errors in child.withLock { $0 = (pid, errors) } })
    let hasSaid = await eventually {
      guard let child = child.withLock({ $0 }),
        let said = try? String(contentsOfFile: child.errors, encoding: .utf8)
      else { return false }
      return said.contains(text) && condition()
    }
    if hasSaid, let child = child.withLock({ $0 }) { kill(child.pid, SIGINT) }
    return try await result
  }

  /// Stops the agent, takes its registry away, and starts another.
  public func loseRegistry() async throws {
    await terminate()
    for suffix in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: directory.file("state/mcp.db\(suffix)"))
    }
    try await start()
  }

  // MARK: - The world

  /// A container as Podman lists it.
  public struct Container: Sendable {
    /// The id.
    public let id: String
    /// The name.
    public let name: String
    /// The state in Podman's word.
    public let state: String
    /// The spec hash it was created from.
    public let hash: String
    /// The process, 0 while it does not run.
    public let pid: Int
  }

  /// This fixture's containers as Podman itself lists them.
  public func containers(all: Bool = true) async throws -> [Container] {
    let result = try await Command.run(
      "/usr/bin/podman",
      ["ps", "--format", "json", "--filter", "label=io.metacircular.node=\(node)"] + (all ? ["-a"] : []))
    guard let rows = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]]
    else { return [] }
    return rows.map { row in
      let labels = row["Labels"] as? [String: String] ?? [:]
      return Container(
        id: row["Id"] as? String ?? "", name: (row["Names"] as? [String])?.first ?? "",
        state: row["State"] as? String ?? "", hash: labels["io.metacircular.spec-hash"] ?? "",
        pid: row["Pid"] as? Int ?? 0)
    }.sorted { $0.name < $1.name }
  }

  /// Networks whose name has this fixture's prefix.
  public func networks() async throws -> [String] {
    let result = try await Command.run("/usr/bin/podman", ["network", "ls", "--format", "{{.Name}}"])
    return result.output.split(separator: "\n").map(String.init).filter { $0.hasPrefix(node) }
  }
}
