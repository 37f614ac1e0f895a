internal import Foundation

/// An object of a simulated runtime.
struct SimulatedObject: Sendable {
  let spec: InstanceSpec
  var instance: Instance
  var program = SimulatedProgram()
  var lines = Recent<LogLine>(limit: SimulatedState.kept)
  var followers: [Int: AsyncThrowingStream<LogLine, any Error>.Continuation] = [:]
  /// The commands that run in it.
  var processes: [Int: SimulatedProcess] = [:]

  init(spec: InstanceSpec, instance: Instance) {
    self.spec = spec
    self.instance = instance
  }
}

/// All that a simulated runtime knows.
struct SimulatedState: Sendable {
  /// How many events, calls and lines of an object are remembered.
  static let kept = 4096
  /// How far a consumer may be behind; what is remembered fits in, twice.
  static let window = 2 * kept
  /// The exit code of what was killed.
  static let killed = 137
  /// Words for ways of networking, which are always there.
  static let networkModes: Set = [
    "bridge", "host", "none", "pasta", "podman", "private", "slirp4netns",
  ]

  let kind: RuntimeKind
  var objects: [String: SimulatedObject] = [:]
  var localImages: Set<String> = []
  var unknownImages: Set<String> = []
  var networks: Set<String> = []
  var unmanaged: [UnmanagedInstance] = []
  var faults: [SimulatedFault] = []
  var program: SimulatedProgram.Handler = { _ in SimulatedProgram() }
  var execHandler = SimulatedExec.echo
  var calls = Recent<String>(limit: kept)
  var history = Recent<RuntimeEvent>(limit: kept)
  var consumers: [Int: AsyncThrowingStream<RuntimeEvent, any Error>.Continuation] = [:]
  /// What the clock showed when the change that is being made began.
  var time = Date.distantPast
  private var lastStamp = Date.distantPast
  private var lastKey = 0
  private var lastNumber = 0
  private var endings: [@Sendable () -> Void] = []

  init(kind: RuntimeKind) { self.kind = kind }

  /// The time, but later than every one before and than what the clock shows.
  ///
  /// A clock may stand still. Still it must be told what was seen before an event from what was seen after it, and a
  /// consumer must be able to go on after an event without meeting it again.
  mutating func stamp() -> Date {
    lastStamp = max(time, lastStamp).addingTimeInterval(0.000_001)
    return lastStamp
  }

  mutating func nextKey() -> Int {
    lastKey += 1
    return lastKey
  }

  mutating func makeID() -> String {
    lastNumber += 1
    return SimulatedID.object(lastNumber, of: kind)
  }

  mutating func note(_ call: String) { calls.append(call) }

  /// Has something done when nobody holds the lock any more.
  mutating func afterwards(_ ending: @escaping @Sendable () -> Void) { endings.append(ending) }

  mutating func takeEndings() -> [@Sendable () -> Void] {
    defer { endings = [] }
    return endings
  }

  /// Fails where that was asked for.
  mutating func reach(_ step: SimulatedRuntime.Step, _ subject: String) throws(EngineError) {
    guard let index = faults.firstIndex(where: { $0.applies(to: step, subject) }) else { return }
    let error = faults[index].error
    faults[index].times -= 1
    if faults[index].times == 0 { faults.remove(at: index) }
    throw error
  }

  // MARK: - Finding

  var sortedObjects: [SimulatedObject] { objects.values.sorted { $0.instance.name < $1.instance.name } }

  static func unknown(_ id: String) -> EngineError { EngineError(.notFound, "there is no object \(id)") }

  func object(_ id: String) throws(EngineError) -> SimulatedObject {
    guard let object = objects[id] else { throw Self.unknown(id) }
    return object
  }

  func object(named name: String) throws(EngineError) -> SimulatedObject {
    guard let object = objects.values.first(where: { $0.instance.name == name }) else {
      let names = sortedObjects.map(\.instance.name).joined(separator: ", ")
      throw EngineError(
        .notFound, "there is no object named \(name)",
        hint: names.isEmpty ? "there are no objects" : "there are \(names)")
    }
    return object
  }

  func requireFree(_ name: String, to purpose: String) throws(EngineError) {
    guard objects.values.contains(where: { $0.instance.name == name }) else { return }
    throw EngineError(.alreadyExists, "cannot \(purpose): there is an object named \(name)")
  }

  func hasNetwork(_ name: String) -> Bool { Self.networkModes.contains(name) || networks.contains(name) }
}
