internal import Logging

/// How components come by their secrets, and how versions that nobody uses go away.
extension NodeContext {
  /// The versions of the secrets that a component would get now, by their names.
  ///
  /// Throws `failedPrecondition` where one is not set.
  func secretVersions(for component: Component, of service: String) async throws -> [String: String] {
    let wanted = component.secretNames
    guard !wanted.isEmpty else { return [:] }
    let present = Dictionary(
      try await registry.secrets(of: service).map { ($0.name, $0.version) }, uniquingKeysWith: { $1 })
    let missing = wanted.filter { present[$0] == nil }.sorted()
    guard missing.isEmpty else {
      throw EngineError(
        .failedPrecondition,
        "\(service)/\(component.name) uses \(missing.count == 1 ? "a secret that is" : "secrets that are")"
          + " not set: \(missing.joined(separator: ", "))",
        hint: "set it first, with its value on standard input: mcp secret set \(service) \(missing[0])",
        service: service, component: component.name)
    }
    return present.filter { wanted.contains($0.key) }
  }

  /// The secrets of a component with their values and places.
  func secrets(for component: Component, of service: String) async throws -> [InstanceSecret] {
    let versions = try await secretVersions(for: component, of: service)
    return try component.secretPlaces.compactMap { name, place in
      guard let version = versions[name] else { return nil }
      return InstanceSecret(
        version: version, value: try secretFiles.value(version, of: service), place: place)
    }
  }

  /// Removes the versions of a service's secrets that neither count nor are in use.
  ///
  /// The caller holds the service's lock.
  func trimSecrets(of service: String) async {
    let versions = secretFiles.versions(of: service)
    guard !versions.isEmpty else { return }
    // What is in use is known only where every runtime has been asked.
    for runtime in runtimes where await !observed.isLoaded(runtime.kind) { return }
    do {
      var used = Set(try await registry.secrets(of: service).map(\.version))
      for instance in await observed.instances(of: service) { used.formUnion(instance.labels.secrets) }
      for version in versions where !used.contains(version) {
        for runtime in runtimes { try await runtime.removeSecret(version) }
        secretFiles.remove(version, of: service)
      }
    } catch {
      logger.warning(
        "old values of secrets could not be removed yet",
        metadata: ["service": "\(service)", "error": "\(error)"])
    }
  }

  /// As ``trimSecrets(of:)``; an operation that is under way does it itself at its end.
  func trimSecretsUnlessBusy(of service: String) async {
    guard await !serviceLocks.isHeld(service), await !tracker.isUnsettled(service) else { return }
    try? await serviceLocks.withLock(service) { await self.trimSecrets(of: service) }
  }

  /// Removes what an agent that was killed left of secrets.
  func trimAllSecrets() async {
    for service in secretFiles.services() { await trimSecretsUnlessBusy(of: service) }
  }
}
