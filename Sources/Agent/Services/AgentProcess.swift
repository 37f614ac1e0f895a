import Engine
import Foundation
import Logging
import ServiceLifecycle
import UnixSignals

/// Everything that makes up a running agent, in the order in which it starts; it stops in reverse.
struct AgentProcess {
  let configuration: AgentConfiguration
  let path: String
  let logger: Logger
  let registry: Registry
  let podman: PodmanRuntime
  let qemu: QEMURuntime
  let context: NodeContext
  let scripts: ScriptManager
  let policy: SocketPolicy

  init(configuration: AgentConfiguration, path: String, logger: Logger) async throws {
    self.configuration = configuration
    self.path = path
    self.logger = logger
    registry = try Registry.open(path: configuration.database.path)
    var driver = PodmanConfiguration(
      node: configuration.node.name, ownSocketPath: Self.beside(configuration.server.socket, "podman.sock"),
      socketPath: configuration.podman.socket)
    driver.registries = configuration.registries
    let podman = PodmanRuntime(configuration: driver, logger: logger)
    self.podman = podman
    var machines = QEMUConfiguration(
      node: configuration.node.name, stateDirectory: configuration.unikernel.stateDirectory)
    machines.executable = configuration.unikernel.qemu
    machines.acceleration = configuration.unikernel.acceleration
    let qemu = QEMURuntime(configuration: machines, images: podman, logger: logger)
    self.qemu = qemu
    context = NodeContext(
      settings: Self.settings(configuration, path: path), registry: registry, runtimes: [podman, qemu],
      logger: logger, environment: ProcessInfo.processInfo.environment,
      forwarder: ForwarderClient(
        socket: Self.beside(configuration.server.socket, "forward.sock"), executable: Self.executable,
        logger: logger),
      examine: {
        await podman.doctorFindings() + qemu.doctorFindings()
          + ServerCertificate.findings(configuration.server)
      })
    let context = context
    let kept = RegistryScripts(registry)
    scripts = ScriptManager(
      settings: Self.scripts(configuration), plane: { Orchestrator(context: context, caller: $0) },
      events: context.events, store: kept, versions: kept, logger: logger)
    context.install(scripts)
    policy = try SocketPolicy(configuration.server)
  }

  /// Runs until a signal ends it.
  func run() async throws {
    try await context.loadUnfinished()
    let (context, qemu) = (context, qemu)
    let last = try await registry.events(EventQuery(limit: 1)).last?.id ?? 0
    let server = try RPCServer(
      socketPath: configuration.server.socket, group: policy.group,
      policy: AgentPolicy(local: policy, remote: remotePolicy),
      plane: { Orchestrator(context: context, caller: $0) }, remote: try remoteDoor(),
      audit: { record in
        let event = record.event(at: Date())
        if event.kind == EventKind.denied {
          await context.events.append(event, limitedBy: "\(event.actor) \(record.origin)")
        } else {
          await context.events.append([event])
        }
      }, logger: logger)
    let services: [any Service] = [
      RegistryService(registry: registry),
      RuntimeService(runtime: podman),
      TaskService { await qemu.run() },
      TaskService { await context.monitor.run() },
      TaskService { await context.settleInBackground() },
      TaskService { await context.keepRoutes() },
      TaskService { await context.heal() },
      TaskService { await context.bootUp() },
      TaskService { await context.keepAlerts() },
      RetentionService(registry: registry, settings: configuration.events, logger: logger),
      ScriptService(scripts: scripts, after: last),
      ReloadService(path: path, running: configuration, context: context, policy: policy, logger: logger),
      RPCService(server: server, context: context, logger: logger),
    ]
    let group = ServiceGroup(
      configuration: .init(
        services: services, gracefulShutdownSignals: [.sigterm, .sigint],
        logger: Logger(label: "services", factory: { _ in SwiftLogNoOpLogHandler() })))
    await context.events.append([
      Event(
        time: Date(), actor: .agent, kind: EventKind.agentStart,
        message: "mcp-agent \(Version.current) started",
        details: ["pid": "\(getpid())"])
    ])
    try await group.run()
    logger.info("stopped")
  }

  /// Who may do what over TCP.
  private var remotePolicy: TokenPolicy {
    let identities = configuration.mcias.map { settings in
      let service = IdentityService(settings)
      return IdentityCache { try await service.validate($0) }
    }
    return TokenPolicy(tokens: context.tokens, identities: identities)
  }

  /// The door for operators elsewhere, where the configuration has one.
  private func remoteDoor() throws -> RPCServer.Remote? {
    guard case .tcp(let host, let port) = configuration.server.listen,
      let certificate = configuration.server.tlsCertificate, let key = configuration.server.tlsKey
    else { return nil }
    return RPCServer.Remote(
      host: host, port: port,
      certificate: try ServerCertificate(certificatePath: certificate, keyPath: key, logger: logger))
  }

  /// What scripts need to know of the configuration.
  static func scripts(_ configuration: AgentConfiguration) -> ScriptManager.Settings {
    let scripts = configuration.scripts
    var limits = LuaLimits(
      memory: Int(clamping: scripts.memory), cpu: scripts.cpuPerRun, wall: scripts.timeout, output: 64 << 10)
    // Deploys go before what a script computes.
    limits.niceness = 10
    var settings = ScriptManager.Settings(
      files: ScriptFiles(directory: scripts.directory, shipped: ProductFiles.directory), limits: limits)
    settings.httpHosts = scripts.httpHosts
    let environment = ProcessInfo.processInfo.environment
    for name in scripts.environment { settings.variables[name] = environment[name] }
    return settings
  }

  /// What the primitives need to know of the configuration.
  static func settings(_ configuration: AgentConfiguration, path: String) -> NodeContext.Settings {
    var settings = NodeContext.Settings(
      nodeName: configuration.node.name, servicesRoot: configuration.services.root,
      volumeRoots: configuration.volumes.allowed,
      protectedPaths: [
        path, configuration.database.path, configuration.stateDirectory + "/secrets",
        configuration.stateDirectory + "/token.key", configuration.stateDirectory + "/tls",
        (configuration.server.socket as NSString).deletingLastPathComponent,
      ] + configuration.registries.values.compactMap(\.passwordFile)
        + configuration.alerts.compactMap(\.passwordFile) + [configuration.server.tlsKey].compactMap { $0 },
      maximumParallel: configuration.podman.maxParallel, resync: configuration.monitor.resync,
      settle: configuration.deploy.settle, drain: configuration.deploy.drain,
      routePorts: configuration.routes.ports)
    settings.driftGrace = configuration.monitor.grace
    settings.flapWindow = configuration.monitor.flapWindow
    settings.flapThreshold = configuration.monitor.flapThreshold
    settings.alertSinks = configuration.alerts
    settings.bootScript = configuration.boot.scriptName
    settings.bootSequence = configuration.boot.sequence
    return settings
  }

  private static func beside(_ socket: String, _ name: String) -> String {
    ((socket as NSString).deletingLastPathComponent as NSString).appendingPathComponent(name)
  }

  /// This program's file; after an upgrade the new one at its place.
  private static var executable: String {
    let path = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return path.hasSuffix(" (deleted)") ? String(path.dropLast(" (deleted)".count)) : path
  }
}
