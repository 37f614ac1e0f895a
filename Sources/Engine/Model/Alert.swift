public import Foundation

/// Something that an operator should know of, until it is over.
public struct Alert: Hashable, Sendable, Codable {
  /// How urgent it is.
  public enum Severity: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
    /// Worth reading.
    case info
    /// Worth a look in the morning.
    case warning
    /// Worth getting up for.
    case critical

    /// The less urgent one comes first.
    public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  }

  /// Its number, never given twice.
  public var id: Int64
  /// What it is about, such as `drift:missing:web/api`; there is at most one active alert of a key.
  public var key: String
  /// How urgent it is.
  public var severity: Severity
  /// One line for people.
  public var summary: String
  /// The service concerned.
  public var service: String?
  /// The component concerned.
  public var component: String?
  /// When it was raised.
  public var since: Date
  /// When it was last raised again.
  public var lastSeen: Date
  /// How often it was raised.
  public var count: Int
  /// When it was over; `nil` while it is active.
  public var resolvedAt: Date?
  /// Until when nobody is told of it; `nil` where nothing silences it.
  public var silencedUntil: Date?

  /// Creates an alert.
  public init(
    id: Int64, key: String, severity: Severity, summary: String, service: String? = nil,
    component: String? = nil, since: Date, lastSeen: Date, count: Int = 1, resolvedAt: Date? = nil,
    silencedUntil: Date? = nil
  ) {
    self.id = id
    self.key = key
    self.severity = severity
    self.summary = summary
    self.service = service
    self.component = component
    self.since = since
    self.lastSeen = lastSeen
    self.count = count
    self.resolvedAt = resolvedAt
    self.silencedUntil = silencedUntil
  }
}

/// A time in which nobody is told of some alerts.
public struct Silence: Hashable, Sendable, Codable {
  /// Its number, never given twice.
  public var id: Int64
  /// What it is about: a service, `service/component`, the key of an alert, or a pattern of one with `*`.
  public var match: String
  /// When it ends.
  public var until: Date
  /// Why, in the words of who made it.
  public var reason: String
  /// Who made it.
  public var actor: Actor
  /// When it was made.
  public var createdAt: Date

  /// Creates a silence.
  public init(id: Int64, match: String, until: Date, reason: String, actor: Actor, createdAt: Date) {
    self.id = id
    self.match = match
    self.until = until
    self.reason = reason
    self.actor = actor
    self.createdAt = createdAt
  }

  /// Whether it is about that alert.
  public func covers(_ alert: Alert) -> Bool {
    if match == alert.service { return true }
    if let service = alert.service, let component = alert.component, match == "\(service)/\(component)" {
      return true
    }
    return Self.matches(Array(match.unicodeScalars)[...], Array(alert.key.unicodeScalars)[...])
  }

  private static func matches(_ pattern: ArraySlice<Unicode.Scalar>, _ text: ArraySlice<Unicode.Scalar>)
    -> Bool
  {
    // The classic two positions: where the last star was, and how much it has swallowed.
    var (p, t) = (pattern.startIndex, text.startIndex)
    var star: (pattern: Int, text: Int)?
    while t < text.endIndex {
      if p < pattern.endIndex, pattern[p] == "*" {
        star = (p, t)
        p += 1
      } else if p < pattern.endIndex, pattern[p] == text[t] {
        (p, t) = (p + 1, t + 1)
      } else if let last = star {
        star = (last.pattern, last.text + 1)
        (p, t) = (last.pattern + 1, last.text + 1)
      } else {
        return false
      }
    }
    return pattern[p...].allSatisfy { $0 == "*" }
  }
}
