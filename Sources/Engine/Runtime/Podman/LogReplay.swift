internal import Foundation

/// Continues a log where an earlier stream of it ended: leaves out what was seen, and finds what was lost.
///
/// Podman's times are whole seconds, so a log can only be continued from a second on, and what was seen of it comes
/// again. So the frames of the last two seconds are remembered and compared with those that come again: an equal one
/// was seen, another one is new. That also finds lines that the earlier stream lost.
struct LogReplay {
  /// What is remembered at most.
  static let mostFrames = 50_000

  private struct Key: Hashable {
    var time: Date
    var content: Int

    init(_ time: Date, _ frame: LogFrames.Frame) {
      self.time = time
      var hasher = Hasher()
      hasher.combine(frame)
      content = hasher.finalize()
    }
  }

  /// The last frames that were seen, oldest first.
  private var seen: [Key] = []
  /// Whether frames of the same seconds came before those: cut off by a tail, or too many.
  private var isIncomplete: Bool
  /// The frames that are expected to come again.
  private var expected: ArraySlice<Key> = []
  private var hasMatched = true

  /// Begins with a log of which the first frames may be left out.
  init(isTail: Bool) { isIncomplete = isTail }

  /// The time from which on a further stream has to begin; `nil` where nothing was seen.
  var start: Date? { seen.first?.time }

  /// Expects frames again from ``start`` on.
  mutating func restart() {
    expected = seen[...]
    hasMatched = expected.isEmpty
  }

  /// Takes note of a frame and says whether it is new.
  mutating func isNew(_ time: Date, _ frame: LogFrames.Frame) -> Bool {
    let key = Key(time, frame)
    if let next = expected.first {
      if next == key {
        expected.removeFirst()
        hasMatched = true
        return false
      }
      // What a tail left out does not become new by coming now.
      if !hasMatched, isIncomplete, time <= next.time { return false }
    }
    remember(key)
    return true
  }

  private mutating func remember(_ key: Key) {
    seen.append(key)
    let start = key.time.addingTimeInterval(-1)
    if let first = seen.first, first.time < start {
      seen.removeAll { $0.time < start }
      isIncomplete = false
    }
    if seen.count > Self.mostFrames {
      seen.removeFirst(seen.count / 2)
      isIncomplete = true
    }
  }
}
