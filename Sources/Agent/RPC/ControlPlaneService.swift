internal import Engine
internal import GRPCCore

/// The gRPC service `mcp.v1.ControlPlane`: translates calls, and does nothing else.
struct ControlPlaneService: Mcp_V1_ControlPlane.SimpleServiceProtocol {
  /// The control plane as a caller has it.
  let plane: @Sendable (Caller) -> any ControlPlane
  /// What one client may take.
  let limits: RPCLimits
  /// Tells when the agent goes down.
  let shutdown: ShutdownSignal

  /// How a call ends that the agent's end catches.
  enum Ending {
    /// It is finished first: an answer at hand, or an operation that is under way.
    case finishes
    /// It ends at once: it could go on forever.
    case stops
  }

  /// Runs a call's work for its caller and turns whatever it throws into a status.
  ///
  /// The work is cancelled when the client is gone or its deadline has passed. gRPC tells that beside the
  /// task, and tells the same when the server goes down, which is another matter. Work that could go on forever is also
  /// cancelled when its caller may not do it any more.
  func serve<Answer: Sendable>(
    _ context: ServerContext, atShutdown ending: Ending = .finishes,
    _ work: @escaping @Sendable (any ControlPlane) async throws -> Answer
  ) async throws -> Answer {
    let call: CallContext
    do {
      call = try CallContext.require()
    } catch {
      throw RPCError(EngineError.wrap(error))
    }
    let plane = plane(call.caller)
    let task = Task { try await work(plane) }
    let review = ending == .stops ? reviewing(call) { task.cancel() } : nil
    let result = await withTaskCancellationHandler {
      await withRPCCancellationHandler {
        switch ending {
        case .finishes: await task.result
        case .stops: await shutdown.withHandler({ task.cancel() }, operation: { await task.result })
        }
      } onCancelRPC: {
        if ending == .stops || !shutdown.hasBegun { task.cancel() }
      }
    } onCancel: {
      task.cancel()
    }
    review?.cancel()
    do {
      return try result.get()
    } catch {
      if let objection = await review?.value { throw RPCError(objection) }
      // What reading the request or writing the answer threw is a status already.
      throw error as? RPCError ?? RPCError(describing(error, stopped: ending == .stops))
    }
  }

  /// Calls `end` once the caller may not go on with the call; returns why.
  private func reviewing(
    _ call: CallContext, _ end: @escaping @Sendable () -> Void
  ) -> Task<EngineError?, Never> {
    let interval = limits.reviewInterval
    return Task {
      while (try? await Task.sleep(for: interval)) != nil {
        guard let reason = await call.objection() else { continue }
        end()
        return reason
      }
      return nil
    }
  }

  /// Calls `body` with what comes from `source`, which is read a few elements `ahead` of it.
  ///
  /// A call's requests can be read by one task only, and a source must not be read faster than its client takes it.
  func reading<Source: AsyncSequence & Sendable>(
    _ source: Source, ahead: Int, _ body: (BoundedBuffer<Source.Element>) async throws -> Void
  ) async throws where Source.Element: Sendable {
    let buffer = BoundedBuffer<Source.Element>(capacity: ahead)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        do {
          for try await element in source { try await buffer.send(element) }
          buffer.finish()
        } catch {
          buffer.finish(throwing: error)
        }
      }
      defer {
        buffer.cancel()
        group.cancelAll()
      }
      try await body(buffer)
    }
  }

  private func describing(_ error: any Error, stopped: Bool) -> EngineError {
    let known = error as? EngineError
    let ended = known == nil || known?.code == .cancelled
    // A client that is gone does not cancel this task, only the server's end does.
    if ended, Task.isCancelled || (stopped && shutdown.hasBegun) {
      return EngineError(
        .unavailable, "the agent is shutting down",
        hint: "try again when it is up again; what became of an operation is in `mcp events`")
    }
    return EngineError.wrap(error)
  }
}
