internal import Synchronization

extension SimulatedRuntime {
  // MARK: - What happens in objects

  /// Makes the process of an object end by itself, as a crash would.
  ///
  /// Throws `notFound` where nothing has that name, `failedPrecondition` where it does not run.
  public func end(_ name: String, code: Int) throws(EngineError) {
    try change { state throws(EngineError) in
      let object = try state.object(named: name)
      guard object.instance.state.isUp else {
        throw EngineError(.failedPrecondition, "\(name) cannot end: it does not run")
      }
      try state.end(object.instance.id, code: code, as: .exited(code: code))
    }
  }

  /// Starts an object that has ended again, as a restart policy would; one that runs ends with `code` before.
  public func restart(_ name: String, code: Int = 1) throws(EngineError) {
    let found = try change { state throws(EngineError) in
      let object = try state.object(named: name)
      let id = object.instance.id
      if object.instance.state.isUp { try state.end(id, code: code, as: .exited(code: code)) }
      state.objects[id]?.instance.restarts += 1
      return (id: id, spec: object.spec, program: state.program)
    }
    try run(found.id, found.program(found.spec))
  }

  /// Writes lines in the name of an object; throws `notFound` where nothing has that name.
  public func output(
    _ name: String, _ text: String, stream: LogLine.Stream = .stdout
  ) throws(EngineError) {
    try change { state throws(EngineError) in
      try state.write(text, to: stream, of: try state.object(named: name).instance.id)
    }
  }

  /// Says what objects do that are started from now on.
  public func onStart(_ handler: @escaping SimulatedProgram.Handler) {
    state.withLock { $0.program = handler }
  }

  /// Says what commands do that are run from now on; without this they write themselves and their input.
  public func onExec(_ handler: @escaping SimulatedExec.Handler) {
    state.withLock { $0.execHandler = handler }
  }

  // MARK: - Faults

  /// Makes the next `times` steps of a kind fail, and change nothing.
  ///
  /// `pattern` is the name of an object, of a network or, for a pull, of an image; a `*` in it stands for any characters,
  /// and `nil` is any. What was asked for first comes first.
  public func fail(_ step: Step, of pattern: String? = nil, times: Int = 1, error: EngineError) {
    guard times > 0 else { return }
    state.withLock {
      $0.faults.append(SimulatedFault(step: step, pattern: pattern, times: times, error: error))
    }
  }

  /// Takes back all that ``fail(_:of:times:error:)`` asked for.
  public func failNoMore() { state.withLock { $0.faults = [] } }

  // MARK: - The world around

  /// What runs beside this runtime's objects; nothing at first.
  public var unmanaged: [UnmanagedInstance] {
    get { state.withLock { $0.unmanaged } }
    set { state.withLock { $0.unmanaged = newValue } }
  }

  /// The images that are there; none at first, and each that is pulled.
  public var localImages: Set<String> {
    get { state.withLock { $0.localImages } }
    set { state.withLock { $0.localImages = newValue } }
  }

  /// The images that no registry has; none at first.
  public var unknownImages: Set<String> {
    get { state.withLock { $0.unknownImages } }
    set { state.withLock { $0.unknownImages = newValue } }
  }

  /// The networks that are there.
  public var networks: Set<String> { state.withLock { $0.networks } }

  // MARK: - Looking at it

  /// The objects as they are, ordered by name.
  public var instances: [Instance] { state.withLock { $0.sortedObjects.map(\.instance) } }

  /// What the object of that name was created from; `nil` where there is none.
  public func spec(of name: String) -> InstanceSpec? {
    state.withLock { state in state.objects.values.first { $0.instance.name == name }?.spec }
  }

  /// What was asked for, failed or not, such as `create web-api`; the last thousands, oldest first.
  public var calls: [String] { state.withLock { $0.calls.elements } }
}
