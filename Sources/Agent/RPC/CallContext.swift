internal import Engine

/// What a call knows beside its request.
enum CallContext {
  /// Who calls; set for the whole of every authorised call.
  @TaskLocal static var caller: Caller?

  /// Returns who calls; throws `unauthenticated` where nobody has authorised the call.
  static func requireCaller() throws -> Caller {
    guard let caller else {
      throw EngineError(.unauthenticated, "the call has no caller")
    }
    return caller
  }
}
