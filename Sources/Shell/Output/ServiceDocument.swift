import Engine
import Foundation

/// The documented shape of a deployed service: the keys and spellings of the definition format, with sizes
/// in bytes and spans of time in milliseconds.
struct ServiceDocument: Encodable {
  var name: String
  var revision: Int64
  var updatedAt: Date
  var updatedBy: Actor
  var definition: DefinitionDocument
  var components: [ComponentRecord]

  init(_ record: ServiceRecord) {
    name = record.definition.name
    revision = record.revision
    updatedAt = record.updatedAt
    updatedBy = record.updatedBy
    definition = DefinitionDocument(record.definition)
    components = record.components
  }
}

/// A definition as JSON.
struct DefinitionDocument: Encodable {
  struct Build: Encodable {
    var images: [String: String]
  }

  var name: String
  var node: String?
  var active: Bool
  var path: String?
  var build: Build?
  var components: [ComponentDocument]
  var snapshot: SnapshotSpec?

  init(_ definition: ServiceDefinition) {
    name = definition.name
    node = definition.node
    active = definition.active
    path = definition.path
    build = definition.buildImages.isEmpty ? nil : Build(images: definition.buildImages)
    components = definition.components.map(ComponentDocument.init)
    snapshot = definition.snapshot
  }
}

/// A component of a definition as JSON.
struct ComponentDocument: Encodable {
  /// A literal is a string, a secret an object that names it.
  enum Value: Encodable {
    case literal(String)
    case secret(String)

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .literal(let text): try container.encode(text)
      case .secret(let name): try container.encode(["secret": name])
      }
    }
  }

  struct Health: Encodable {
    var type: HealthCheck.Kind
    var port: Int?
    var path: String?
    var command: [String]
    var intervalMs: Int64
    var timeoutMs: Int64
    var retries: Int
    var startPeriodMs: Int64
  }

  var name: String
  var image: String?
  var runtime: RuntimeKind
  var network: String?
  var user: String?
  var restart: RestartPolicy
  var ports: [String]
  var volumes: [String]
  var cmd: [String]
  var env: [String: Value]
  var dependsOn: [String]
  var memory: Int64?
  var cpus: Double?
  var labels: [String: String]
  var health: Health?
  var routes: [Route]
  var allowLatest: Bool
  var heal: Bool
  var kernel: String?
  var initrd: String?
  var disk: String?
  var cmdline: String?
  var sha256: String?
  var pull: PullPolicy
  var secrets: [String]

  init(_ component: Component) {
    name = component.name
    image = component.image
    runtime = component.runtime
    network = component.network
    user = component.user
    restart = component.restart
    ports = component.ports.map(\.description)
    volumes = component.volumes.map(\.description)
    cmd = component.command
    env = component.environment.reduce(into: [:]) { result, variable in
      switch variable.value {
      case .literal(let text): result[variable.name] = .literal(text)
      case .secret(let secret): result[variable.name] = .secret(secret)
      }
    }
    dependsOn = component.dependsOn
    memory = component.memory
    cpus = component.cpus
    labels = component.labels
    health = component.health.map {
      Health(
        type: $0.kind, port: $0.port, path: $0.path, command: $0.command, intervalMs: $0.intervalMs,
        timeoutMs: $0.timeoutMs, retries: $0.retries, startPeriodMs: $0.startPeriodMs)
    }
    routes = component.routes
    allowLatest = component.allowLatest
    heal = component.heal
    kernel = component.unikernel?.kernel
    initrd = component.unikernel?.initrd
    disk = component.unikernel?.disk
    cmdline = component.unikernel?.commandLine
    sha256 = component.unikernel?.sha256
    pull = component.pull
    secrets = component.secrets.map(\.description)
  }
}
