internal import Synchronization

/// How many connections each user has.
final class ConnectionCensus: Sendable {
  private let limit: Int
  private let counts = Mutex<[UInt32: Int]>([:])

  /// Creates an empty census that allows `limit` connections a user.
  init(limit: Int) {
    self.limit = limit
  }

  /// Counts a connection; `false`, and not counted, where it would be one too many.
  func enter(_ uid: UInt32) -> Bool {
    counts.withLock { counts in
      guard counts[uid, default: 0] < limit else { return false }
      counts[uid, default: 0] += 1
      return true
    }
  }

  /// Forgets a connection that was counted.
  func leave(_ uid: UInt32) {
    counts.withLock { counts in
      guard let count = counts[uid] else { return }
      counts[uid] = count > 1 ? count - 1 : nil
    }
  }

  /// How many connections a user has now.
  func count(_ uid: UInt32) -> Int { counts.withLock { $0[uid, default: 0] } }
}
