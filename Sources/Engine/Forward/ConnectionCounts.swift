internal import Synchronization

/// How many connections there are to each backend.
final class ConnectionCounts: Sendable {
  private let counts = Mutex<[Int: Int]>([:])

  /// The backends with connections.
  var all: [Int: Int] { counts.withLock { $0 } }

  /// Counts one more.
  func enter(_ backend: Int) { counts.withLock { $0[backend, default: 0] += 1 } }

  /// Counts one less.
  func leave(_ backend: Int) {
    counts.withLock { counts in
      guard let count = counts[backend] else { return }
      counts[backend] = count > 1 ? count - 1 : nil
    }
  }
}
