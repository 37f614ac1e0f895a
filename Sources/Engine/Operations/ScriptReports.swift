public import Foundation

/// One of the agent's scripts and how it is.
public struct ScriptInfo: Hashable, Sendable, Codable {
  /// How a script is.
  public enum State: String, Hashable, Sendable, Codable, CaseIterable {
    /// It runs its hooks.
    case loaded
    /// It is being loaded for the first time.
    case loading
    /// It does not load, and no earlier version of it is known.
    case failed
    /// It went over its limits again and again, and is no longer called.
    case disabled
  }

  /// The path below the scripts' directory, such as `hooks/notify.lua`.
  public var name: String
  /// How it is.
  public var state: State
  /// When the version in use was loaded.
  public var loadedAt: Date?
  /// What it is called for.
  public var hooks: [HookInfo]
  /// The bytes that it holds.
  public var memory: Int
  /// What is wrong with it, or with its file, where an earlier version is in use.
  public var error: EngineError?

  /// Creates a description.
  public init(
    name: String, state: State, loadedAt: Date? = nil, hooks: [HookInfo] = [], memory: Int = 0,
    error: EngineError? = nil
  ) {
    self.name = name
    self.state = state
    self.loadedAt = loadedAt
    self.hooks = hooks
    self.memory = memory
    self.error = error
  }
}

/// What a script is called for, and how that went so far.
public struct HookInfo: Hashable, Sendable, Codable {
  /// The occasion as the script wrote it, such as `on deploy` or `cron 0 3 * * *`.
  public var occasion: String
  /// How often it was called since it was loaded.
  public var runs: Int
  /// How often it failed.
  public var failures: Int
  /// When it was last called.
  public var lastRun: Date?
  /// When it will be called next, of a schedule.
  public var nextRun: Date?
  /// Why it last failed.
  public var lastError: String?

  /// Creates a description.
  public init(
    occasion: String, runs: Int = 0, failures: Int = 0, lastRun: Date? = nil, nextRun: Date? = nil,
    lastError: String? = nil
  ) {
    self.occasion = occasion
    self.runs = runs
    self.failures = failures
    self.lastRun = lastRun
    self.nextRun = nextRun
    self.lastError = lastError
  }
}

/// What became of a script that was checked or loaded again.
public struct ScriptReport: Hashable, Sendable, Codable {
  /// The path below the scripts' directory.
  public var name: String
  /// Whether nothing is wrong with it.
  public var ok: Bool
  /// One line for people.
  public var message: String
  /// What is wrong with it.
  public var error: EngineError?
  /// What it is called for.
  public var hooks: [String]

  /// Creates a report.
  public init(name: String, ok: Bool, message: String, error: EngineError? = nil, hooks: [String] = []) {
    self.name = name
    self.ok = ok
    self.message = message
    self.error = error
    self.hooks = hooks
  }
}

/// Looks after an agent's scripts.
public protocol ScriptAdministration: Sendable {
  /// The scripts and how they are, ordered by name.
  func list() async -> [ScriptInfo]
  /// Loads every script beside what runs, without effects, and says what is wrong.
  func check() async -> [ScriptReport]
  /// Loads scripts again, all of them for an empty list; one that does not load keeps its last good version.
  ///
  /// Throws `notFound` for a name that is no script.
  func reload(_ names: [String], by actor: Actor) async throws -> [ScriptReport]
}
