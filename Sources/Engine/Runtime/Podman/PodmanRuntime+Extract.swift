internal import Foundation

extension PodmanRuntime {
  /// The label of a container that is made to read an image's files and never started; its value is the node.
  private static let extractLabel = "io.metacircular.extract"

  /// Copies regular files out of a local image; returns those that it has.
  ///
  /// `files` are the destinations by the paths in the image. `POST …/containers/create`, `GET …/archive`, `DELETE …`.
  func extract(_ files: [String: String], from image: String) async throws -> Set<String> {
    try await removeExtracts()
    struct Body: Encodable {
      var name: String
      var image: String
      var labels: [String: String]
      var command = ["/none"]
      var netns = ["nsmode": "none"]
    }
    struct Created: Decodable {
      var id: String
      enum CodingKeys: String, CodingKey { case id = "Id" }
    }
    let name = "mcp-extract-\(UUID().uuidString.lowercased())"
    let body = Body(name: name, image: image, labels: [Self.extractLabel: configuration.node])
    let request = PodmanRequest(
      .post, "/containers/create", body: try JSONEncoder().encode(body), limit: configuration.changeTimeout,
      purpose: "look into the image \(image)")
    let created = try await client.require(request, as: Created.self)
    let found: Result<Set<String>, any Error>
    do {
      var names: Set<String> = []
      for (path, destination) in files.sorted(by: { $0.key < $1.key })
      where try await copy(path, of: created.id, to: destination, image: image) {
        names.insert(path)
      }
      found = .success(names)
    } catch {
      found = .failure(error)
    }
    try? await removeExtract(created.id)
    return try found.get()
  }

  private func copy(_ path: String, of id: String, to destination: String, image: String) async throws -> Bool
  {
    let request = PodmanRequest(
      .get, "/containers/\(PodmanRequest.segment(id))/archive", query: [("path", path)],
      limit: configuration.changeTimeout, purpose: "read \(path) of the image \(image)")
    let stream: PodmanByteStream
    do {
      stream = try await client.open(request)
    } catch let error as EngineError where error.code == .notFound {
      return false
    }
    guard
      FileManager.default.createFile(
        atPath: destination, contents: nil, attributes: [.posixPermissions: 0o600])
    else {
      throw EngineError(
        .operationFailed, "cannot write \(destination)", cause: String(cString: strerror(errno)))
    }
    let file = try FileHandle(forWritingTo: URL(filePath: destination))
    defer { try? file.close() }
    var reader = TarReader()
    while let bytes = try await stream.next() {
      try reader.take(bytes) { try file.write(contentsOf: Data($0)) }
    }
    guard reader.isDone else {
      throw EngineError(
        .failedPrecondition, "\(path) of the image \(image) is no regular file, or did not come in full")
    }
    try file.synchronize()
    return true
  }

  /// What an agent left that was killed while it read an image.
  private func removeExtracts() async throws {
    struct Entry: Decodable {
      var id: String
      enum CodingKeys: String, CodingKey { case id = "Id" }
    }
    let request = PodmanRequest(
      .get, "/containers/json",
      query: [
        ("all", "true"), PodmanRequest.filters(["label": ["\(Self.extractLabel)=\(configuration.node)"]]),
      ], limit: configuration.requestTimeout, purpose: "list containers")
    for entry in try await client.require(request, as: [Entry].self) { try await removeExtract(entry.id) }
  }

  private func removeExtract(_ id: String) async throws {
    let request = PodmanRequest(
      .delete, "/containers/\(PodmanRequest.segment(id))", query: [("force", "true")],
      limit: configuration.changeTimeout, purpose: "remove what the image was read through")
    _ = try await client.call(request)
  }
}
