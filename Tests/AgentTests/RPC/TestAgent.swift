import Engine
import Foundation
import Logging
import Synchronization
import TestSupport
import Testing

@testable import Agent

/// An RPC server in this process on a socket of its own.
struct TestAgent: Sendable {
  /// A refused call.
  struct Denial: Equatable, Sendable {
    var primitive: Primitive?
    var caller: Caller?
    var reason: String
  }

  let directory: TemporaryDirectory
  let server: RPCServer
  let log: Log

  /// What the server told.
  final class Log: Sendable {
    private let state = Mutex<(denials: [Denial], callers: [Caller])>(([], []))
    var denials: [Denial] { state.withLock { $0.denials } }
    var callers: [Caller] { state.withLock { $0.callers } }
    func add(_ denial: Denial) { state.withLock { $0.denials.append(denial) } }
    func add(_ caller: Caller) { state.withLock { $0.callers.append(caller) } }
  }

  var path: String { directory.file("agent.sock") }
  var address: AgentAddress { .unix(path: path) }

  /// Serves `plane` while `body` runs.
  static func with<Result: Sendable>(
    _ plane: any ControlPlane, policy: any PeerPolicy = LocalPeerPolicy(), limits: RPCLimits = RPCLimits(),
    mode: mode_t = 0o660, _ body: @Sendable (TestAgent) async throws -> Result
  ) async throws -> Result {
    try await TemporaryDirectory.with { directory in
      let log = Log()
      let server = try RPCServer(
        socketPath: directory.file("agent.sock"), mode: mode, policy: policy,
        plane: { caller in
          log.add(caller)
          return plane
        },
        onDenied: { log.add(Denial(primitive: $0, caller: $1, reason: $2)) }, limits: limits,
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
      let agent = TestAgent(directory: directory, server: server, log: log)
      return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await server.run() }
        defer { group.cancelAll() }
        return try await body(agent)
      }
    }
  }

  /// Serves `plane` and calls `body` with a client of it.
  static func withClient<Result: Sendable>(
    _ plane: any ControlPlane, policy: any PeerPolicy = LocalPeerPolicy(), limits: RPCLimits = RPCLimits(),
    _ body: @Sendable (RemoteControlPlane, TestAgent) async throws -> Result
  ) async throws -> Result {
    try await with(plane, policy: policy, limits: limits) { agent in
      try await RemoteControlPlane.withConnection(to: agent.address) { try await body($0, agent) }
    }
  }
}

/// Waits until `condition` holds, for as long as a slow machine may need.
func eventually(
  _ what: Comment, sourceLocation: SourceLocation = #_sourceLocation, _ condition: () async -> Bool
) async throws {
  let deadline = ContinuousClock.now + .seconds(30)
  while ContinuousClock.now < deadline {
    if await condition() { return }
    try await Task.sleep(for: .milliseconds(5))
  }
  Issue.record("never: \(what)", sourceLocation: sourceLocation)
  throw CancellationError()
}

/// Something that happens once, and can be waited for.
final class Flag: Sendable {
  private let state = Mutex(false)
  var isSet: Bool { state.withLock { $0 } }
  func set() { state.withLock { $0 = true } }
  func wait(_ what: Comment = "the flag is set") async throws { try await eventually(what) { isSet } }
}
