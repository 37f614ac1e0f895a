internal import Foundation

/// Where the socket of this machine's agent is.
enum LocalSocket {
  /// The name under which every user finds the agent of a machine that has one.
  static let wellKnown = "/run/mcp/agent.sock"

  /// Where an agent that runs with `environment` puts its socket.
  static func standard(_ environment: [String: String]) -> String { candidates(environment)[0] }

  /// Where a client looks for it, in that order.
  static func candidates(_ environment: [String: String]) -> [String] {
    var directories = ["/run/user/\(geteuid())"]
    if let runtime = environment["XDG_RUNTIME_DIR"], let path = try? PathText.absolute(runtime),
      path != directories[0]
    {
      directories.insert(path, at: 0)
    }
    return directories.map { "\($0)/mcp/agent.sock" } + [wellKnown]
  }
}
