/// The documented shape of `mcp version --json`.
struct VersionDocument: Encodable {
  /// One node's agent: its version, or why it is not known.
  struct Agent: Encodable {
    var node: String?
    var version: String?
    var error: ErrorDocument?
  }

  var client: String
  var agents: [Agent]
}

/// Versions for people.
enum VersionText {
  static func render(client: String, agents: [VersionDocument.Agent]) -> String {
    var text = "mcp    \(client)\n"
    for agent in agents {
      let place = agent.node.map { " on \(Printable.line($0))" } ?? ""
      if let version = agent.version {
        text += "agent  \(Printable.line(version))\(place)\n"
      } else {
        text += "agent  not known\(place): \(Printable.line(agent.error?.message ?? ""))\n"
      }
    }
    return text
  }
}
