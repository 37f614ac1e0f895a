internal import SwiftProtobuf

extension Mcp_V1_Service {
  /// Creates the message of a definition.
  package init(_ definition: ServiceDefinition) {
    self.init()
    name = definition.name
    if let node = definition.node { self.node = node }
    active = definition.active
    if let path = definition.path { self.path = path }
    buildImages = definition.buildImages
    components = definition.components.map(Mcp_V1_Component.init)
    if let snapshot = definition.snapshot {
      self.snapshot = Mcp_V1_Snapshot.with {
        $0.method = snapshot.method
        $0.exclude = snapshot.exclude
      }
    }
  }
}

extension ServiceDefinition {
  /// Creates a definition from its message.
  ///
  /// Only what cannot be expressed in the model is refused here; whether the definition makes sense is for
  /// its validation to say. Throws `invalidArgument` naming the field.
  package init(wire: Mcp_V1_Service, at path: FieldPath = .root) throws {
    self.init(name: try path["name"].required(wire.name), node: wire.hasNode ? wire.node : nil)
    active = wire.hasActive ? wire.active : true
    self.path = wire.hasPath ? wire.path : nil
    buildImages = wire.buildImages
    components = try wire.components.converted(at: path["components"]) {
      try Component(wire: $0, at: $1)
    }
    if wire.hasSnapshot {
      snapshot = SnapshotSpec(
        method: wire.snapshot.method.isEmpty ? "default" : wire.snapshot.method,
        exclude: wire.snapshot.exclude)
    }
  }
}
