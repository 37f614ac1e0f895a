import Engine
import Foundation
import Logging
import ServiceLifecycle
import UnixSignals

/// Keeps the registry open until everything that writes to it has ended.
struct RegistryService: Service {
  let registry: Registry

  func run() async throws {
    try? await gracefulShutdown()
    try registry.close()
  }
}

/// Runs a task until it ends or the agent stops.
struct TaskService: Service {
  let work: @Sendable () async -> Void

  func run() async throws {
    await cancelWhenGracefulShutdown { await work() }
    // A service that ends takes the others with it.
    try? await gracefulShutdown()
  }
}

/// Keeps Podman's service reachable.
struct RuntimeService: Service {
  let runtime: PodmanRuntime

  func run() async throws {
    await cancelWhenGracefulShutdown { await runtime.run() }
    await runtime.shutdown()
  }
}

/// Removes events that are older, or more, than the operator wants to keep.
struct RetentionService: Service {
  let registry: Registry
  let settings: AgentConfiguration.Events
  let logger: Logger

  func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        do {
          let limit = Date(timeIntervalSinceNow: -Double(settings.maxAge.components.seconds))
          let removed = try await registry.pruneEvents(olderThan: limit, keeping: settings.maxCount)
          if removed > 0 { logger.info("old events were removed", metadata: ["count": "\(removed)"]) }
        } catch {
          logger.warning("old events could not be removed", metadata: ["error": "\(error)"])
        }
        try? await Task.sleep(for: .seconds(3600))
      }
    }
  }
}

/// Runs the agent's scripts.
struct ScriptService: Service {
  let scripts: ScriptManager
  /// The event after which hooks are told what happens.
  let after: Int64

  func run() async throws {
    await cancelWhenGracefulShutdown { await scripts.run(after: after) }
    // Events end with the API, before this service is told to stop; hooks that run have their time until then.
    try? await gracefulShutdown()
    await scripts.shutDown()
  }
}

/// Serves the API; at the end refuses new operations, waits for those under way, and ends open streams.
struct RPCService: Service {
  /// How long operations under way may take once the agent is told to stop.
  static let drainDeadline: Duration = .seconds(60)

  let server: RPCServer
  let context: NodeContext
  let logger: Logger

  func run() async throws {
    let serving = Task { try await server.run() }
    let result: Result<Void, any Error> = await withGracefulShutdownHandler {
      await serving.result
    } onGracefulShutdown: {
      Task {
        logger.info("stopping: waiting for operations under way")
        await context.drain(deadline: Self.drainDeadline)
        await context.events.append([
          Event(time: Date(), actor: .agent, kind: EventKind.agentStop, message: "mcp-agent stops")
        ])
        server.beginGracefulShutdown()
        try? await Task.sleep(for: .milliseconds(200))
        serving.cancel()
      }
    }
    if case .failure(let error) = result, !(error is CancellationError) { throw error }
  }
}

/// Reads the configuration again on SIGHUP and carries out what can be changed while running.
struct ReloadService: Service {
  let path: String
  let running: AgentConfiguration
  let context: NodeContext
  let policy: SocketPolicy
  let logger: Logger

  func run() async throws {
    let signals = await UnixSignalsSequence(trapping: .sighup)
    var current = running
    for await _ in signals.cancelOnGracefulShutdown() { current = reload(current) }
  }

  private func reload(_ current: AgentConfiguration) -> AgentConfiguration {
    do {
      let new = try AgentConfiguration.load(path: path, environment: ProcessInfo.processInfo.environment)
      AgentLogHandler.setLevel(new.log.level)
      context.reload(AgentProcess.settings(new, path: path))
      try policy.reload(new.server)
      let fixed = Self.fixedKeys(from: current, to: new)
      if fixed.isEmpty {
        logger.notice("the configuration was read again")
      } else {
        logger.warning(
          "the configuration was read again; some changes need a restart",
          metadata: ["keys": "\(fixed.joined(separator: ", "))"])
      }
      return new
    } catch {
      logger.error(
        "the configuration was not read again: it is not valid",
        metadata: ["error": "\(error)", "details": "\(error.details.joined(separator: "; "))"])
      return current
    }
  }

  /// The changed keys that only a restart carries out.
  static func fixedKeys(from old: AgentConfiguration, to new: AgentConfiguration) -> [String] {
    var keys: [String] = []
    if old.node != new.node { keys.append("node.name") }
    if old.server.socket != new.server.socket { keys.append("server.socket") }
    if old.server.listen != new.server.listen { keys.append("server.listen") }
    if old.server.tlsCertificate != new.server.tlsCertificate { keys.append("server.tls_cert") }
    if old.server.tlsKey != new.server.tlsKey { keys.append("server.tls_key") }
    if old.mcias != new.mcias { keys.append("mcias") }
    if old.database != new.database { keys.append("database.path") }
    if old.podman != new.podman { keys.append("podman") }
    if old.registries != new.registries { keys.append("registries") }
    if old.monitor != new.monitor { keys.append("monitor") }
    if old.events != new.events { keys.append("events") }
    if old.scripts != new.scripts { keys.append("scripts") }
    if old.alerts != new.alerts { keys.append("alerts") }
    if old.boot.sequence != new.boot.sequence { keys.append("boot.sequence") }
    if old.log.format != new.log.format { keys.append("log.format") }
    return keys
  }
}
