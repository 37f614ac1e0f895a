internal import Foundation

/// The values of the node's secrets: one file for each version, which only the agent's user may read.
///
/// A version is written once and never changed. Which one counts is in the registry; one that nothing refers to is
/// removed by ``Orchestrator``.
struct SecretFiles: Sendable {
  /// Where they are.
  let directory: String

  /// Writes a new version and returns its name.
  ///
  /// Throws `resourceExhausted` on a full disk.
  func add(_ value: SecretValue, to service: String) throws(EngineError) -> String {
    let version = UUID().uuidString.lowercased().filter { $0 != "-" }
    do {
      try FileManager.default.createDirectory(
        atPath: "\(directory)/\(service)", withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
    } catch {
      throw EngineError(
        .operationFailed, "the directory of the secrets of \(service) cannot be made",
        cause: error.localizedDescription)
    }
    try AtomicFile.create(value.bytes, at: path(version, of: service), mode: 0o600)
    return version
  }

  /// The value of a version.
  ///
  /// Throws `dataLoss` where it is not there.
  func value(_ version: String, of service: String) throws(EngineError) -> SecretValue {
    guard let data = FileManager.default.contents(atPath: path(version, of: service)) else {
      throw EngineError(
        .dataLoss, "a secret of \(service) is in the registry, and its value is gone",
        hint: "set it again: mcp secret set", service: service)
    }
    return try SecretValue(Array(data))
  }

  /// The versions of a service's secrets that are there.
  func versions(of service: String) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: "\(directory)/\(service)")) ?? []
  }

  /// The services that have versions.
  func services() -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
  }

  /// Removes a version; one that is not there is left alone.
  func remove(_ version: String, of service: String) {
    unlink(path(version, of: service))
    rmdir("\(directory)/\(service)")
  }

  private func path(_ version: String, of service: String) -> String { "\(directory)/\(service)/\(version)" }
}
