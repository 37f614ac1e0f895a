internal import Foundation

extension PodmanRuntime {
  /// Runs a command in a running container.
  ///
  /// A command that cannot be run at all ends with exit code 126 or 127 and podman's words on standard error, as in a
  /// shell. With a terminal all output is standard output. Dropping the output stream, or cancelling its consumer,
  /// hangs up on the command (SIGHUP) and kills it some seconds later. Throws `failedPrecondition` where the container
  /// does not run.
  public func exec(_ id: String, request: ExecRequest) async throws -> ExecSession {
    let entry = try await requireOwned(id, to: "run a command in")
    guard !request.command.isEmpty else {
      throw EngineError(.invalidArgument, "cannot run a command in \(entry.name): it is empty")
    }
    let session = try await openExec(id, entry.name, request)
    return ExecSession(
      output: AsyncThrowingStream { try await session.next() },
      send: { try await session.send($0) })
  }

  private func openExec(
    _ id: String, _ name: String, _ request: ExecRequest
  ) async throws -> PodmanExecSession {
    let purpose = "run \(request.command[0]) in \(name)"
    let body = NewExec(
      command: request.command, stdin: request.stdin, tty: request.tty, user: request.user,
      environment: request.environment)
    let creation = PodmanRequest(
      .post, "/containers/\(PodmanRequest.segment(id))/exec", body: try JSONEncoder().encode(body),
      limit: configuration.requestTimeout, purpose: purpose)
    let answer = try await client.call(creation)
    guard answer.isSuccess else { throw await explainExec(answer.failure, id, name, purpose) }
    let exec = try answer.decode(Created.self, for: creation).id

    let endpoint = try await client.service.current(within: configuration.requestTimeout)
    let start = StartExec(tty: request.tty, rows: request.size?.rows, columns: request.size?.columns)
    let target = PodmanRequest(
      .post, "/exec/\(PodmanRequest.segment(exec))/start", limit: configuration.changeTimeout,
      purpose: purpose)
    do {
      let connection = try await HijackedConnection.open(
        socket: endpoint.socket, target: target.target, body: try JSONEncoder().encode(start),
        limit: target.limit, purpose: purpose)
      return PodmanExecSession(
        id: exec, purpose: purpose, hasTerminal: request.tty, connection: connection, client: client,
        limit: configuration.requestTimeout, canRemove: endpoint.version.canRemoveExecSessions,
        logger: logger)
    } catch let failure as PodmanFailure {
      throw await explainExec(failure, id, name, purpose)
    } catch let failure as PodmanTransport.ConnectionFailure {
      await client.service.connectionFailed(endpoint)
      throw PodmanClient.lost(purpose, failure)
    }
  }

  /// Podman gives every refusal the same status; whether the container runs is asked instead.
  private func explainExec(
    _ failure: PodmanFailure, _ id: String, _ name: String, _ purpose: String
  ) async -> EngineError {
    do {
      guard try await inspect(id).state.isUp else {
        return failure.error(
          "cannot \(purpose): it does not run", code: .failedPrecondition,
          hint: "start it first; `mcp status` says why it does not run")
      }
    } catch {
      return EngineError.wrap(error)
    }
    return failure.error("cannot \(purpose)")
  }

  private struct NewExec: Encodable {
    var command: [String]
    var stdin: Bool
    var tty: Bool
    var user: String?
    var environment: [String]

    enum CodingKeys: String, CodingKey {
      case command = "Cmd"
      case stdin = "AttachStdin"
      case stdout = "AttachStdout"
      case stderr = "AttachStderr"
      case tty = "Tty"
      case user = "User"
      case environment = "Env"
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(command, forKey: .command)
      try container.encode(stdin, forKey: .stdin)
      try container.encode(true, forKey: .stdout)
      try container.encode(true, forKey: .stderr)
      try container.encode(tty, forKey: .tty)
      try container.encodeIfPresent(user, forKey: .user)
      try container.encode(environment, forKey: .environment)
    }
  }

  private struct StartExec: Encodable {
    var detach = false
    var tty: Bool
    var rows: Int?
    var columns: Int?

    enum CodingKeys: String, CodingKey {
      case detach = "Detach"
      case tty = "Tty"
      case rows = "h"
      case columns = "w"
    }
  }

  private struct Created: Decodable {
    var id: String

    enum CodingKeys: String, CodingKey { case id = "Id" }
  }
}
