internal import Foundation

extension SimulatedState {
  /// Starts the process of an object that has none, and lets it do what it does at once.
  ///
  /// Returns the object as it was before its process may have ended: that is told apart, as it is with a real one.
  mutating func run(_ id: String, _ program: SimulatedProgram) throws(EngineError) -> Instance {
    var object = try object(id)
    object.program = program
    object.instance.state = .running
    object.instance.startedAt = time
    objects[id] = object
    tell(.started, of: object.instance)
    let started = object.instance.seen(at: stamp())
    for line in program.output { try write(line, to: .stdout, of: id) }
    if let code = program.exitCode { try end(id, code: code, as: .exited(code: code)) }
    return started
  }

  /// Ends the process of an object that has one, and all that hangs on it.
  mutating func end(_ id: String, code: Int, as state: ObservedState) throws(EngineError) {
    var object = try object(id)
    let (followers, processes) = (object.followers.values, object.processes.values)
    object.followers = [:]
    object.processes = [:]
    object.instance.state = state
    object.instance.finishedAt = time
    objects[id] = object
    for follower in followers { afterwards { follower.finish() } }
    for process in processes { afterwards { process.end(Self.killed) } }
    tell(.died(exitCode: code), of: object.instance)
  }

  /// Adds lines to the output of an object and hands them to whoever follows it.
  mutating func write(_ text: String, to stream: LogLine.Stream, of id: String) throws(EngineError) {
    var object = try object(id)
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.count > 1, lines.last == "" { lines.removeLast() }
    for line in lines {
      let line = LogLine(time: time, stream: stream, text: String(line))
      object.lines.append(line)
      for (key, follower) in object.followers where follower.isFull(after: line) {
        object.followers[key] = nil
        afterwards { follower.finish(throwing: Self.tooSlow("output")) }
      }
    }
    objects[id] = object
  }

  /// Tells everybody who listens what happened.
  mutating func tell(_ action: RuntimeEvent.Action, of instance: Instance) {
    let event = RuntimeEvent(
      id: instance.id, name: instance.name, labels: instance.labels, action: action, time: stamp())
    history.append(event)
    for (key, consumer) in consumers where consumer.isFull(after: event) {
      consumers[key] = nil
      afterwards { consumer.finish(throwing: Self.tooSlow("events")) }
    }
  }

  private static func tooSlow(_ what: String) -> EngineError {
    EngineError(.unavailable, "the \(what) of the simulated runtime came faster than they were read")
  }
}

extension AsyncThrowingStream.Continuation where Element: Sendable {
  /// Hands over an element; returns whether there was no room for it.
  fileprivate func isFull(after element: Element) -> Bool {
    if case .dropped = yield(element) { true } else { false }
  }
}
