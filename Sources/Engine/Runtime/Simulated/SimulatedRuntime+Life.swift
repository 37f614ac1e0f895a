extension SimulatedRuntime {
  /// Creates an object and does not start it.
  ///
  /// Throws `alreadyExists` where the name is taken, `notFound` where the image or the network is not there.
  public func create(_ spec: InstanceSpec) async throws -> CreatedInstance {
    try change { state throws(EngineError) in
      state.note("create \(spec.name)")
      try state.reach(.create, spec.name)
      try state.requireFree(spec.name, to: "create \(spec.name)")
      if let image = spec.component.image, !state.localImages.contains(image) {
        throw EngineError(.notFound, "cannot create \(spec.name): the image \(image) is not on this node")
      }
      if let network = spec.component.network, !state.hasNetwork(network) {
        throw EngineError(.notFound, "cannot create \(spec.name): there is no network \(network)")
      }
      let image = spec.component.image ?? ""
      let instance = Instance(
        id: state.makeID(), name: spec.name, labels: spec.labels, runtime: state.kind, state: .stopped,
        image: image, imageID: image.isEmpty ? "" : SimulatedID.image(image))
      state.objects[instance.id] = SimulatedObject(spec: spec, instance: instance)
      state.tell(.created, of: instance)
      return CreatedInstance(id: instance.id)
    }
  }

  /// Does nothing: secrets are kept with the objects that were made from them.
  public func removeSecret(_ version: String) async throws {}

  /// Starts an object; one that runs already is left alone.
  ///
  /// It is returned running, also where ``onStart(_:)`` makes it end at once.
  @discardableResult
  public func start(_ id: String) async throws -> Instance {
    let found = try change { state throws(EngineError) in
      let object = try state.object(id)
      state.note("start \(object.instance.name)")
      try state.reach(.start, object.instance.name)
      return (instance: object.instance.seen(at: state.stamp()), spec: object.spec, program: state.program)
    }
    guard !found.instance.state.isUp else { return found.instance }
    return try run(id, found.program(found.spec))
  }

  /// Starts the process of an object, unless another call has meanwhile.
  @discardableResult
  func run(_ id: String, _ program: SimulatedProgram) throws(EngineError) -> Instance {
    try change { state throws(EngineError) in
      let object = try state.object(id)
      if object.instance.state.isUp { return object.instance.seen(at: state.stamp()) }
      return try state.run(id, program)
    }
  }

  /// Stops an object; one that does not run is left alone.
  ///
  /// What does not react to its stop signal is killed without `grace` having passed.
  @discardableResult
  public func stop(_ id: String, grace: Duration) async throws -> StopOutcome {
    try change { state throws(EngineError) in
      let object = try state.object(id)
      state.note("stop \(object.instance.name)")
      try state.reach(.stop, object.instance.name)
      guard object.instance.state.isUp else { return StopOutcome(wasStopped: true) }
      let isKilled = object.program.ignoresStop
      try state.end(id, code: isKilled ? SimulatedState.killed : 0, as: .stopped)
      return StopOutcome(killed: isKilled)
    }
  }

  /// Removes an object, killing it if it runs; one that is not there is left alone.
  public func remove(_ id: String) async throws {
    try change { state throws(EngineError) in
      guard let object = state.objects[id] else { return }
      state.note("remove \(object.instance.name)")
      try state.reach(.remove, object.instance.name)
      if object.instance.state.isUp { try state.end(id, code: SimulatedState.killed, as: .stopped) }
      state.objects[id] = nil
      state.tell(.removed, of: object.instance)
    }
  }

  /// Gives an object another name; throws `alreadyExists` where that is taken.
  public func rename(_ id: String, to name: String) async throws {
    try change { state throws(EngineError) in
      var object = try state.object(id)
      let before = object.instance.name
      state.note("rename \(before) to \(name)")
      try state.reach(.rename, before)
      guard before != name else { return }
      try state.requireFree(name, to: "rename \(before)")
      object.instance.name = name
      state.objects[id] = object
      state.tell(.renamed, of: object.instance)
    }
  }
}
