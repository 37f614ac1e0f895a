public import Foundation

/// How far a node's boot sequence is.
public struct BootProgress: Hashable, Sendable, Codable {
  /// How it is.
  public enum State: String, Hashable, Sendable, Codable, CaseIterable {
    /// It is under way.
    case running
    /// It has ended well.
    case done
    /// Its script failed, and everything was started without it.
    case failed
  }

  /// How a stage is.
  public enum StageState: String, Hashable, Sendable, Codable, CaseIterable {
    /// Those before it have not ended.
    case pending
    /// It is under way.
    case running
    /// An attempt failed; the next one follows after a pause, and later stages wait.
    case retrying
    /// It has succeeded.
    case done
    /// It has failed, and what comes after it goes on.
    case failed

    /// Whether nothing more happens in it.
    public var isOver: Bool { self == .done || self == .failed }
  }

  /// A stage of it.
  public struct Stage: Hashable, Sendable, Codable {
    /// Its name, unique in the sequence.
    public var name: String
    /// The services that it brings up.
    public var services: [String]
    /// Whether later stages wait until it has succeeded.
    public var required: Bool
    /// How it is.
    public var state: StageState
    /// Attempts so far.
    public var attempts: Int
    /// Why it is not done; `nil` where nothing is wrong.
    public var message: String?
    /// Since when it is in that state.
    public var since: Date

    /// Creates a stage.
    public init(
      name: String, services: [String], required: Bool, state: StageState = .pending, attempts: Int = 0,
      message: String? = nil, since: Date
    ) {
      self.name = name
      self.services = services
      self.required = required
      self.state = state
      self.attempts = attempts
      self.message = message
      self.since = since
    }
  }

  /// The script, such as `boot/standard.lua`.
  public var script: String
  /// How it is.
  public var state: State
  /// Its stages, in the order in which the script declares them.
  public var stages: [Stage]
  /// When it began.
  public var startedAt: Date
  /// When it ended; `nil` while it is under way.
  public var endedAt: Date?
  /// Why it failed; `nil` where it did not.
  public var message: String?

  /// Creates a report.
  public init(
    script: String, state: State = .running, stages: [Stage] = [], startedAt: Date, endedAt: Date? = nil,
    message: String? = nil
  ) {
    self.script = script
    self.state = state
    self.stages = stages
    self.startedAt = startedAt
    self.endedAt = endedAt
    self.message = message
  }
}
