public import Foundation

/// Something that has to be sent about an alert.
public struct AlertNotice: Hashable, Sendable {
  /// What happened to it.
  public enum State: String, Hashable, Sendable, Codable {
    /// It was raised, or became more urgent.
    case firing
    /// It is over.
    case resolved
  }

  /// Its place in the queue.
  public var id: Int64
  /// What happened to it.
  public var state: State
  /// The alert as it was then.
  public var alert: Alert
  /// When.
  public var createdAt: Date
}
