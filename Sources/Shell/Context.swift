import Engine
import Foundation

/// Everything a command takes from the process it runs in.
///
/// It is a task-local value, because commands are created by the argument parser and take no parameters.
struct Context: Sendable {
  var environment: [String: String]
  var console: Console
  var interruption: Interruption
  var connector: any Connector
  var now: @Sendable () -> Date

  /// The context of the running command.
  @TaskLocal static var current = Context.process()

  /// The context of this process.
  static func process() -> Context {
    Context(
      environment: ProcessInfo.processInfo.environment, console: .process(), interruption: .process(),
      connector: RemoteConnector(), now: { Date() })
  }
}

/// Opens control planes of nodes.
protocol Connector: Sendable {
  /// Runs `body` with the control plane of `node` and closes the connection afterwards.
  ///
  /// `access` is what it takes to get in over TCP. Throws what `body` throws, `unavailable` where the node cannot be
  /// reached, and `timeout` where the connection takes longer than `timeout`.
  func withPlane<R: Sendable>(
    _ node: NodeAddress, access: AgentAccess, timeout: Duration,
    _ body: @escaping @Sendable (any ControlPlane) async throws -> R
  ) async throws -> R
}
