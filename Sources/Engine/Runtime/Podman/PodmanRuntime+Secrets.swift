internal import Foundation

/// Versions of secrets in podman's own store, from which it gives them to containers: what it keeps of a container, and
/// its arguments, name them only.
extension PodmanRuntime {
  /// The name of a version in podman's store.
  static func secretName(_ version: String) -> String { "mcp-\(version)" }

  /// Makes sure that podman has the secrets of a container that is about to be made.
  ///
  /// Libpod: `POST /libpod/secrets/create`.
  func ensureSecrets(_ secrets: [InstanceSecret]) async throws {
    for secret in Dictionary(grouping: secrets, by: \.version).compactMap(\.value.first) {
      guard try await !hasSecret(secret.version) else { continue }
      let request = PodmanRequest(
        .post, "/secrets/create", query: [("name", Self.secretName(secret.version))],
        body: Data(secret.value.bytes), limit: configuration.changeTimeout, purpose: "give podman a secret")
      let answer = try await client.call(request)
      // Of two components that use one secret the other may have been quicker.
      if answer.isSuccess { continue }
      guard try await hasSecret(secret.version) else {
        throw answer.failure.error("cannot give podman a secret")
      }
    }
  }

  /// Forgets a version; one that is not there is left alone.
  ///
  /// Libpod: `DELETE /libpod/secrets/{name}`.
  public func removeSecret(_ version: String) async throws {
    let request = PodmanRequest(
      .delete, "/secrets/\(Self.secretName(version))", limit: configuration.changeTimeout,
      purpose: "remove a secret from podman")
    let answer = try await client.call(request)
    guard answer.isSuccess || answer.status == 404 else {
      throw answer.failure.error("cannot remove a secret from podman")
    }
  }

  private func hasSecret(_ version: String) async throws -> Bool {
    let request = PodmanRequest(
      .get, "/secrets/\(Self.secretName(version))/json", limit: configuration.requestTimeout,
      purpose: "look for a secret")
    let answer = try await client.call(request)
    if answer.status == 404 { return false }
    guard answer.isSuccess else { throw answer.failure.error("cannot look for a secret") }
    return true
  }
}
