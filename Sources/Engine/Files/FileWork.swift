internal import NIOPosix

/// Work on files, which blocks its thread.
enum FileWork {
  /// Runs `work` on a thread that is there for that.
  static func run<Value: Sendable>(
    _ work: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await NIOThreadPool.singleton.runIfActive(work)
  }
}
