internal import Engine

/// What a call knows beside its request.
struct CallContext: Sendable {
  /// The context of the call that is being served; set for the whole of every authorised call.
  ///
  /// One value, not several: with two of them, one within the other, optimised code crashes (Swift 6.3).
  @TaskLocal static var current: CallContext?

  /// Who calls.
  let caller: Caller
  /// Looks again at whether the caller may still do what it does, and returns why not: its token was revoked or has
  /// expired, its role is another.
  ///
  /// What cannot be found out at the moment is no reason.
  let objection: @Sendable () async -> EngineError?

  /// Returns the context of the call that is being served; throws `unauthenticated` where nobody has authorised it.
  static func require() throws -> CallContext {
    guard let current else {
      throw EngineError(.unauthenticated, "the call has no caller")
    }
    return current
  }
}
