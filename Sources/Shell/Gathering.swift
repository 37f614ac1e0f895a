import ArgumentParser
import Engine

/// What several nodes answered to one question.
struct Gathering<Answer: Sendable>: Sendable {
  /// The answers, in the order of the configuration.
  var answers: [(node: NodeAddress, value: Answer)] = []
  /// The nodes that failed.
  var failures: [(node: NodeAddress, error: EngineError)] = []

  /// Ends a command whose answers have been shown: reports each node that failed, and throws where one did.
  func finish(_ session: Session) throws {
    guard !failures.isEmpty else { return }
    guard answers.count + failures.count > 1 else { throw failures[0].error }
    for (node, error) in failures { session.report(error, node: node) }
    throw ExitCode(ExitStatus(nodeFailures: failures.map(\.error)).rawValue)
  }

  /// Throws where no node answered, so that a command does not show an empty result for an unknown one.
  func requireAnswer(_ session: Session) throws {
    if answers.isEmpty { try finish(session) }
  }
}

/// What one node answered, with its place in the configuration.
private struct Reply<Answer: Sendable>: Sendable {
  var index: Int
  var result: Result<Answer, EngineError>
}

extension Session {
  /// Asks nodes at the same time; one that fails does not keep the others' answers back.
  func gather<Answer: Sendable>(
    from nodes: [NodeAddress], limit: TimeLimit? = nil,
    _ question: @escaping @Sendable (any ControlPlane, NodeAddress) async throws -> Answer
  ) async throws -> Gathering<Answer> {
    let results = await withTaskGroup(of: Reply<Answer>.self) { group in
      for (index, node) in nodes.enumerated() {
        group.addTask {
          do {
            let value = try await withPlane(on: node, limit: limit) { try await question($0, node) }
            return Reply(index: index, result: .success(value))
          } catch {
            return Reply(index: index, result: .failure(EngineError.wrap(error)))
          }
        }
      }
      var replies: [Reply<Answer>] = []
      for await reply in group { replies.append(reply) }
      return replies.sorted { $0.index < $1.index }
    }
    try Task.checkCancellation()
    precondition(results.count == nodes.count, "every node has a reply, if only a failure")
    var gathering = Gathering<Answer>()
    for reply in results {
      switch reply.result {
      case .success(let value): gathering.answers.append((nodes[reply.index], value))
      case .failure(let error): gathering.failures.append((nodes[reply.index], error))
      }
    }
    return gathering
  }

  /// Asks nodes about one service, or about everything.
  ///
  /// A node that does not have the service is no failure while another one has it. Throws `notFound` where
  /// every node answered and none has it.
  func gather<Answer: Sendable>(
    about service: String?, isEmpty: (Answer) -> Bool,
    _ question: @escaping @Sendable (any ControlPlane, NodeAddress) async throws -> Answer
  ) async throws -> Gathering<Answer> {
    let nodes = try nodes()
    var gathering = try await gather(from: nodes, question)
    guard let service else { return gathering }
    gathering.failures.removeAll { $0.error.code == .notFound }
    gathering.answers.removeAll { isEmpty($0.value) }
    guard gathering.answers.isEmpty, gathering.failures.isEmpty else { return gathering }
    throw EngineError.notDeployed(service, on: nodes)
  }

  /// Writes one node's failure to standard error.
  func report(_ error: EngineError, node: NodeAddress? = nil) {
    let text =
      options.json
      ? ErrorRenderer.json(error, node: node?.name)
      : ErrorRenderer.text(error, node: node?.name, style: options.errorStyle)
    console.error(text)
  }
}

extension EngineError {
  /// No node that was asked has the service.
  static func notDeployed(_ service: String, on nodes: [NodeAddress]) -> EngineError {
    EngineError(
      .notFound, "service '\(service)' is not deployed on \(nodes.map(\.name).joined(separator: ", "))",
      hint: "mcp list shows what is deployed; mcp deploy \(service) deploys it", service: service)
  }
}
