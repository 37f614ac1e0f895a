public import Foundation

/// What ties a runtime object to the registry.
public struct InstanceLabels: Hashable, Sendable, Codable {
  /// The label of the service's name.
  public static let serviceKey = "io.metacircular.service"
  /// The label of the component's name.
  public static let componentKey = "io.metacircular.component"
  /// The label of the revision it was created for.
  public static let revisionKey = "io.metacircular.revision"
  /// The label of the spec hash it was created from.
  public static let specHashKey = "io.metacircular.spec-hash"
  /// The label of the node whose agent made it.
  public static let nodeKey = "io.metacircular.node"
  /// The label of the ports that it has got for its routes: `name=port`, separated by spaces.
  public static let routesKey = "io.metacircular.routes"
  /// The label of the versions of secrets that it uses, separated by spaces.
  public static let secretsKey = "io.metacircular.secrets"

  /// The service's name.
  public var service: String
  /// The component's name.
  public var component: String
  /// The revision it was created for.
  public var revision: Int64
  /// The spec hash it was created from.
  public var specHash: String
  /// The node whose agent made it.
  public var node: String
  /// The ports on the host that lead to its routes, by their names.
  public var routes: [String: Int] = [:]
  /// The versions of secrets that it uses.
  public var secrets: Set<String> = []

  /// Creates labels.
  public init(
    service: String, component: String, revision: Int64, specHash: String, node: String,
    routes: [String: Int] = [:], secrets: Set<String> = []
  ) {
    self.service = service
    self.component = component
    self.revision = revision
    self.specHash = specHash
    self.node = node
    self.routes = routes
    self.secrets = secrets
  }

  /// The labels as the runtime stores them.
  public var dictionary: [String: String] {
    var labels = [
      Self.serviceKey: service, Self.componentKey: component, Self.revisionKey: String(revision),
      Self.specHashKey: specHash, Self.nodeKey: node,
    ]
    if !routes.isEmpty {
      labels[Self.routesKey] = routes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        .joined(separator: " ")
    }
    if !secrets.isEmpty { labels[Self.secretsKey] = secrets.sorted().joined(separator: " ") }
    return labels
  }

  /// Reads labels back; `nil` where the object is not ours or they are damaged.
  public init?(_ labels: [String: String]) {
    guard let service = labels[Self.serviceKey], let component = labels[Self.componentKey],
      let revision = labels[Self.revisionKey].flatMap(Int64.init), let hash = labels[Self.specHashKey]
    else { return nil }
    self.init(
      service: service, component: component, revision: revision, specHash: hash,
      node: labels[Self.nodeKey] ?? "", routes: Self.routes(labels[Self.routesKey] ?? ""),
      secrets: Set((labels[Self.secretsKey] ?? "").split(separator: " ").map(String.init)))
  }
}

extension InstanceLabels {
  private static func routes(_ text: String) -> [String: Int] {
    let pairs = text.split(separator: " ").compactMap { pair -> (String, Int)? in
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let port = Int(parts[1]) else { return nil }
      return (String(parts[0]), port)
    }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }
}

/// One version of a secret, and where a runtime object finds it.
public struct InstanceSecret: Hashable, Sendable {
  /// Where it is found.
  public enum Place: Hashable, Sendable {
    /// In the environment variable of that name.
    case variable(String)
    /// In the file at that absolute path.
    case file(String)
  }

  /// The version, a name that no other value has.
  public var version: String
  /// The value.
  public var value: SecretValue
  /// Where it is found.
  public var place: Place

  /// Creates a secret.
  public init(version: String, value: SecretValue, place: Place) {
    self.version = version
    self.value = value
    self.place = place
  }
}

extension Component {
  /// The names of the secrets that it uses, each with the place where it finds it.
  var secretPlaces: [(name: String, place: InstanceSecret.Place)] {
    environment.compactMap { variable in variable.secret.map { ($0, .variable(variable.name)) } }
      + secrets.map { ($0.name, .file($0.target)) }
  }
}

/// What a runtime object is created from.
public struct InstanceSpec: Hashable, Sendable {
  /// The object's name in the runtime.
  public var name: String
  /// The names under which others on the same network find it.
  public var aliases: [String]
  /// What ties it to the registry.
  public var labels: InstanceLabels
  /// What to run.
  public var component: Component
  /// The secrets that the component names.
  public var secrets: [InstanceSecret]

  /// Creates a specification.
  public init(
    name: String, aliases: [String], labels: InstanceLabels, component: Component,
    secrets: [InstanceSecret] = []
  ) {
    self.name = name
    self.aliases = aliases
    self.labels = labels
    self.component = component
    self.secrets = secrets
  }
}

/// The outcome of a create.
public struct CreatedInstance: Hashable, Sendable {
  /// The runtime's id.
  public var id: String
  /// What the runtime warned about, such as limits that it ignores.
  public var warnings: [String]

  /// Creates an outcome.
  public init(id: String, warnings: [String] = []) {
    self.id = id
    self.warnings = warnings
  }
}

/// A runtime object of ours as it was last seen.
public struct Instance: Hashable, Sendable, Codable {
  /// The runtime's id.
  public var id: String
  /// The runtime's name for it.
  public var name: String
  /// What ties it to the registry.
  public var labels: InstanceLabels
  /// What runs it.
  public var runtime: RuntimeKind
  /// Its state.
  public var state: ObservedState
  /// The image as it was asked for.
  public var image: String
  /// The image's id.
  public var imageID: String
  /// The process on the host while it runs.
  public var pid: Int?
  /// When it was last started; `nil` if never.
  public var startedAt: Date?
  /// When it last ended; `nil` if never.
  public var finishedAt: Date?
  /// How often the runtime started it again by itself.
  public var restarts: Int
  /// Whether its runtime cannot start it any more: only removing it and creating it again helps.
  public var isBroken = false
  /// Why it does not work, where it runs and its runtime says that it does not.
  public var problem: String?
  /// When the runtime was asked: what happened before shows here.
  ///
  /// `nil` where that is not known.
  public var asOf: Date?

  /// Creates an instance.
  public init(
    id: String, name: String, labels: InstanceLabels, runtime: RuntimeKind, state: ObservedState,
    image: String, imageID: String, pid: Int? = nil, startedAt: Date? = nil, finishedAt: Date? = nil,
    restarts: Int = 0, asOf: Date? = nil
  ) {
    self.id = id
    self.name = name
    self.labels = labels
    self.runtime = runtime
    self.state = state
    self.image = image
    self.imageID = imageID
    self.pid = pid
    self.startedAt = startedAt
    self.finishedAt = finishedAt
    self.restarts = restarts
    self.asOf = asOf
  }
}

/// A runtime object that is not ours.
public struct UnmanagedInstance: Hashable, Sendable, Codable {
  /// The runtime's id.
  public var id: String
  /// Its name.
  public var name: String
  /// Its image.
  public var image: String

  /// Creates an instance.
  public init(id: String, name: String, image: String) {
    self.id = id
    self.name = name
    self.image = image
  }
}

/// How a stop went.
public struct StopOutcome: Hashable, Sendable {
  /// It did not run in the first place.
  public var wasStopped: Bool
  /// The grace period passed and it was killed.
  public var killed: Bool

  /// Creates an outcome.
  public init(wasStopped: Bool = false, killed: Bool = false) {
    self.wasStopped = wasStopped
    self.killed = killed
  }
}
