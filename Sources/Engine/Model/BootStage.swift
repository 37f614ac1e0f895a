/// A stage of a boot sequence as the agent's configuration has it, table `[[boot.sequence]]`.
public struct BootStage: Hashable, Sendable {
  /// The stage's name.
  public var name: String
  /// The services that it brings up.
  public var services: [String]
  /// How long one attempt may take.
  public var timeout = Duration.seconds(120)
  /// The probe for components that have no health check of their own; `nil` is none.
  public var health: HealthCheck.Kind?
  /// Whether later stages wait until this one has succeeded.
  public var required = false

  /// Creates a stage.
  public init(name: String, services: [String]) {
    self.name = name
    self.services = services
  }
}
