/// A runtime object that is not ours, in the words of a definition.
public struct ForeignInstance: Hashable, Sendable {
  /// The runtime's id.
  public var id: String
  /// Its name.
  public var name: String
  /// The project and the service of a compose file that it was made from, if it was.
  public var compose: ComposeOrigin?
  /// What a definition would say of it.
  public var component: Component
  /// What a definition cannot say of it, a sentence each: a later deploy would lose that.
  public var problems: [String]

  /// Creates a description.
  public init(
    id: String, name: String, compose: ComposeOrigin? = nil, component: Component, problems: [String] = []
  ) {
    self.id = id
    self.name = name
    self.compose = compose
    self.component = component
    self.problems = problems
  }
}

/// What a compose file calls a container.
public struct ComposeOrigin: Hashable, Sendable, Codable {
  /// The project.
  public var project: String
  /// The service of the project.
  public var service: String

  /// Creates an origin.
  public init(project: String, service: String) {
    self.project = project
    self.service = service
  }

  /// Reads the labels that compose tools write; `nil` where they are not there.
  public init?(labels: [String: String]?) {
    guard let labels else { return nil }
    let project = labels["com.docker.compose.project"] ?? labels["io.podman.compose.project"]
    let service = labels["com.docker.compose.service"] ?? labels["io.podman.compose.service"]
    guard let project, let service, !project.isEmpty, !service.isEmpty else { return nil }
    self.init(project: project, service: service)
  }
}
