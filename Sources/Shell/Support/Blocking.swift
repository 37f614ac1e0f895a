import Dispatch

/// Calls that block their thread.
enum Blocking {
  /// Runs `body` on a thread of its own, so that other tasks go on meanwhile.
  static func run<R: Sendable>(_ body: @escaping @Sendable () -> R) async -> R {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(returning: body()) }
    }
  }
}
