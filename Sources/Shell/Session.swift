import ArgumentParser
import Engine
import Foundation

/// What a command works with: the configuration, and control planes of its nodes.
///
/// How configurations are read and connections are made is known here and nowhere else in the command line.
struct Session: Sendable {
  let configuration: ClientConfiguration
  let options: GlobalOptions
  let context: Context

  /// Reads the configuration and gets ready to reach for nodes.
  static func open(_ options: GlobalOptions) throws -> Session {
    let context = Context.current
    let configuration = try ClientConfiguration.load(path: options.config, environment: context.environment)
    context.interruption.listen()
    return Session(configuration: configuration, options: options, context: context)
  }

  /// The console of the command.
  var console: Console { context.console }

  /// The node that the operator named, by option or by environment.
  var chosenNode: String? { options.node ?? configuration.preferredNode }

  /// The nodes that a reading command asks.
  func nodes() throws -> [NodeAddress] {
    if let chosenNode { return [try configuration.node(named: chosenNode)] }
    return configuration.nodes
  }

  /// Runs `body` with the control plane of `node`.
  func withPlane<R: Sendable>(
    on node: NodeAddress, timeout: Duration = Patience.reading,
    _ body: @escaping @Sendable (any ControlPlane) async throws -> R
  ) async throws -> R {
    try await context.connector.withPlane(node, timeout: timeout, body)
  }
}

/// How long commands wait.
enum Patience {
  /// For an answer that the agent has at hand.
  static let reading = Duration.seconds(15)
  /// For an operation: images are pulled, containers are stopped with their grace period.
  static let operating = Duration.seconds(900)
  /// For a version, which is also asked where nothing answers.
  static let greeting = Duration.seconds(2)
  /// For a completion: an operator's finger is on the tab key.
  static let completing = Duration.milliseconds(400)
}

/// Connects to agents over gRPC.
struct RemoteConnector: Connector {
  func withPlane<R: Sendable>(
    _ node: NodeAddress, timeout: Duration, _ body: @escaping @Sendable (any ControlPlane) async throws -> R
  ) async throws -> R {
    try await RemoteControlPlane.withConnection(to: node.address, timeout: timeout) { plane in
      try await body(plane)
    }
  }
}
