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
  /// understood, else `operationFailed`; `timeout` where nothing moves for the configured time. Cancelling closes
  /// the connection, at which podman gives up the pull.
  public func pull(
    _ reference: String, progress: @escaping @Sendable (PullProgress) -> Void
  ) async throws -> String {
    let request = PodmanRequest(
      .post, "/images/pull", query: [("reference", reference), ("policy", "always")],
      limit: configuration.pullIdleTimeout, purpose: "pull \(reference)")
    let stream = try await client.open(request)
    var lines = LineSplitter()
    var id: String?
    while let bytes = try await nextPart(of: stream, request) {
      try lines.append(bytes)
      while let line = lines.next() { try handle(line, reference, &id, progress) }
    }
    if let line = lines.rest() { try handle(line, reference, &id, progress) }
    if let id { return id }
    if let id = try await imageID(reference) { return id }
    throw EngineError(.operationFailed, "cannot pull \(reference): podman ended the pull without an image")
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

  private func handle(
    _ line: [UInt8], _ reference: String, _ id: inout String?,
    _ progress: @Sendable (PullProgress) -> Void
  ) throws {
    guard let report = try? JSONDecoder().decode(PullReport.self, from: Data(line)) else { return }
    if let words = report.error, !words.isEmpty { throw PullFailure.error(words, pulling: reference) }
    if let text = report.stream?.trimmingCharacters(in: .whitespacesAndNewlines), !text.isEmpty {
      progress(PullProgress(message: text))
    }
    if let found = report.id, !found.isEmpty { id = found }
  }

  private struct Image: Decodable {
    var id: String

    enum CodingKeys: String, CodingKey { case id = "Id" }
  }

  private struct PullReport: Decodable {
    var stream: String?
    var error: String?
    var id: String?
  }
}
