public import Foundation
internal import Synchronization

/// A runtime that lives in memory and takes no time: for tests of scripts, and of what stands on a runtime.
///
/// It keeps the contract of ``Runtime``. Objects run until they are stopped, or until ``end(_:code:)`` or what
/// ``onStart(_:)`` says makes them end; no restart policy is carried out. Steps fail where ``fail(_:of:times:error:)``
/// asks for it. Nothing of it is kept, and an object has no process on the host.
public final class SimulatedRuntime: Runtime {
  /// Which components it runs.
  public let kind: RuntimeKind
  /// There is none.
  public var hasNetwork: Bool { false }
  /// What time it is, asked at everything that happens.
  private let now: @Sendable () -> Date
  let state: Mutex<SimulatedState>

  /// Creates an empty runtime.
  public init(kind: RuntimeKind = .container, now: @escaping @Sendable () -> Date = { Date() }) {
    self.kind = kind
    self.now = now
    state = Mutex(SimulatedState(kind: kind))
  }

  /// Changes the state at once; streams that ended by it are told afterwards, because they call back.
  func change<Answer: Sendable>(
    _ body: (inout SimulatedState) throws(EngineError) -> Answer
  ) throws(EngineError) -> Answer {
    let time = now()
    let (outcome, endings) = state.withLock { state in
      state.time = time
      let outcome: Result<Answer, EngineError>
      do throws(EngineError) { outcome = .success(try body(&state)) } catch { outcome = .failure(error) }
      return (outcome, state.takeEndings())
    }
    for ending in endings { ending() }
    return try outcome.get()
  }

  /// What this driver can do: everything.
  public func capabilities() async throws -> RuntimeCapabilities {
    RuntimeCapabilities(version: "simulated", exec: true, limits: true)
  }

  /// All objects, ordered by name.
  public func list() async throws -> [Instance] {
    try change { state throws(EngineError) in
      try state.reach(.list, "")
      let asOf = state.stamp()
      return state.sortedObjects.map { $0.instance.seen(at: asOf) }
    }
  }

  /// What ``unmanaged`` says.
  public func listUnmanaged() async throws -> [UnmanagedInstance] { unmanaged }

  /// One object as it is now.
  public func inspect(_ id: String) async throws -> Instance {
    try change { state throws(EngineError) in
      let object = try state.object(id)
      try state.reach(.inspect, object.instance.name)
      return object.instance.seen(at: state.stamp())
    }
  }
}

extension Instance {
  /// This object as somebody saw it who asked at that time.
  func seen(at time: Date) -> Instance {
    var copy = self
    copy.asOf = time
    return copy
  }
}
