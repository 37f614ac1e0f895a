/// One thing that the control plane can do, declared once for every door to it.
///
/// The RPC layer takes the role from here, the command line and the scripts take name and documentation.
public struct Primitive: Hashable, Sendable {
  /// The name, as in `mcp.<name>` and `mcp <name>`.
  public let name: String
  /// The method of `mcp.v1.ControlPlane` that carries it.
  public let method: String
  /// The least role that may call it.
  public let role: Role
  /// Whether it changes something; every such call is audited.
  public let mutating: Bool
  /// What it does, in one sentence.
  public let summary: String

  init(_ name: String, method: String, role: Role, mutating: Bool, _ summary: String) {
    self.name = name
    self.method = method
    self.role = role
    self.mutating = mutating
    self.summary = summary
  }

  /// Every primitive.
  public static let all: [Primitive] = [
    deploy, undeploy, start, stop, restart, rollback, sync, recover, boot, adopt, list, ps, status, service,
    history,
    logs,
    exec,
    events, node, doctor, scripts, checkScripts, reloadScripts, secrets, setSecret, removeSecret,
    alerts, silence, unsilence, testAlerts, tokens, createToken, revokeToken, push, pull,
  ]

  /// Makes the node run a definition.
  public static let deploy = Primitive(
    "deploy", method: "Deploy", role: .operator, mutating: true, "Make the node run a definition.")
  /// Stops, removes and forgets a service.
  public static let undeploy = Primitive(
    "undeploy", method: "Undeploy", role: .operator, mutating: true,
    "Stop, remove and forget a service; its data stays.")
  /// Starts what is deployed.
  public static let start = Primitive(
    "start", method: "Start", role: .operator, mutating: true, "Start a service or a component.")
  /// Stops what is deployed.
  public static let stop = Primitive(
    "stop", method: "Stop", role: .operator, mutating: true, "Stop a service or a component.")
  /// Stops and starts what is deployed.
  public static let restart = Primitive(
    "restart", method: "Restart", role: .operator, mutating: true, "Stop and start a service or a component.")
  /// Goes back to an earlier definition.
  public static let rollback = Primitive(
    "rollback", method: "Rollback", role: .operator, mutating: true,
    "Deploy an earlier revision of a service again.")
  /// Makes many definitions true at once.
  public static let sync = Primitive(
    "sync", method: "Sync", role: .operator, mutating: true, "Make the node match a set of definitions.")
  /// Makes the world match the registry.
  public static let recover = Primitive(
    "recover", method: "Recover", role: .operator, mutating: true,
    "Make everything run that should: start what does not run, create again what is gone.")
  /// Runs the boot sequence.
  public static let boot = Primitive(
    "boot", method: "Boot", role: .operator, mutating: true,
    "Run the node's boot sequence: bring services up in stages.")
  /// Takes running containers over.
  public static let adopt = Primitive(
    "adopt", method: "Adopt", role: .operator, mutating: true,
    "Take running containers under management without restarting them.")
  /// Lists alerts.
  public static let alerts = Primitive(
    "alerts", method: "ListAlerts", role: .viewer, mutating: false,
    "List what an operator should know of, and what is silenced.")
  /// Silences alerts.
  public static let silence = Primitive(
    "silence", method: "Silence", role: .operator, mutating: true, "Tell nobody of some alerts for a while.")
  /// Ends a silence.
  public static let unsilence = Primitive(
    "unsilence", method: "Unsilence", role: .operator, mutating: true, "End a silence.")
  /// Tries the sinks.
  public static let testAlerts = Primitive(
    "test_alerts", method: "TestAlerts", role: .operator, mutating: true,
    "Send a test message to everywhere alerts are sent to.")
  /// Lists the registry.
  public static let list = Primitive(
    "list", method: "List", role: .viewer, mutating: false, "List the services of the registry.")
  /// Lists what runs.
  public static let ps = Primitive(
    "ps", method: "Ps", role: .viewer, mutating: false, "List components as they are.")
  /// Compares desired with observed.
  public static let status = Primitive(
    "status", method: "Status", role: .viewer, mutating: false,
    "Show desired against observed state, drift and recent events.")
  /// Returns one deployed definition.
  public static let service = Primitive(
    "service", method: "GetService", role: .viewer, mutating: false,
    "Return the definition of a deployed service.")
  /// Lists the revisions of a service.
  public static let history = Primitive(
    "history", method: "History", role: .viewer, mutating: false,
    "List the revisions of a service: who, when and what changed.")
  /// Streams output.
  public static let logs = Primitive(
    "logs", method: "Logs", role: .viewer, mutating: false, "Read the output of components.")
  /// Runs a command in a component.
  public static let exec = Primitive(
    "exec", method: "Exec", role: .admin, mutating: true, "Run a command in a container.")
  /// Streams history.
  public static let events = Primitive(
    "events", method: "Events", role: .viewer, mutating: false, "Read what happened, and what happens.")
  /// Describes the node.
  public static let node = Primitive(
    "node", method: "GetNode", role: .viewer, mutating: false, "Describe the node and its agent.")
  /// Examines the node.
  public static let doctor = Primitive(
    "doctor", method: "Doctor", role: .viewer, mutating: false,
    "Examine the node: is everything in place?")
  /// Lists the agent's scripts.
  public static let scripts = Primitive(
    "scripts", method: "ListScripts", role: .viewer, mutating: false,
    "List the agent's scripts and what they are called for.")
  /// Loads the agent's scripts on trial.
  public static let checkScripts = Primitive(
    "check_scripts", method: "CheckScripts", role: .operator, mutating: false,
    "Load the agent's scripts without effects and say what is wrong.")
  /// Loads the agent's scripts again.
  public static let reloadScripts = Primitive(
    "reload_scripts", method: "ReloadScripts", role: .admin, mutating: true,
    "Read the agent's scripts again and swap them for what runs.")
  /// Lists tokens without their texts.
  public static let tokens = Primitive(
    "tokens", method: "ListTokens", role: .admin, mutating: false,
    "List the tokens that the node has issued: what they allow, never what they are.")
  /// Issues a token.
  public static let createToken = Primitive(
    "create_token", method: "CreateToken", role: .admin, mutating: true,
    "Issue a token for an operator elsewhere.")
  /// Makes a token worthless.
  public static let revokeToken = Primitive(
    "revoke_token", method: "RevokeToken", role: .admin, mutating: true,
    "Make a token worthless from the next call on.")
  /// Sends files to the node.
  public static let push = Primitive(
    "push", method: "Push", role: .operator, mutating: true,
    "Send a file or a directory to a service's directory on the node.")
  /// Fetches files from the node.
  public static let pull = Primitive(
    "pull", method: "Pull", role: .admin, mutating: true,
    "Fetch a file or a directory from a service's directory on the node.")
  /// Lists secrets without their values.
  public static let secrets = Primitive(
    "secrets", method: "ListSecrets", role: .viewer, mutating: false,
    "List the secrets of services: names, never values.")
  /// Gives a secret a value.
  public static let setSecret = Primitive(
    "set_secret", method: "SetSecret", role: .operator, mutating: true,
    "Give a secret of a service a value.")
  /// Forgets a secret.
  public static let removeSecret = Primitive(
    "remove_secret", method: "RemoveSecret", role: .operator, mutating: true,
    "Forget a secret of a service.")
}

/// What a caller may do; a role includes the ones before it.
public enum Role: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
  /// Reads.
  case viewer
  /// Also deploys, starts and stops.
  case `operator`
  /// Also runs commands in containers and manages the agent.
  case admin

  /// Orders roles by what they include.
  public static func < (left: Role, right: Role) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .viewer: 0
    case .operator: 1
    case .admin: 2
    }
  }
}

/// Who calls a primitive, and with which right.
public struct Caller: Hashable, Sendable {
  /// Who it is.
  public var actor: Actor
  /// What it may do.
  public var role: Role
  /// Where the call comes from, such as `unix:uid=1000,pid=4711`.
  public var peer: String

  /// Creates a caller.
  public init(actor: Actor, role: Role, peer: String) {
    self.actor = actor
    self.role = role
    self.peer = peer
  }

  /// The agent itself.
  public static let agent = Caller(actor: .agent, role: .admin, peer: "agent")
}
