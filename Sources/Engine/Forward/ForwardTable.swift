/// Where the forwarder sends what arrives at one port.
struct ForwardRule: Hashable, Sendable, Codable {
  /// Which route of which component: `service/component/route`.
  var id: String
  /// What it listens on; the container port says nothing here.
  var listen: PortMapping
  /// The port on the loopback address that it forwards to; `nil` lets connections wait.
  var backend: Int?
}

/// What the agent tells the forwarder, one line of JSON.
struct ForwardRequest: Hashable, Sendable, Codable {
  /// The version of this protocol.
  static let currentVersion = 1

  var version = ForwardRequest.currentVersion
  /// Everything that is to be forwarded from now on; `nil` changes nothing.
  var rules: [ForwardRule]?
  /// Listens no more, finishes the connections that there are, and ends.
  var retires = false
}

/// What the forwarder answers, one line of JSON.
struct ForwardReport: Hashable, Sendable, Codable {
  var version = ForwardRequest.currentVersion
  /// The forwarder's process.
  var pid: Int
  /// What is forwarded now.
  var rules: [ForwardRule]
  /// Why a rule could not be carried out, by its id.
  var failures: [String: String] = [:]
  /// How many connections there are to each backend.
  var connections: [Int: Int] = [:]
}
