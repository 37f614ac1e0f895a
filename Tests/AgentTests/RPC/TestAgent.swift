import Engine
import Foundation
import Logging
import Synchronization
import TestSupport
import Testing

@testable import Agent

/// An RPC server in this process on a socket of its own.
struct TestAgent: Sendable {
  /// The way to an agent.
  enum Door: String, Sendable, CaseIterable {
    /// Its unix socket.
    case socket
    /// TLS on the loopback address.
    case tls
  }

  /// What it takes to serve over TLS: a CA, a certificate, a port.
  struct Remote: Sendable {
    let authority: CertificateAuthority
    let port: Int
    let certificatePath: String
    let keyPath: String
    let authorityPath: String

    init(in directory: TemporaryDirectory) throws {
      authority = try CertificateAuthority(node: "test")
      port = try FreePort.next()
      certificatePath = directory.file("server.pem")
      keyPath = directory.file("server.key")
      authorityPath = directory.file("ca.pem")
      try authority.pair.certificate.write(toFile: authorityPath, atomically: true, encoding: .utf8)
      try install(try authority.server(names: ["127.0.0.1", "localhost"]))
    }

    /// Puts another certificate in the place of the one that is shown.
    func install(_ pair: CertificateAuthority.Pair) throws {
      try pair.key.write(toFile: keyPath, atomically: true, encoding: .utf8)
      chmod(keyPath, 0o600)
      try pair.certificate.write(toFile: certificatePath, atomically: true, encoding: .utf8)
    }
  }

  let directory: TemporaryDirectory
  let server: RPCServer
  let log: Log
  let remote: Remote?

  /// What the server told.
  final class Log: Sendable {
    private let state = Mutex<(records: [CallRecord], callers: [Caller])>(([], []))
    var records: [CallRecord] { state.withLock { $0.records } }
    var denials: [CallRecord] { records.filter { if case .refused = $0.outcome { true } else { false } } }
    var callers: [Caller] { state.withLock { $0.callers } }
    func forget() { state.withLock { $0 = ([], []) } }
    func add(_ record: CallRecord) { state.withLock { $0.records.append(record) } }
    func add(_ caller: Caller) { state.withLock { $0.callers.append(caller) } }
  }

  var path: String { directory.file("agent.sock") }
  var address: AgentAddress { .unix(path: path) }
  var tlsAddress: AgentAddress { .tcp(host: "127.0.0.1", port: remote?.port ?? 0) }

  /// The CA of the agent, with a token.
  func access(_ token: String? = nil) -> AgentAccess {
    AgentAccess(caCertificate: remote?.authorityPath, token: token)
  }

  /// Connects through a door, with a token where there is one, and calls `body`.
  func connect<Result: Sendable>(
    _ door: Door = .tls, token: String? = nil, _ body: @Sendable (RemoteControlPlane) async throws -> Result
  ) async throws -> Result {
    try await RemoteControlPlane.withConnection(
      to: door == .socket ? address : tlsAddress, access: access(token), body)
  }

  /// Serves `plane` while `body` runs; over TLS as well where `remote` says so.
  static func with<Result: Sendable>(
    _ plane: any ControlPlane, policy: any PeerPolicy = LocalPeerPolicy(), limits: RPCLimits = RPCLimits(),
    mode: mode_t = 0o660, remote isRemote: Bool = false, _ body: @Sendable (TestAgent) async throws -> Result
  ) async throws -> Result {
    try await TemporaryDirectory.with { directory in
      let log = Log()
      let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
      let remote = isRemote ? try Remote(in: directory) : nil
      let server = try RPCServer(
        socketPath: directory.file("agent.sock"), mode: mode, policy: policy,
        plane: { caller in
          log.add(caller)
          return plane
        },
        remote: try remote.map {
          RPCServer.Remote(
            host: "127.0.0.1", port: $0.port,
            certificate: try ServerCertificate(
              certificatePath: $0.certificatePath, keyPath: $0.keyPath, logger: logger))
        }, audit: { log.add($0) }, limits: limits, logger: logger)
      let agent = TestAgent(directory: directory, server: server, log: log, remote: remote)
      return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await server.run() }
        defer { group.cancelAll() }
        do {
          let result = try await body(agent)
          await agent.settle()
          return result
        } catch {
          await agent.settle()
          throw error
        }
      }
    }
  }

  /// Waits a while until every connection is gone: NIO ends the process where a server is cancelled just when a connection
  /// comes in.
  private func settle() async {
    let deadline = ContinuousClock.now + .seconds(2)
    while server.openConnections > 0, ContinuousClock.now < deadline {
      try? await Task.sleep(for: .milliseconds(5))
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
