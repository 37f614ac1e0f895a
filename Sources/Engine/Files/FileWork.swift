internal import CLinux
internal import NIOPosix
internal import Synchronization

/// Work on files, which blocks its thread.
enum FileWork {
  private static let transfers = Mutex(0)

  /// Runs `work` on a thread that is there for that.
  static func run<Value: Sendable>(
    _ work: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await NIOThreadPool.singleton.runIfActive(work)
  }

  /// Keeps memory at hand while `body` moves much of it.
  static func transferring<Value>(
    isolation: isolated (any _Concurrency.Actor)? = #isolation, _ body: () async throws -> Value
  ) async throws -> Value {
    count(1)
    defer { count(-1) }
    return try await body()
  }

  private static func count(_ step: Int) {
    transfers.withLock { count in
      let before = count
      count += step
      if (before == 0) != (count == 0) { clinux_keep_memory(count > 0 ? 1 : 0) }
    }
  }
}
