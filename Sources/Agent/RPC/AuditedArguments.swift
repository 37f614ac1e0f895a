internal import Engine
internal import Synchronization

/// What a call was called with, as far as history may know: never a secret, a file's content or a command's words.
final class AuditedArguments: Sendable {
  private let noted = Mutex<[String: String]?>(nil)

  /// What is known of the call's first message.
  var values: [String: String] { noted.withLock { $0 ?? [:] } }

  /// Looks at a message, of which only a call's first counts, and returns it.
  func note<Message: Sendable>(_ message: Message) -> Message {
    noted.withLock { $0 = $0 ?? Self.arguments(of: message) }
    return message
  }

  /// What is told of a request, by its kind; one that is not listed tells nothing.
  ///
  /// Pure.
  static func arguments(of message: any Sendable) -> [String: String] {
    var values: [String: String] = [:]
    func target(_ target: Mcp_V1_Target, planOnly: Bool) {
      values["service"] = target.service
      if target.hasComponent { values["component"] = target.component }
      if planOnly { values["plan"] = "true" }
    }
    func plan(_ planOnly: Bool) { if planOnly { values["plan"] = "true" } }
    switch message {
    case let request as Mcp_V1_DeployRequest:
      values["service"] = request.definition.name
      if request.hasComponent { values["component"] = request.component }
      values["images"] = list(request.definition.components.map(\.image))
      plan(request.planOnly)
    case let request as Mcp_V1_RollbackRequest:
      values["service"] = request.service
      if request.hasRevision { values["revision"] = "\(request.revision)" }
      plan(request.planOnly)
    case let request as Mcp_V1_UndeployRequest: target(request.target, planOnly: request.planOnly)
    case let request as Mcp_V1_StartRequest: target(request.target, planOnly: request.planOnly)
    case let request as Mcp_V1_StopRequest: target(request.target, planOnly: request.planOnly)
    case let request as Mcp_V1_RestartRequest: target(request.target, planOnly: request.planOnly)
    case let request as Mcp_V1_SyncRequest:
      values["services"] = list(request.definitions.map(\.name))
      if request.prune { values["prune"] = "true" }
      plan(request.planOnly)
    case let request as Mcp_V1_RecoverRequest:
      values["services"] = list(request.services)
      plan(request.planOnly)
    case let request as Mcp_V1_AdoptRequest:
      if request.hasService { values["service"] = request.service }
      if request.hasProject { values["project"] = request.project }
      values["containers"] = list(request.containers.keys.sorted())
      if request.force { values["force"] = "true" }
      plan(request.planOnly)
    case let request as Mcp_V1_BootRequest: plan(request.planOnly)
    case let request as Mcp_V1_ReloadScriptsRequest: values["scripts"] = list(request.names)
    case let request as Mcp_V1_SilenceRequest: values["match"] = request.match
    case let request as Mcp_V1_UnsilenceRequest: values["id"] = "\(request.id)"
    case let request as Mcp_V1_SetSecretRequest:
      values["service"] = request.service
      values["secret"] = request.name
    case let request as Mcp_V1_RemoveSecretRequest:
      values["service"] = request.service
      values["secret"] = request.name
    case let request as Mcp_V1_ExecRequest:
      target(request.open.target, planOnly: false)
      values["program"] = request.open.command.first
      values["arguments"] = "\(max(0, request.open.command.count - 1))"
    case let request as Mcp_V1_CreateTokenRequest:
      values["token"] = request.name
      values["role"] = request.role
    case let request as Mcp_V1_RevokeTokenRequest: values["token"] = request.token
    case let request as Mcp_V1_PushRequest:
      values["service"] = request.open.service
      values["path"] = request.open.path
    case let request as Mcp_V1_PullRequest:
      values["service"] = request.service
      values["path"] = request.path
    default: break
    }
    // Names come from the request, and nobody has checked them yet.
    return values.filter { !$0.value.isEmpty }.mapValues { String($0.prefix(200)) }
  }

  private static func list(_ names: [String]) -> String {
    names.prefix(10).joined(separator: ", ") + (names.count > 10 ? " and \(names.count - 10) more" : "")
  }
}
