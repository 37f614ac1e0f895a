internal import Foundation
internal import Synchronization

/// Containers that somebody else made and that are ours since: podman cannot give them our labels.
final class AdoptedContainers: Sendable {
  private let labels = Mutex<[String: InstanceLabels]>([:])

  subscript(id: String) -> InstanceLabels? { labels.withLock { $0[id] } }

  /// Their ids.
  var ids: Set<String> { labels.withLock { Set($0.keys) } }

  /// Takes a container in.
  func add(_ id: String, _ given: InstanceLabels) { labels.withLock { $0[id] = given } }

  /// Lets containers go.
  func remove(_ ids: Set<String>) { labels.withLock { all in for id in ids { all[id] = nil } } }
}

extension PodmanRuntime {
  /// A container, whoever made it, in the words of a definition.
  ///
  /// Throws `notFound` where there is none.
  public func describe(_ reference: String) async throws -> ForeignInstance {
    func request(_ path: String) -> PodmanRequest {
      PodmanRequest(
        .get, path, limit: configuration.requestTimeout, purpose: "look at the container \(reference)")
    }
    let path = "/containers/\(PodmanRequest.segment(reference))/json"
    let answer = try await client.call(request(path))
    if answer.status == 404 {
      throw answer.failure.error("there is no container \(reference)", code: .notFound)
    }
    guard answer.isSuccess else { throw answer.failure.error("cannot look at the container \(reference)") }
    let container = try answer.decode(ForeignContainer.self, for: request(path))
    let known = try answer.decode(ContainerInspection.self, for: request(path))
    let image = try await client.require(
      request("/images/\(PodmanRequest.segment(container.image))/json"), as: ForeignImage.self)
    return ContainerAdoption.describe(
      container, image: image, bindings: known.hostConfig?.portBindings ?? [:])
  }

  /// Takes a container for ours from now on, with labels that it does not carry.
  public func adopt(_ id: String, as labels: InstanceLabels) {
    adopted.add(id, labels)
    owned.forget(id)
  }

  /// Takes containers for ours no longer.
  public func release(_ ids: Set<String>) {
    adopted.remove(ids)
    for id in ids { owned.forget(id) }
  }

  /// The containers that are ours without carrying our labels.
  public var adoptedIDs: Set<String> { adopted.ids }
}
