public import Foundation

extension Orchestrator {
  /// Returns the secrets of a service, of all services for `nil`, ordered by service and name.
  public func secrets(of service: String?) async throws -> [SecretInfo] {
    var infos: [SecretInfo] = []
    for secret in try await context.registry.secrets(of: service) {
      infos.append(try await context.describe(secret))
    }
    return infos
  }
}

extension NodeContext {
  /// Who uses a secret.
  func describe(_ secret: SecretRecord) async throws -> SecretInfo {
    let record = try await registry.service(secret.service)
    let users = record?.definition.components.filter { $0.secretNames.contains(secret.name) } ?? []
    let running = await observed.instances(of: secret.service).filter(\.state.isUp)
    let outdated = users.filter { component in
      running.contains {
        $0.labels.component == component.name && !$0.labels.secrets.contains(secret.version)
      }
    }
    return SecretInfo(
      service: secret.service, name: secret.name, setAt: secret.setAt, actor: secret.actor,
      usedBy: users.map(\.name), outdated: outdated.map(\.name))
  }
}

/// What there is to know of a secret beside its value.
public struct SecretInfo: Hashable, Sendable, Codable {
  /// The service that may use it.
  public var service: String
  /// Its name.
  public var name: String
  /// When its value was set.
  public var setAt: Date
  /// Who did.
  public var actor: Actor
  /// The components of the deployed definition that use it.
  public var usedBy: [String]
  /// Those of them that run with an earlier value: a deploy gives them the new one.
  public var outdated: [String]

  /// Creates a description.
  public init(
    service: String, name: String, setAt: Date, actor: Actor, usedBy: [String] = [], outdated: [String] = []
  ) {
    self.service = service
    self.name = name
    self.setAt = setAt
    self.actor = actor
    self.usedBy = usedBy
    self.outdated = outdated
  }
}
