public import Foundation

/// A host port that a deployed component holds, or that an unfinished operation may give back to it.
public struct PortClaim: Hashable, Sendable, Codable {
  /// The service.
  public var service: String
  /// The component.
  public var component: String
  /// The port.
  public var mapping: PortMapping

  /// Creates a claim.
  public init(service: String, component: String, mapping: PortMapping) {
    self.service = service
    self.component = component
    self.mapping = mapping
  }
}

/// One definition that a service had, has, or was meant to have.
public struct RevisionRecord: Hashable, Sendable, Codable {
  /// How it went.
  public enum Outcome: String, Hashable, Sendable, Codable, CaseIterable {
    /// Its operation is under way.
    case pending
    /// It was deployed.
    case deployed
    /// It was tried and undone.
    case failed
    /// Its operation ended half-way and the service was left with it.
    case incomplete
  }

  /// The service.
  public var service: String
  /// Its number, counted from 1.
  public var revision: Int64
  /// The definition.
  public var definition: ServiceDefinition
  /// Who deployed it.
  public var actor: Actor
  /// When its operation began.
  public var createdAt: Date
  /// How it went.
  public var outcome: Outcome

  /// Creates a record.
  public init(
    service: String, revision: Int64, definition: ServiceDefinition, actor: Actor, createdAt: Date,
    outcome: Outcome
  ) {
    self.service = service
    self.revision = revision
    self.definition = definition
    self.actor = actor
    self.createdAt = createdAt
    self.outcome = outcome
  }
}

/// A component as it was last seen.
public struct ObservedRecord: Hashable, Sendable, Codable {
  /// The service.
  public var service: String
  /// The component.
  public var component: String
  /// Its state.
  public var state: ObservedState
  /// Since when it is in that state; `nil` where that is not known.
  public var since: Date?
  /// How often the runtime started it again by itself.
  public var restarts: Int
  /// The runtime's id; `nil` where there is no object.
  public var runtimeID: String?
  /// The spec hash on the runtime object; `nil` where there is no object.
  public var specHash: String?
  /// The image as it was asked for.
  public var image: String?
  /// The image's id.
  public var imageID: String?
  /// The process on the host while it runs.
  public var pid: Int?
  /// When it was seen.
  public var observedAt: Date

  /// Creates a record.
  public init(
    service: String, component: String, state: ObservedState, since: Date? = nil, restarts: Int = 0,
    runtimeID: String? = nil, specHash: String? = nil, image: String? = nil, imageID: String? = nil,
    pid: Int? = nil, observedAt: Date
  ) {
    self.service = service
    self.component = component
    self.state = state
    self.since = since
    self.restarts = restarts
    self.runtimeID = runtimeID
    self.specHash = specHash
    self.image = image
    self.imageID = imageID
    self.pid = pid
    self.observedAt = observedAt
  }
}
