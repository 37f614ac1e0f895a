import ArgumentParser
import Engine
import Foundation
import NIOCore

/// What a command works with: the configuration, and control planes of its nodes.
///
/// How configurations are read and connections are made is known here and nowhere else in the command line.
struct Session: Sendable {
  let configuration: ClientConfiguration
  let options: GlobalOptions
  let context: Context

  /// Reads the configuration and gets ready to reach for nodes.
  ///
  /// Without `interruptible`, an interrupt simply ends the process; a command that is over in a moment is
  /// spared the machinery.
  static func open(_ options: GlobalOptions, interruptible: Bool = true) throws -> Session {
    let context = Context.current
    let configuration = try ClientConfiguration.load(path: options.config, environment: context.environment)
    if interruptible { context.interruption.listen() }
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
  ///
  /// Throws `timeout` where that takes longer than `limit`; without one only the calls' own deadlines count.
  func withPlane<R: Sendable>(
    on node: NodeAddress, limit: TimeLimit? = nil,
    _ body: @escaping @Sendable (any ControlPlane) async throws -> R
  ) async throws -> R {
    let connector = context.connector
    let access = try await OperatorToken(configuration: configuration, environment: context.environment)
      .access(to: node)
    guard let limit else {
      return try await connector.withPlane(node, access: access, timeout: TimeLimit.connecting, body)
    }
    return try await limit.apply {
      try await connector.withPlane(node, access: access, timeout: TimeLimit.connecting, body)
    }
  }
}

/// How long a command waits for something.
struct TimeLimit: Sendable {
  var duration: Duration
  /// What is waited for, as in "the deploy of web".
  var subject: String
  /// What to do once the time is over.
  var hint: String?

  /// How long a connection may take.
  static let connecting = Duration.seconds(10)
  /// A version is also asked where nothing answers.
  static let greeting = TimeLimit(duration: .seconds(2), subject: "the agent's answer")
  /// An operator's finger is on the tab key.
  static let completing = TimeLimit(duration: .milliseconds(400), subject: "a completion")

  /// Runs `body` and cancels it where it takes too long; `body` must end soon once it is cancelled.
  func apply<R: Sendable>(_ body: @escaping @Sendable () async throws -> R) async throws -> R {
    try await withThrowingTaskGroup(of: R?.self) { group in
      group.addTask { try await body() }
      group.addTask {
        try await Task.sleep(for: duration)
        return nil
      }
      defer { group.cancelAll() }
      if let first = try await group.next(), let result = first { return result }
      try Task.checkCancellation()
      let seconds = Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
      let span = seconds < 1 ? "\(Int(seconds * 1000))ms" : RelativeTime.text(seconds: seconds)
      throw EngineError(.timeout, "\(subject) took longer than \(span)", hint: hint)
    }
  }
}

/// Connects to agents over gRPC.
struct RemoteConnector: Connector {
  /// One command needs one event loop, not one for each core.
  ///
  /// Call it once and before anything that may connect, whatever makes the connection: the process is ended otherwise.
  static func useOneLoop() { NIOSingletons.groupLoopCountSuggestion = 1 }

  /// Makes the first connection quick, beside whatever comes before it.
  static func prepare() async {
    await RemoteControlPlane.prepareToConnect()
  }

  func withPlane<R: Sendable>(
    _ node: NodeAddress, access: AgentAccess, timeout: Duration,
    _ body: @escaping @Sendable (any ControlPlane) async throws -> R
  ) async throws -> R {
    try await RemoteControlPlane.withConnection(to: node.address, access: access, timeout: timeout) {
      try await body($0)
    }
  }
}
