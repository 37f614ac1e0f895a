internal import Foundation
internal import Logging
internal import NIOCore

/// Podman's API over whichever service is there at the moment.
///
/// A request whose service died before it could be sent goes to the next service; one that may have been carried out
/// goes there only if that does no harm.
final class PodmanClient: Sendable {
  let service: PodmanService
  private let transport: PodmanTransport

  init(configuration: PodmanConfiguration, logger: Logger) {
    transport = PodmanTransport()
    service = PodmanService(configuration: configuration, transport: transport, logger: logger)
  }

  /// Ends the service if it is ours, and all connections.
  func shutDown() async {
    await service.shutDown()
    await transport.shutDown()
  }

  /// Sends a request and returns the complete answer, whatever its status.
  func call(_ request: PodmanRequest) async throws -> PodmanResponse {
    try await attempt(request) { transport, socket, remaining in
      try await transport.call(request, socket: socket, limit: remaining)
    }
  }

  /// Sends a request and throws podman's refusal as an error.
  func require(_ request: PodmanRequest) async throws -> PodmanResponse {
    let answer = try await call(request)
    guard answer.isSuccess else { throw answer.failure.error("cannot \(request.purpose)") }
    return answer
  }

  /// Sends a request and decodes its successful answer.
  func require<Value: Decodable>(_ request: PodmanRequest, as type: Value.Type) async throws -> Value {
    try await require(request).decode(type, for: request)
  }

  /// Opens a stream; a refusal is thrown as an error.
  func open(_ request: PodmanRequest) async throws -> PodmanByteStream {
    let answer = try await attempt(request) { transport, socket, remaining in
      try await transport.open(request, socket: socket, limit: remaining)
    }
    guard (200..<300).contains(answer.status) else {
      let body = try await RuntimeDeadline.run(
        within: .seconds(5), otherwise: { EngineError(.timeout, "cannot \(request.purpose)") },
        operation: { try await answer.body.collect() })
      throw PodmanFailure(status: answer.status, body: body).error("cannot \(request.purpose)")
    }
    return answer.body
  }

  /// Turns the loss of a stream's connection into an error for the stream's consumer.
  static func lost(_ purpose: String, _ error: any Error) -> any Error {
    guard let failure = error as? PodmanTransport.ConnectionFailure else { return error }
    return EngineError(
      .unavailable, "cannot \(purpose): the connection to podman was lost", cause: failure.words,
      hint: "try again: the agent looks for the podman service or starts another")
  }

  private func attempt<Answer: Sendable>(
    _ request: PodmanRequest,
    _ send: @Sendable (PodmanTransport, String, Duration) async throws -> Answer
  ) async throws -> Answer {
    let deadline = ContinuousClock.now + request.limit
    var tries = 0
    while true {
      tries += 1
      let endpoint = try await service.current(within: max(.seconds(1), deadline - .now))
      do {
        return try await send(transport, endpoint.socket, max(.milliseconds(100), deadline - .now))
      } catch let failure as PodmanTransport.ConnectionFailure {
        await service.connectionFailed(endpoint)
        guard failure.neverSent || request.isRepeatable, tries < 3, ContinuousClock.now < deadline else {
          throw Self.lost(request.purpose, failure)
        }
      }
    }
  }
}
