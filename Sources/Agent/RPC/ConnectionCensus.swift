internal import Synchronization

/// How many connections each user of this machine, and each address elsewhere, has.
final class ConnectionCensus: Sendable {
  private let limit: Int
  private let most: Int
  private let counts = Mutex<[Peer.Origin: Int]>([:])

  /// Creates an empty census that allows `limit` connections an origin and `total` in all.
  init(limit: Int, total: Int) {
    self.limit = limit
    most = total
  }

  /// Counts a connection; `false`, and not counted, where it would be one too many.
  func enter(_ origin: Peer.Origin) -> Bool {
    counts.withLock { counts in
      guard counts[origin, default: 0] < limit, counts.values.reduce(0, +) < most else { return false }
      counts[origin, default: 0] += 1
      return true
    }
  }

  /// Forgets a connection that was counted.
  func leave(_ origin: Peer.Origin) {
    counts.withLock { counts in
      guard let count = counts[origin] else { return }
      counts[origin] = count > 1 ? count - 1 : nil
    }
  }

  /// How many connections there are now.
  var total: Int { counts.withLock { $0.values.reduce(0, +) } }

  /// How many connections an origin has now.
  func count(_ origin: Peer.Origin) -> Int { counts.withLock { $0[origin, default: 0] } }
}
