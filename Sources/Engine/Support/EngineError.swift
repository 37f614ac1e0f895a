/// The one error type of the engine.
///
/// A door maps ``code`` once: the RPC layer to a status code, the CLI to an exit code. Nothing ever
/// decides on the text of ``message``.
public struct EngineError: Error, Hashable, Sendable, Codable {
  /// What kind of failure this is.
  public enum Code: String, Sendable, Codable, CaseIterable {
    /// The caller's input is wrong: a definition, a name, an option.
    case invalidArgument = "invalid_argument"
    /// The service, component, container, image, network or file does not exist.
    case notFound = "not_found"
    /// Something of that name is there and is not ours to replace.
    case alreadyExists = "already_exists"
    /// Another party holds what is needed: a host port, a name, a lock.
    case conflict = "conflict"
    /// The world is not in a state in which this can be done.
    case failedPrecondition = "failed_precondition"
    /// The caller is known and may not do this.
    case permissionDenied = "permission_denied"
    /// The caller is not known.
    case unauthenticated = "unauthenticated"
    /// A deadline passed.
    case timeout = "timeout"
    /// The node, the agent or the runtime cannot be reached.
    case unavailable = "unavailable"
    /// The disk is full, or a limit is reached.
    case resourceExhausted = "resource_exhausted"
    /// The runtime or this machine cannot do this, or it is not built yet.
    case unsupported = "unsupported"
    /// Stored state is damaged.
    case dataLoss = "data_loss"
    /// The caller ended the wait.
    case cancelled = "cancelled"
    /// The operation was tried and failed: a container that does not start, an image that does not come.
    case operationFailed = "operation_failed"
    /// A defect in this program.
    case internalError = "internal"
  }

  /// What kind of failure this is.
  public var code: Code
  /// What was being done, to what, and why it failed, in one sentence without a trailing period.
  public var message: String
  /// The underlying reason in the words of whoever reported it, if that adds something.
  public var cause: String?
  /// What to do next.
  public var hint: String?
  /// The service concerned.
  public var service: String?
  /// The component concerned.
  public var component: String?
  /// Further lines: all problems of a definition, or the last log lines of a container that failed.
  public var details: [String]

  /// Creates an error.
  public init(
    _ code: Code, _ message: String, cause: String? = nil, hint: String? = nil,
    service: String? = nil, component: String? = nil, details: [String] = []
  ) {
    self.code = code
    self.message = message
    self.cause = cause
    self.hint = hint
    self.service = service
    self.component = component
    self.details = details
  }

  /// Returns this error with the service and component filled in where they are not known yet.
  public func about(service: String?, component: String? = nil) -> EngineError {
    var copy = self
    copy.service = copy.service ?? service
    copy.component = copy.component ?? component
    return copy
  }

  /// Returns `error` as an engine error: itself, a cancellation, or an internal error that carries its text.
  public static func wrap(_ error: any Error) -> EngineError {
    if let error = error as? EngineError { return error }
    if error is CancellationError { return EngineError(.cancelled, "the operation was cancelled") }
    return EngineError(.internalError, "unexpected error", cause: String(describing: error))
  }
}

extension EngineError: CustomStringConvertible {
  /// The message and, after a colon, the cause.
  public var description: String {
    guard let cause, !cause.isEmpty else { return message }
    return "\(message): \(cause)"
  }
}
