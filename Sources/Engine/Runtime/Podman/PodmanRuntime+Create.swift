internal import Foundation

extension PodmanRuntime {
  /// Creates a container from a local image.
  ///
  /// Throws `alreadyExists` where the name is taken, `notFound` for an image, network or volume path that is not
  /// there, `unsupported` for limits that this machine cannot apply.
  public func create(_ spec: InstanceSpec) async throws -> CreatedInstance {
    if spec.component.memory != nil || spec.component.cpus != nil { try await requireLimits(spec) }
    let body = try JSONEncoder().encode(ContainerSpec(spec))
    try await ensureSecrets(spec.secrets)
    let request = PodmanRequest(
      .post, "/containers/create", body: body, limit: configuration.changeTimeout,
      purpose: "create \(spec.name)")
    let answer = try await client.call(request)
    guard answer.isSuccess else { throw await explain(answer.failure, of: spec) }
    let created = try answer.decode(Created.self, for: request)
    owned.note(
      created.id, name: spec.name, labels: spec.labels, ports: spec.component.ports.map(HostPort.init),
      isNetworked: spec.component.network.map { PodmanNetworkMode($0) == nil } ?? false)
    return CreatedInstance(id: created.id, warnings: created.warnings ?? [])
  }

  private func requireLimits(_ spec: InstanceSpec) async throws {
    guard let reason = try await hostFacts().missingLimits else { return }
    throw EngineError(
      .unsupported, "cannot create \(spec.name): memory and cpu limits cannot be applied here", cause: reason,
      hint:
        "leave out `memory` and `cpus`, or boot with cgroup v2 and delegate the controllers to the agent's user"
        + " (systemd: `Delegate=yes`)")
  }

  /// Finds out why podman refused to create a container.
  ///
  /// Podman gives all reasons the same status. So the facts are looked at instead of its words: what is missing now
  /// was missing then.
  private func explain(_ failure: PodmanFailure, of spec: InstanceSpec) async -> EngineError {
    let message = "cannot create \(spec.name)"
    if await isThere("/containers/\(PodmanRequest.segment(spec.name))/exists") == true {
      return failure.error(
        "\(message): there is a container of that name", code: .alreadyExists,
        hint: "`podman rm \(spec.name)` removes it if it is not needed")
    }
    if let image = spec.component.image,
      await isThere("/images/\(PodmanRequest.imagePath(image))/exists") == false
    {
      return failure.error("\(message): the image \(image) is not on this node", code: .notFound)
    }
    if let network = spec.component.network, PodmanNetworkMode(network) == nil,
      await isThere("/networks/\(PodmanRequest.segment(network))/exists") == false
    {
      return failure.error("\(message): there is no network \(network)", code: .notFound)
    }
    if let volume = spec.component.volumes.first(where: { !FileManager.default.fileExists(atPath: $0.source) }
    ) {
      return failure.error(
        "\(message): volume path missing: \(volume.source)", code: .notFound,
        hint: "make the directory on the node, readable for the agent's user, and try again")
    }
    return failure.error(message)
  }

  /// Whether the API finds something; `nil` where it cannot be asked.
  private func isThere(_ path: String) async -> Bool? {
    let request = PodmanRequest(
      .get, path, limit: configuration.requestTimeout, purpose: "look for \(path)")
    switch try? await client.call(request).status {
    case 204, 200: return true
    case 404: return false
    default: return nil
    }
  }

  private struct Created: Decodable {
    var id: String
    var warnings: [String]?

    enum CodingKeys: String, CodingKey {
      case id = "Id"
      case warnings = "Warnings"
    }
  }
}
