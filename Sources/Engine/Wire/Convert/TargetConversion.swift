extension Mcp_V1_Target {
  /// Creates the message of a target.
  package init(_ target: Target) {
    self.init()
    service = target.service
    if let component = target.component { self.component = component }
  }
}

extension Target {
  /// Creates a target from its message; throws `invalidArgument` where a name could not be one.
  package init(wire: Mcp_V1_Target, at path: FieldPath = .root["target"]) throws {
    self.init(
      service: try path["service"].name(wire.service),
      component: wire.hasComponent ? try path["component"].name(wire.component) : nil)
  }
}

extension FieldPath {
  /// Returns `text` as the name of a service or component; throws `invalidArgument` where it could not be one.
  package func name(_ text: String) throws -> String {
    guard ServiceDefinition.isValidName(try required(text)) else {
      throw EngineError(
        .invalidArgument, "\(self): '\(text.prefix(120))' names no service or component",
        hint:
          "names are lower-case letters, digits and dashes, at most \(ServiceDefinition.maximumNameLength)")
    }
    return text
  }
}

/// The messages of the four operations on a target, which differ in nothing but their type.
package protocol TargetMessage {
  /// What is addressed.
  var target: Mcp_V1_Target { get set }
  /// Whether only the plan is wanted.
  var planOnly: Bool { get set }
  /// Creates an empty message.
  init()
}

extension Mcp_V1_UndeployRequest: TargetMessage {}
extension Mcp_V1_StartRequest: TargetMessage {}
extension Mcp_V1_StopRequest: TargetMessage {}
extension Mcp_V1_RestartRequest: TargetMessage {}

extension TargetMessage {
  /// Creates the message of a request.
  package init(_ request: TargetRequest) {
    self.init()
    target = Mcp_V1_Target(request.target)
    planOnly = request.planOnly
  }
}

extension TargetRequest {
  /// Creates a request from its message; throws `invalidArgument` naming the field.
  package init(wire: some TargetMessage) throws {
    self.init(target: try Target(wire: wire.target), planOnly: wire.planOnly)
  }
}
