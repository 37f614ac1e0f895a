internal import Synchronization

extension SimulatedRuntime {
  /// Runs a command in a running object, as ``onExec(_:)`` says.
  ///
  /// Throws `failedPrecondition` where the object does not run, `invalidArgument` where the command is empty. When the
  /// object ends, so does the command, with the code of a process that was killed.
  public func exec(_ id: String, request: ExecRequest) async throws -> ExecSession {
    let (output, continuation) = AsyncThrowingStream<ExecSession.Output, any Error>.makeStream()
    let (input, typed) = AsyncStream<ExecSession.Input>.makeStream()
    let process = SimulatedProcess(output: continuation, input: typed)
    let (instance, handler, key) = try change { state throws(EngineError) in
      var object = try state.object(id)
      let name = object.instance.name
      state.note("exec \(name): \(request.command.joined(separator: " "))")
      try state.reach(.exec, name)
      guard !request.command.isEmpty else {
        throw EngineError(.invalidArgument, "cannot run a command in \(name): it is empty")
      }
      guard object.instance.state.isUp else {
        throw EngineError(.failedPrecondition, "cannot run \(request.command[0]) in \(name): it does not run")
      }
      let key = state.nextKey()
      object.processes[key] = process
      state.objects[id] = object
      return (object.instance, state.execHandler, key)
    }
    continuation.onTermination = { [weak self] _ in
      process.cancel()
      self?.state.withLock { state in state.objects[id]?.processes[key] = nil }
    }
    process.run(SimulatedExec(instance: instance, request: request, input: input, process: process), handler)
    return ExecSession(output: output, send: { process.send($0) })
  }
}
