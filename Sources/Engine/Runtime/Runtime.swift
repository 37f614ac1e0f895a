public import Foundation

/// Something that runs components: Podman for containers, QEMU for VMs.
///
/// A driver declares what it can do in ``capabilities()`` and refuses the rest with
/// ``EngineError/Code/unsupported``; it never silently does less. Every driver passes the same contract
/// suite. A driver only ever changes objects that carry its ``InstanceLabels``.
///
/// All methods may throw ``EngineError``: `unavailable` where the runtime cannot be reached, `timeout`
/// where it does not answer in time, `notFound` for an unknown id, `operationFailed` with the runtime's
/// own words for the rest. Cancelling the calling task ends the wait, not what the runtime has begun.
public protocol Runtime: Sendable {
  /// Which components it runs.
  var kind: RuntimeKind { get }

  /// What this driver can do on this machine.
  func capabilities() async throws -> RuntimeCapabilities

  /// All objects this agent's labels are on, whatever their state.
  func list() async throws -> [Instance]

  /// Objects in this runtime that are running and carry no label of ours; for reports, never for changes.
  func listUnmanaged() async throws -> [UnmanagedInstance]

  /// One object as it is now, seen through the runtime's own mistakes (a pid that is dead is not running).
  func inspect(_ id: String) async throws -> Instance

  /// Creates an object and does not start it. Throws `alreadyExists` where the name is taken.
  func create(_ spec: InstanceSpec) async throws -> CreatedInstance

  /// Starts an object; one that runs already is left alone. Returns it as it is then.
  @discardableResult
  func start(_ id: String) async throws -> Instance

  /// Stops an object: its stop signal, then after `grace` the kill signal. One that does not run is left
  /// alone. Returns when its process is gone.
  @discardableResult
  func stop(_ id: String, grace: Duration) async throws -> StopOutcome

  /// Removes an object, killing it if it runs. One that is not there is left alone.
  func remove(_ id: String) async throws

  /// Gives an object another name. Throws `alreadyExists` where the name is taken.
  func rename(_ id: String, to name: String) async throws

  /// The id of a local image, or `nil` where there is none.
  func imageID(_ reference: String) async throws -> String?

  /// Makes an image local and returns its id; reports progress as it comes.
  func pull(_ reference: String, progress: @escaping @Sendable (PullProgress) -> Void) async throws -> String

  /// Makes sure that a network exists. Returns whether it was created now; a created one is labelled ours.
  @discardableResult
  func ensureNetwork(_ name: String) async throws -> Bool

  /// Removes a network if it is ours and nothing uses it. Returns whether it was removed.
  @discardableResult
  func removeNetwork(_ name: String) async throws -> Bool

  /// An object's output, oldest first; with `follow` it goes on until the object ends or the consumer stops.
  func logs(_ id: String, options: LogOptions) -> AsyncThrowingStream<LogLine, any Error>

  /// Runs a command in a running object. Output arrives on the session's stream; the last element is the exit code.
  func exec(_ id: String, request: ExecRequest) async throws -> ExecSession

  /// What happens to our objects from now on, or since `since` where given. The stream ends with an error
  /// when the connection is lost; the caller reconnects with the time of the last event it saw.
  func events(since: Date?) -> AsyncThrowingStream<RuntimeEvent, any Error>
}

/// What a driver can do on this machine.
public struct RuntimeCapabilities: Hashable, Sendable, Codable {
  /// The runtime's name and version, such as `podman 4.3.1`.
  public var version: String
  /// Commands can be run inside.
  public var exec: Bool
  /// Memory and CPU limits take effect.
  public var limits: Bool
  /// Facts for people, such as why a capability is missing.
  public var notes: [String]

  /// Creates capabilities.
  public init(version: String, exec: Bool, limits: Bool, notes: [String] = []) {
    self.version = version
    self.exec = exec
    self.limits = limits
    self.notes = notes
  }
}

/// What ties a runtime object to the registry.
public struct InstanceLabels: Hashable, Sendable, Codable {
  /// The label of the service's name.
  public static let serviceKey = "io.metacircular.service"
  /// The label of the component's name.
  public static let componentKey = "io.metacircular.component"
  /// The label of the revision it was created for.
  public static let revisionKey = "io.metacircular.revision"
  /// The label of the spec hash it was created from.
  public static let specHashKey = "io.metacircular.spec-hash"
  /// The label of the node whose agent made it.
  public static let nodeKey = "io.metacircular.node"

  /// The service's name.
  public var service: String
  /// The component's name.
  public var component: String
  /// The revision it was created for.
  public var revision: Int64
  /// The spec hash it was created from.
  public var specHash: String
  /// The node whose agent made it.
  public var node: String

  /// Creates labels.
  public init(service: String, component: String, revision: Int64, specHash: String, node: String) {
    self.service = service
    self.component = component
    self.revision = revision
    self.specHash = specHash
    self.node = node
  }

  /// The labels as the runtime stores them.
  public var dictionary: [String: String] {
    [
      Self.serviceKey: service, Self.componentKey: component, Self.revisionKey: String(revision),
      Self.specHashKey: specHash, Self.nodeKey: node,
    ]
  }

  /// Reads labels back; `nil` where the object is not ours or they are damaged.
  public init?(_ labels: [String: String]) {
    guard let service = labels[Self.serviceKey], let component = labels[Self.componentKey],
      let revision = labels[Self.revisionKey].flatMap(Int64.init), let hash = labels[Self.specHashKey]
    else { return nil }
    self.init(
      service: service, component: component, revision: revision, specHash: hash,
      node: labels[Self.nodeKey] ?? "")
  }
}

/// What a runtime object is created from.
public struct InstanceSpec: Hashable, Sendable, Codable {
  /// The object's name in the runtime.
  public var name: String
  /// The names under which others on the same network find it.
  public var aliases: [String]
  /// What ties it to the registry.
  public var labels: InstanceLabels
  /// What to run, with secrets resolved by the caller.
  public var component: Component

  /// Creates a specification.
  public init(name: String, aliases: [String], labels: InstanceLabels, component: Component) {
    self.name = name
    self.aliases = aliases
    self.labels = labels
    self.component = component
  }
}

/// The outcome of a create.
public struct CreatedInstance: Hashable, Sendable {
  /// The runtime's id.
  public var id: String
  /// What the runtime warned about, such as limits that it ignores.
  public var warnings: [String]

  /// Creates an outcome.
  public init(id: String, warnings: [String] = []) {
    self.id = id
    self.warnings = warnings
  }
}

/// A runtime object of ours as it was last seen.
public struct Instance: Hashable, Sendable, Codable {
  /// The runtime's id.
  public var id: String
  /// The runtime's name for it.
  public var name: String
  /// What ties it to the registry.
  public var labels: InstanceLabels
  /// What runs it.
  public var runtime: RuntimeKind
  /// Its state.
  public var state: ObservedState
  /// The image as it was asked for.
  public var image: String
  /// The image's id.
  public var imageID: String
  /// The process on the host while it runs.
  public var pid: Int?
  /// When it was last started; `nil` if never.
  public var startedAt: Date?
  /// When it last ended; `nil` if never.
  public var finishedAt: Date?
  /// How often the runtime started it again by itself.
  public var restarts: Int

  /// Creates an instance.
  public init(
    id: String, name: String, labels: InstanceLabels, runtime: RuntimeKind, state: ObservedState,
    image: String, imageID: String, pid: Int? = nil, startedAt: Date? = nil, finishedAt: Date? = nil,
    restarts: Int = 0
  ) {
    self.id = id
    self.name = name
    self.labels = labels
    self.runtime = runtime
    self.state = state
    self.image = image
    self.imageID = imageID
    self.pid = pid
    self.startedAt = startedAt
    self.finishedAt = finishedAt
    self.restarts = restarts
  }
}

/// A runtime object that is not ours.
public struct UnmanagedInstance: Hashable, Sendable, Codable {
  /// The runtime's id.
  public var id: String
  /// Its name.
  public var name: String
  /// Its image.
  public var image: String

  /// Creates an instance.
  public init(id: String, name: String, image: String) {
    self.id = id
    self.name = name
    self.image = image
  }
}

/// How a stop went.
public struct StopOutcome: Hashable, Sendable {
  /// It did not run in the first place.
  public var wasStopped: Bool
  /// The grace period passed and it was killed.
  public var killed: Bool

  /// Creates an outcome.
  public init(wasStopped: Bool = false, killed: Bool = false) {
    self.wasStopped = wasStopped
    self.killed = killed
  }
}

/// How far a pull is.
public struct PullProgress: Hashable, Sendable {
  /// What the registry or the runtime says, one line.
  public var message: String

  /// Creates progress.
  public init(message: String) { self.message = message }
}

/// Which lines of a log are wanted.
public struct LogOptions: Hashable, Sendable {
  /// Goes on with new lines as they are written.
  public var follow: Bool
  /// At most that many of the last lines; `nil` is all.
  public var tail: Int?
  /// Lines from that time on.
  public var since: Date?

  /// Creates options.
  public init(follow: Bool = false, tail: Int? = nil, since: Date? = nil) {
    self.follow = follow
    self.tail = tail
    self.since = since
  }
}

/// One line of output.
public struct LogLine: Hashable, Sendable, Codable {
  /// Where it was written to.
  public enum Stream: String, Hashable, Sendable, Codable {
    /// Standard output.
    case stdout
    /// Standard error.
    case stderr
  }

  /// The component that wrote it; filled in by the control plane.
  public var component: String
  /// When, as precisely as the runtime knows.
  public var time: Date?
  /// Where it was written to.
  public var stream: Stream
  /// The line without its end.
  public var text: String

  /// Creates a line.
  public init(component: String = "", time: Date?, stream: Stream, text: String) {
    self.component = component
    self.time = time
    self.stream = stream
    self.text = text
  }
}

/// A command to run in an object.
public struct ExecRequest: Hashable, Sendable {
  /// The command and its arguments.
  public var command: [String]
  /// Whether it gets a terminal.
  public var tty: Bool
  /// Whether it gets standard input.
  public var stdin: Bool
  /// The user inside; `nil` is the container's.
  public var user: String?
  /// Additional environment as `NAME=value`.
  public var environment: [String]
  /// The terminal's size in columns and rows.
  public var size: TerminalSize?

  /// Creates a request.
  public init(
    command: [String], tty: Bool = false, stdin: Bool = false, user: String? = nil,
    environment: [String] = [], size: TerminalSize? = nil
  ) {
    self.command = command
    self.tty = tty
    self.stdin = stdin
    self.user = user
    self.environment = environment
    self.size = size
  }
}

/// A terminal's size.
public struct TerminalSize: Hashable, Sendable {
  /// Characters a line.
  public var columns: Int
  /// Lines.
  public var rows: Int

  /// Creates a size.
  public init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }
}

/// A command that runs in an object.
///
/// Dropping the output stream ends the session.
public struct ExecSession: Sendable {
  /// What comes back: bytes, then exactly one exit code.
  public enum Output: Hashable, Sendable {
    /// Bytes of standard output (of the terminal, where there is one).
    case stdout([UInt8])
    /// Bytes of standard error.
    case stderr([UInt8])
    /// The command ended with that code.
    case exit(Int)
  }

  /// What goes in.
  public enum Input: Hashable, Sendable {
    /// Bytes for standard input.
    case stdin([UInt8])
    /// Standard input is at its end.
    case endOfInput
    /// The terminal has another size.
    case resize(TerminalSize)
  }

  /// The output, ending with the exit code.
  public let output: AsyncThrowingStream<Output, any Error>
  /// Takes input; ignored once the command has ended.
  public let send: @Sendable (Input) async throws -> Void

  /// Creates a session.
  public init(
    output: AsyncThrowingStream<Output, any Error>, send: @escaping @Sendable (Input) async throws -> Void
  ) {
    self.output = output
    self.send = send
  }
}

/// What happened to a runtime object of ours.
public struct RuntimeEvent: Hashable, Sendable {
  /// What happened.
  public enum Action: Hashable, Sendable {
    /// It was created.
    case created
    /// It was started.
    case started
    /// It ended with that exit code, `nil` where it is not known.
    case died(exitCode: Int?)
    /// It was removed.
    case removed
    /// It was given another name.
    case renamed
    /// Something else, in the runtime's word.
    case other(String)
  }

  /// The runtime's id of the object.
  public var id: String
  /// Its name.
  public var name: String
  /// What ties it to the registry.
  public var labels: InstanceLabels
  /// What happened.
  public var action: Action
  /// When.
  public var time: Date

  /// Creates an event.
  public init(id: String, name: String, labels: InstanceLabels, action: Action, time: Date) {
    self.id = id
    self.name = name
    self.labels = labels
    self.action = action
    self.time = time
  }
}
