internal import Foundation

extension PodmanRuntime {
  /// The label on networks that an agent made; its value is the node.
  static let managedKey = "io.metacircular.managed"

  /// Makes sure that a network exists: a bridge whose containers find each other by name.
  ///
  /// Returns whether it was made now. A word that means a way of networking (`host`, `none` …) needs nothing.
  @discardableResult
  public func ensureNetwork(_ name: String) async throws -> Bool {
    guard PodmanNetworkMode(name) == nil else { return false }
    if try await findNetwork(name) != nil { return false }
    let body = try JSONEncoder().encode(
      NewNetwork(name: name, labels: [Self.managedKey: configuration.node]))
    let request = PodmanRequest(
      .post, "/networks/create", body: body, limit: configuration.changeTimeout,
      purpose: "create the network \(name)")
    let answer = try await client.call(request)
    if answer.isSuccess { return true }
    // Another deploy may have been faster.
    if try await findNetwork(name) != nil { return false }
    throw answer.failure.error("cannot \(request.purpose)")
  }

  /// Removes a network that this agent made and that no container belongs to.
  ///
  /// Returns whether it was removed.
  @discardableResult
  public func removeNetwork(_ name: String) async throws -> Bool {
    guard PodmanNetworkMode(name) == nil, let network = try await findNetwork(name),
      network.labels?[Self.managedKey] == configuration.node
    else { return false }
    let request = PodmanRequest(
      .delete, "/networks/\(PodmanRequest.segment(name))", limit: configuration.changeTimeout,
      purpose: "remove the network \(name)")
    // Without force podman removes none that is in use. Whoever used it may be gone a moment later.
    var attempts = 0
    while true {
      let answer = try await client.call(request)
      if answer.isSuccess { return true }
      if answer.status == 404 { return false }
      if try await isUsed(name) { return false }
      attempts += 1
      guard attempts < 5 else { throw answer.failure.error("cannot \(request.purpose)") }
      try await Task.sleep(for: .milliseconds(50 * attempts))
    }
  }

  private func findNetwork(_ name: String) async throws -> Network? {
    let request = PodmanRequest(
      .get, "/networks/\(PodmanRequest.segment(name))/json", limit: configuration.requestTimeout,
      purpose: "look for the network \(name)")
    let answer = try await client.call(request)
    if answer.status == 404 { return nil }
    guard answer.isSuccess else { throw answer.failure.error("cannot \(request.purpose)") }
    return try answer.decode(Network.self, for: request)
  }

  private func isUsed(_ name: String) async throws -> Bool {
    let request = PodmanRequest(
      .get, "/containers/json", query: [("all", "true"), PodmanRequest.filters(["network": [name]])],
      limit: configuration.requestTimeout, purpose: "list the containers of the network \(name)")
    return try await !client.require(request, as: [ContainerListEntry].self).isEmpty
  }

  private struct Network: Decodable {
    var labels: [String: String]?
  }

  private struct NewNetwork: Encodable {
    var name: String
    var driver = "bridge"
    var dnsEnabled = true
    var labels: [String: String]

    enum CodingKeys: String, CodingKey {
      case name, driver, labels
      case dnsEnabled = "dns_enabled"
    }
  }
}
