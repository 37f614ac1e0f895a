public import Foundation

/// What should be true of a component.
public enum DesiredState: String, Hashable, Sendable, Codable, CaseIterable {
  /// It runs.
  case running
  /// It is known and does not run.
  case stopped
}

/// What is true of a component.
public enum ObservedState: Hashable, Sendable {
  /// It runs.
  case running
  /// It was started and has not passed its health check yet.
  case starting
  /// It runs and fails its health check, or does not answer its runtime.
  case unhealthy
  /// It ended by itself with that exit code.
  case exited(code: Int)
  /// It was stopped on purpose, or created and never started.
  case stopped
  /// There is no runtime object.
  case missing
  /// The runtime cannot be asked.
  case unknown
}

extension ObservedState: CustomStringConvertible, Codable {
  /// The word that people and JSON see; `exited` carries its code as `exited(1)`.
  public var description: String {
    switch self {
    case .running: "running"
    case .starting: "starting"
    case .unhealthy: "unhealthy"
    case .exited(let code): "exited(\(code))"
    case .stopped: "stopped"
    case .missing: "missing"
    case .unknown: "unknown"
    }
  }

  /// Parses the word; an unknown one is ``unknown``.
  public init(_ text: String) {
    switch text {
    case "running": self = .running
    case "starting": self = .starting
    case "unhealthy": self = .unhealthy
    case "stopped": self = .stopped
    case "missing": self = .missing
    default:
      if text.hasPrefix("exited("), text.hasSuffix(")"), let code = Int(text.dropFirst(7).dropLast()) {
        self = .exited(code: code)
      } else {
        self = .unknown
      }
    }
  }

  /// Decodes the word.
  public init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode(String.self))
  }

  /// Encodes the word.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }

  /// Whether a process of it is alive.
  public var isUp: Bool {
    switch self {
    case .running, .starting, .unhealthy: true
    case .exited, .stopped, .missing, .unknown: false
    }
  }
}

/// A difference between desired and observed state.
public struct Drift: Hashable, Sendable, Codable {
  /// The kind of difference.
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    /// It should exist and does not.
    case missing
    /// It should run and ended.
    case exited
    /// It should not run and does.
    case unexpectedRunning = "unexpected-running"
    /// It was created from another definition.
    case specMismatch = "spec-mismatch"
    /// It runs and does not work.
    case unhealthy
    /// It runs here and nobody deployed it.
    case unmanaged
    /// It runs another image than the definition's.
    case imageMismatch = "image-mismatch"
    /// What was there before it was replaced is there still, or it does not have its name yet.
    case leftover
  }

  /// The kind of difference.
  public var kind: Kind
  /// The service concerned, empty for `unmanaged`.
  public var service: String
  /// The component concerned, or the name of the unmanaged container.
  public var component: String
  /// What was found, for people.
  public var message: String

  /// Creates a drift.
  public init(kind: Kind, service: String, component: String, message: String) {
    self.kind = kind
    self.service = service
    self.component = component
    self.message = message
  }
}

/// Something that happened.
public struct Event: Hashable, Sendable, Codable {
  /// The position in the node's history: strictly increasing, never reused.
  public var id: Int64
  /// When, to the millisecond.
  public var time: Date
  /// Who made it happen.
  public var actor: Actor
  /// The service concerned.
  public var service: String?
  /// The component concerned.
  public var component: String?
  /// What kind of event, one of ``EventKind`` or what a script emitted.
  public var kind: String
  /// One line for people.
  public var message: String
  /// Further facts by name.
  public var details: [String: String]

  /// Creates an event.
  public init(
    id: Int64 = 0, time: Date, actor: Actor, service: String? = nil, component: String? = nil,
    kind: String, message: String, details: [String: String] = [:]
  ) {
    self.id = id
    self.time = time
    self.actor = actor
    self.service = service
    self.component = component
    self.kind = kind
    self.message = message
    self.details = details
  }
}

/// The kinds of events that the agent itself writes.
public enum EventKind {
  /// A deploy ended, well or badly: see the detail `result`.
  public static let deploy = "deploy"
  /// A service was removed.
  public static let undeploy = "undeploy"
  /// A service or component was started on purpose.
  public static let start = "start"
  /// A service or component was stopped on purpose.
  public static let stop = "stop"
  /// A service or component was restarted on purpose.
  public static let restart = "restart"
  /// An earlier revision was deployed again.
  public static let rollback = "rollback"
  /// Running containers were taken under management.
  public static let adopt = "adopt"
  /// Several definitions were made true at once.
  public static let sync = "sync"
  /// What should run and did not was started, or created again: see the detail `reason`.
  public static let recovered = "recovered"
  /// Desired and observed state have differed for longer than the grace period: see the detail `drift`.
  public static let drift = "drift"
  /// A drift that was told is over.
  public static let driftEnded = "drift-ended"
  /// A component changes again and again; its changes are not told any more until it keeps still.
  public static let flapping = "flapping"
  /// A component ended so often in short time that it is started again only after a pause.
  public static let crashLoop = "crash-loop"
  /// The agent could not make a component run, and tries no more until somebody does something about it.
  public static let healingEnded = "healing-ended"
  /// A stage of the boot sequence began, ended or is tried again: see the details `stage` and `state`.
  public static let bootStage = "boot-stage"
  /// The boot sequence ended.
  public static let bootDone = "boot-done"
  /// The boot script failed, and everything was started without it.
  public static let bootFailed = "boot-failed"
  /// A sink could not be told of an alert.
  public static let alertUnsent = "alert-unsent"
  /// A sink that could not be told of alerts is told again.
  public static let alertSent = "alert-sent"
  /// Alerts were silenced, or a silence was ended.
  public static let silence = "silence"
  /// A secret got a value.
  public static let secretSet = "secret-set"
  /// A secret was forgotten.
  public static let secretRemoved = "secret-removed"
  /// A component ended by itself.
  public static let exit = "exit"
  /// A component runs again without the agent having started it.
  public static let running = "running"
  /// A runtime object was removed by somebody else.
  public static let removed = "removed"
  /// A component passes its health check, for the first time since it was started or again.
  public static let healthy = "healthy"
  /// A component runs and does not pass its health check.
  public static let unhealthy = "unhealthy"
  /// The agent came up.
  public static let agentStart = "agent-start"
  /// The agent goes down on purpose.
  public static let agentStop = "agent-stop"
  /// An operation that an earlier agent did not finish was finished or undone.
  public static let resumed = "resumed"
  /// A caller was refused.
  public static let denied = "denied"
  /// A command ran in a container.
  public static let exec = "exec"
  /// An operator should look: what a script asks for, or an alert that the agent raised by itself.
  public static let alert = "alert"
  /// A hook of a script ran.
  public static let hook = "hook"
  /// A hook of a script failed, or what it was to be told was lost.
  public static let hookFailed = "hook-failed"
  /// A script was loaded.
  public static let scriptLoaded = "script-loaded"
  /// A script could not be loaded.
  public static let scriptFailed = "script-failed"
  /// A script went away with its file.
  public static let scriptRemoved = "script-removed"
  /// A script went over its limits again and again, and is no longer called.
  public static let scriptDisabled = "script-disabled"

  /// A call that changes something has ended, well or not.
  public static let call = "call"
  /// A token was made.
  public static let tokenCreated = "token-created"
  /// A token was made worthless.
  public static let tokenRevoked = "token-revoked"

  /// What is about scripts themselves, of which hooks are not told.
  static let ofScripts: Set = [hook, hookFailed, scriptLoaded, scriptFailed, scriptRemoved, scriptDisabled]

  /// The kinds that scripts cannot emit.
  static let all: Set = ofScripts.union([
    deploy, undeploy, start, stop, restart, rollback, adopt, sync, recovered, drift, driftEnded, flapping,
    crashLoop,
    healingEnded, bootStage, bootDone, bootFailed, alertUnsent, alertSent, silence, secretSet, secretRemoved,
    exit, running, removed, healthy,
    unhealthy, agentStart, agentStop,
    resumed,
    denied, exec, alert, call, tokenCreated, tokenRevoked,
  ])
}

/// Who makes something happen.
public struct Actor: Hashable, Sendable, Codable, CustomStringConvertible {
  /// The kind of actor.
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    /// A local user, known by uid.
    case user
    /// The holder of a token.
    case token
    /// A Lua script.
    case script
    /// The agent itself.
    case agent
  }

  /// The kind of actor.
  public var kind: Kind
  /// The user's name, the token's subject, the script's path; empty for the agent.
  public var name: String

  /// Creates an actor.
  public init(kind: Kind, name: String) {
    self.kind = kind
    self.name = name
  }

  /// The agent itself.
  public static let agent = Actor(kind: .agent, name: "")

  /// `agent`, `user:alice`, `token:laptop`, `script:hooks/x.lua`.
  public var description: String { name.isEmpty ? kind.rawValue : "\(kind.rawValue):\(name)" }

  /// Parses what ``description`` writes; an unknown kind is a user of the whole text.
  public init(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    if let kind = parts.first.flatMap(Kind.init(rawValue:)) {
      self.init(kind: kind, name: parts.count > 1 ? parts[1] : "")
    } else {
      self.init(kind: .user, name: text)
    }
  }
}
