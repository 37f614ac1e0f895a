package import GRPCCore

extension RPCError.Code {
  /// The status code that carries errors of a kind.
  package init(_ code: EngineError.Code) {
    self =
      switch code {
      case .invalidArgument: .invalidArgument
      case .notFound: .notFound
      case .alreadyExists: .alreadyExists
      case .conflict: .aborted
      case .failedPrecondition: .failedPrecondition
      case .permissionDenied: .permissionDenied
      case .unauthenticated: .unauthenticated
      case .timeout: .deadlineExceeded
      case .unavailable: .unavailable
      case .resourceExhausted: .resourceExhausted
      case .unsupported: .unimplemented
      case .dataLoss: .dataLoss
      case .cancelled: .cancelled
      case .operationFailed: .unknown
      case .internalError: .internalError
      }
  }
}

extension EngineError.Code {
  /// The kind of error that a status code stands for where nothing more precise is known.
  package init(_ code: RPCError.Code) {
    self =
      switch code {
      case .invalidArgument, .outOfRange: .invalidArgument
      case .notFound: .notFound
      case .alreadyExists: .alreadyExists
      case .aborted: .conflict
      case .failedPrecondition: .failedPrecondition
      case .permissionDenied: .permissionDenied
      case .unauthenticated: .unauthenticated
      case .deadlineExceeded: .timeout
      case .unavailable: .unavailable
      case .resourceExhausted: .resourceExhausted
      case .unimplemented: .unsupported
      case .dataLoss: .dataLoss
      case .cancelled: .cancelled
      case .unknown: .operationFailed
      default: .internalError
      }
  }
}
