internal import Foundation

/// Decides what of drift is worth telling: what lasts, what is over, what comes and goes.
///
/// Pure but for what it remembers.
struct DriftTracker {
  /// When something is worth telling.
  struct Settings: Hashable, Sendable {
    /// How long a drift must last.
    var grace: Duration
    /// The time in which changes of a component are counted.
    var flapWindow: Duration
    /// How many changes within the window are flapping.
    var flapThreshold: Int
  }

  /// What is to be told.
  enum News: Hashable {
    /// It has lasted for longer than the grace period.
    case lasting(Drift)
    /// It was told and is over, after that many seconds.
    case over(Drift, seconds: Double)
    /// A component changes again and again.
    case flapping(Subject, changes: Int)
    /// A component that did keeps still.
    case calm(Subject)
  }

  /// Whose drift it is.
  struct Subject: Hashable {
    var service: String
    var component: String
  }

  private struct Key: Hashable {
    var subject: Subject
    var kind: Drift.Kind
  }

  private struct Entry {
    var drift: Drift
    var since: Date
    var isTold = false
  }

  var settings: Settings
  private var entries: [Key: Entry] = [:]
  private var changes: [Subject: [Date]] = [:]
  private var flapping: Set<Subject> = []

  init(settings: Settings) { self.settings = settings }

  /// Since when there has been that drift.
  func since(_ drift: Drift) -> Date? { entries[Self.key(drift)]?.since }

  /// Notes that a component ended, or stopped working.
  mutating func noteChange(of subject: Subject, at time: Date) {
    changes[subject, default: []].append(time)
    // More are not needed to know that it flaps.
    let kept = settings.flapThreshold
    if changes[subject, default: []].count > kept { changes[subject]?.removeFirst() }
  }

  /// Takes over a drift that was told before.
  mutating func recall(_ drift: Drift, since: Date) {
    entries[Self.key(drift)] = Entry(drift: drift, since: since, isTold: true)
  }

  /// Takes over that a component was told to be flapping.
  mutating func recallFlapping(_ subject: Subject) {
    flapping.insert(subject)
    changes[subject, default: []] += []
  }

  /// Takes over what there is of drift at `time`, and says what is to be told.
  mutating func update(_ drifts: [Drift], at time: Date) -> [News] {
    var news = updateFlapping(at: time)
    let present = Dictionary(drifts.map { (Self.key($0), $0) }, uniquingKeysWith: { first, _ in first })
    for (key, entry) in entries where present[key] == nil {
      entries[key] = nil
      guard entry.isTold, !flapping.contains(key.subject) else { continue }
      news.append(.over(entry.drift, seconds: time.timeIntervalSince(entry.since)))
    }
    for (key, drift) in present.sorted(by: { Self.order($0.value, $1.value) }) {
      var entry = entries[key] ?? Entry(drift: drift, since: time)
      entry.drift = drift
      if !entry.isTold, time.timeIntervalSince(entry.since) >= settings.grace.seconds {
        entry.isTold = true
        if !flapping.contains(key.subject) { news.append(.lasting(drift)) }
      }
      entries[key] = entry
    }
    return news
  }

  /// When the next drift will have lasted for long enough.
  func nextLook(after time: Date) -> Date? {
    let lasting = entries.values.filter { !$0.isTold }.map {
      $0.since.addingTimeInterval(settings.grace.seconds)
    }
    let calm = flapping.compactMap { changes[$0]?.first?.addingTimeInterval(settings.flapWindow.seconds) }
    return (lasting + calm).min()
  }

  private mutating func updateFlapping(at time: Date) -> [News] {
    var news: [News] = []
    let start = time.addingTimeInterval(-settings.flapWindow.seconds)
    for (subject, times) in changes.sorted(by: {
      ($0.key.service, $0.key.component) < ($1.key.service, $1.key.component)
    }) {
      let recent = times.filter { $0 > start }
      changes[subject] = recent.isEmpty ? nil : recent
      let isFlapping = recent.count >= settings.flapThreshold
      if isFlapping, flapping.insert(subject).inserted {
        news.append(.flapping(subject, changes: recent.count))
      } else if !isFlapping, flapping.remove(subject) != nil {
        news.append(.calm(subject))
        // What is wrong all the same is told now.
        for key in entries.keys where key.subject == subject { entries[key]?.isTold = false }
      }
    }
    return news
  }

  private static func key(_ drift: Drift) -> Key {
    Key(subject: Subject(service: drift.service, component: drift.component), kind: drift.kind)
  }

  private static func order(_ left: Drift, _ right: Drift) -> Bool {
    (left.service, left.component, left.kind.rawValue) < (right.service, right.component, right.kind.rawValue)
  }
}
