internal import Foundation
internal import NIOCore

extension PodmanRuntime {
  /// The id of a local image; `nil` where there is none.
  ///
  /// Never goes to a registry.
  public func imageID(_ reference: String) async throws -> String? {
    let request = PodmanRequest(
      .get, "/images/\(PodmanRequest.imagePath(reference))/json", limit: configuration.requestTimeout,
      purpose: "look for the image \(reference)")
    let answer = try await client.call(request)
    if answer.status == 404 { return nil }
    guard answer.isSuccess else { throw answer.failure.error("cannot \(request.purpose)") }
    return try answer.decode(Image.self, for: request).id
  }

  /// Whether there is a local image of that name; quicker than asking for its id.
  ///
  /// Never goes to a registry.
  public func hasImage(_ reference: String) async throws -> Bool {
    let request = PodmanRequest(
      .get, "/images/\(PodmanRequest.imagePath(reference))/exists", limit: configuration.requestTimeout,
      purpose: "look for the image \(reference)")
    let answer = try await client.call(request)
    if answer.status == 404 { return false }
    guard answer.isSuccess else { throw answer.failure.error("cannot \(request.purpose)") }
    return true
  }

  /// Fetches an image from its registry, also where a local one of that name exists, and returns its id.
  ///
  /// Throws `notFound`, `unauthenticated`, `unavailable` or `resourceExhausted` as far as podman's words can be
  /// understood, else `operationFailed`; `failedPrecondition` where the registry's password cannot be read; `timeout`
  /// where nothing moves for the configured time. Cancelling closes the connection, at which podman gives up the pull.
  public func pull(
    _ reference: String, progress: @escaping @Sendable (PullProgress) -> Void
  ) async throws -> String {
    let request = try pullRequest(reference)
    let stream = try await client.open(request)
    var lines = LineSplitter()
    var reports = PullReports(reference: reference)
    while let bytes = try await nextPart(of: stream, request) {
      try lines.append(bytes)
      while let line = lines.next() { try reports.take(line).map(progress) }
    }
    if let line = lines.rest() { try reports.take(line).map(progress) }
    if let id = try await imageID(reference) { return id }
    throw EngineError(.operationFailed, "cannot pull \(reference): podman ended the pull without an image")
  }

  /// Docker's interface tells how many bytes have come; podman's own knows short names and plain HTTP.
  ///
  /// `POST /libpod/images/pull`, `POST /images/create`.
  private func pullRequest(_ reference: String) throws -> PodmanRequest {
    let registry = ImageReference(reference)?.registry
    let access = registry.flatMap { configuration.registries[$0] }
    var request: PodmanRequest
    if registry == nil || access?.plainHTTP == true {
      request = PodmanRequest(
        .post, "/images/pull", query: [("reference", reference), ("policy", "always")],
        limit: configuration.pullIdleTimeout, purpose: "pull \(reference)")
      if access?.plainHTTP == true { request.query.append(("tlsVerify", "false")) }
    } else {
      request = PodmanRequest(
        .post, "/images/create", query: [("fromImage", reference)],
        limit: configuration.pullIdleTimeout, purpose: "pull \(reference)")
      request.interface = .docker
    }
    if let header = try access?.authorization(for: reference) {
      request.headers.append(("X-Registry-Auth", header))
    }
    return request
  }

  private func nextPart(of stream: PodmanByteStream, _ request: PodmanRequest) async throws -> ByteBuffer? {
    let limit = configuration.pullIdleTimeout
    do {
      return try await RuntimeDeadline.run(within: limit) {
        EngineError(
          .timeout, "cannot \(request.purpose): nothing has moved for \(limit.components.seconds) s",
          hint: "check the network between this node and the registry")
      } operation: {
        try await stream.next()
      }
    } catch {
      throw PodmanClient.lost(request.purpose, error)
    }
  }

  private struct Image: Decodable {
    var id: String

    enum CodingKeys: String, CodingKey { case id = "Id" }
  }
}
