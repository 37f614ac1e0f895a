internal import GRPCCore

/// What a call is about, for the errors of its transport.
struct CallSubject {
  /// What was being done, such as `deploying web`.
  let doing: String
  /// The service concerned.
  let service: String?
  /// Whether the call changes something.
  let mutating: Bool

  /// A call that only reads.
  static func reading(_ doing: String, service: String? = nil) -> CallSubject {
    CallSubject(doing: doing, service: service, mutating: false)
  }

  /// A call that changes something.
  static func changing(_ doing: String, service: String?) -> CallSubject {
    CallSubject(doing: doing, service: service, mutating: true)
  }

  /// Returns whatever a call threw as an error of the engine.
  func failure(_ error: any Error) -> EngineError {
    if let error = error as? EngineError { return error }
    if let error = error as? RPCError, let sent = EngineError(status: error) { return sent }
    if let error = error as? TimeLimit.Exceeded {
      return EngineError(
        .timeout, "\(doing): the agent did not answer within \(error.limit)",
        hint: "it may hang, or be overloaded: see its log", service: service)
    }
    if Task.isCancelled || error is CancellationError {
      return EngineError(.cancelled, "\(doing): the wait was cancelled", hint: fate, service: service)
    }
    if let error = error as? RPCError { return transportFailure(error) }
    // The client refuses calls once the connection has ended.
    return EngineError(
      .unavailable, "\(doing): the connection to the agent is closed", cause: String(describing: error),
      hint: fate, service: service)
  }

  /// What an error means that no agent sent.
  private func transportFailure(_ error: RPCError) -> EngineError {
    let message: String
    var code = EngineError.Code(error.code)
    var hint: String? = fate
    switch error.code {
    case .unavailable, .cancelled, .unknown, .internalError, .aborted:
      code = .unavailable
      message = "\(doing): the connection to the agent broke"
    case .deadlineExceeded:
      message = "\(doing): the agent did not answer in time"
    case .unimplemented:
      message = "\(doing): the agent does not know this call"
      hint = "it may be older than this program: compare `mcp version`"
    case .resourceExhausted:
      message = "\(doing): the message is too large"
      hint = "a message has at most 16 MiB"
    default:
      message = "\(doing): the call failed"
    }
    return EngineError(
      code, message, cause: error.message.isEmpty ? nil : error.message, hint: hint, service: service)
  }

  /// Where to find out what became of a change.
  private var fate: String? {
    guard mutating else { return nil }
    let filter = service.map { " --service \($0)" } ?? ""
    return "the agent finishes or undoes what has begun; its outcome is in `mcp events\(filter)`"
  }

  /// Returns what `read` makes of an answer; throws `unsupported` where the answer says what this version
  /// does not know.
  func reading<Result>(_ read: () throws -> Result) throws -> Result {
    do {
      return try read()
    } catch let error as EngineError {
      throw EngineError(
        .unsupported, "\(doing): the agent's answer cannot be read", cause: error.message,
        hint: "the agent may be newer than this program: compare `mcp version`", service: service)
    }
  }
}

extension CallOptions {
  /// Options without a deadline, with the most that a message may have in either direction.
  static var unlimited: CallOptions {
    var options = CallOptions.defaults
    options.maxRequestMessageBytes = RemoteControlPlane.maximumMessageBytes
    options.maxResponseMessageBytes = RemoteControlPlane.maximumMessageBytes
    return options
  }
}
