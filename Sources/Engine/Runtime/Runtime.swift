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

  /// Whether the ports of what it runs can be connected to: not where there is no network at all.
  var hasNetwork: Bool { get }

  /// Whether it starts again by itself what ended, by its restart policy; where it does not, the agent does.
  var startsAgain: Bool { get }

  /// What a component would be made from beside its definition and its image, such as files on the node; `nil` is nothing.
  ///
  /// A deploy compares it. Throws `notFound` where that is not there.
  func contentDigest(of component: Component) async throws -> String?

  /// What this driver can do on this machine.
  func capabilities() async throws -> RuntimeCapabilities

  /// All objects this agent's labels are on, whatever their state.
  func list() async throws -> [Instance]

  /// Objects in this runtime that are running and carry no label of ours; for reports, never for changes.
  func listUnmanaged() async throws -> [UnmanagedInstance]

  /// An object, whoever made it, in the words of a definition.
  ///
  /// Throws `notFound` where there is none of that id or name, `unsupported` where the driver cannot tell.
  func describe(_ reference: String) async throws -> ForeignInstance

  /// Takes an object of somebody else for ours from now on, as if it carried these labels.
  ///
  /// The driver forgets that with its process: the agent says it again.
  func adopt(_ id: String, as labels: InstanceLabels) async

  /// Takes objects that were adopted for ours no longer.
  func release(_ ids: Set<String>) async

  /// The objects that are ours because they were adopted.
  var adoptedIDs: Set<String> { get }

  /// One object as it is now, seen through the runtime's own mistakes (a pid that is dead is not running).
  func inspect(_ id: String) async throws -> Instance

  /// Creates an object and does not start it. Throws `alreadyExists` where the name is taken.
  func create(_ spec: InstanceSpec) async throws -> CreatedInstance

  /// Forgets a version of a secret that ``create(_:)`` has got; one that is not there is left alone.
  func removeSecret(_ version: String) async throws

  /// Starts an object; one that runs already is left alone. Returns it as it is then, perhaps without its image.
  @discardableResult
  func start(_ id: String) async throws -> Instance

  /// With which code the process of an object has just ended, where that can be told at once; waits a moment for it.
  ///
  /// `code` is what the kernel tells of the process, `nil` where it does not.
  func exitCode(of id: String, process code: Int?) async -> Int?

  /// The process with which an object was started around `time`, where that can be told at once.
  func startedProcess(of id: String, since time: Date) async -> Int?

  /// Whether an object that was there is gone, where that can be told at once.
  func isGone(_ id: String) async -> Bool

  /// Stops an object: its stop signal, then after `grace` the kill signal. One that does not run is left
  /// alone. Returns when its process is gone.
  @discardableResult
  func stop(_ id: String, grace: Duration) async throws -> StopOutcome

  /// Stops an object whose successor is about to start: as ``stop(_:grace:)``, but returns as soon as its ports are free,
  /// although the runtime may not have confirmed yet that it will not start it again.
  @discardableResult
  func stopForSuccessor(_ id: String, grace: Duration) async throws -> StopOutcome

  /// Removes an object, killing it if it runs. One that is not there is left alone.
  func remove(_ id: String) async throws

  /// Gives an object another name. Throws `alreadyExists` where the name is taken.
  func rename(_ id: String, to name: String) async throws

  /// The id of a local image, or `nil` where there is none.
  func imageID(_ reference: String) async throws -> String?

  /// Whether there is a local image of that name.
  func hasImage(_ reference: String) async throws -> Bool

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

extension Runtime {
  /// Whether the ports of what it runs can be connected to; `true` unless a driver says otherwise.
  public var hasNetwork: Bool { true }

  /// As ``stop(_:grace:)`` unless a driver says otherwise.
  @discardableResult
  public func stopForSuccessor(_ id: String, grace: Duration) async throws -> StopOutcome {
    try await stop(id, grace: grace)
  }

  /// What the kernel tells unless a driver says otherwise.
  public func exitCode(of id: String, process code: Int?) async -> Int? { code }

  /// Whether it does; `true` unless a driver says otherwise.
  public var startsAgain: Bool { true }

  /// None unless a driver says otherwise.
  public func contentDigest(of component: Component) async throws -> String? { nil }

  /// Not told unless a driver says otherwise.
  public func startedProcess(of id: String, since time: Date) async -> Int? { nil }

  /// Not told unless a driver says otherwise.
  public func isGone(_ id: String) async -> Bool { false }

  /// Throws `unsupported` unless a driver says otherwise.
  public func describe(_ reference: String) async throws -> ForeignInstance {
    throw EngineError(.unsupported, "\(kind.rawValue)s of others cannot be taken over")
  }

  /// Does nothing unless a driver says otherwise.
  public func adopt(_ id: String, as labels: InstanceLabels) async {}

  /// Does nothing unless a driver says otherwise.
  public func release(_ ids: Set<String>) async {}

  /// None unless a driver says otherwise.
  public var adoptedIDs: Set<String> { [] }
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
  /// The last lines of the version that failed last, which is gone: the agent has kept them.
  public var failed: Bool

  /// Creates options.
  public init(follow: Bool = false, tail: Int? = nil, since: Date? = nil, failed: Bool = false) {
    self.follow = follow
    self.tail = tail
    self.since = since
    self.failed = failed
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
    /// It works no more, or works again.
    case changed
    /// The runtime's local images changed: one came, went or got another name.
    case imagesChanged
    /// Something else, in the runtime's word.
    case other(String)
  }

  /// The runtime's id of the object.
  public var id: String
  /// Its name.
  public var name: String
  /// What ties it to the registry; `nil` for what is not ours, and for images.
  public var labels: InstanceLabels?
  /// What happened.
  public var action: Action
  /// When.
  public var time: Date

  /// Creates an event.
  public init(id: String, name: String, labels: InstanceLabels?, action: Action, time: Date) {
    self.id = id
    self.name = name
    self.labels = labels
    self.action = action
    self.time = time
  }
}
