internal import Crypto
public import Foundation

/// What the identity service said of tokens, remembered for a moment.
///
/// Tokens are known by their SHA-256 only. Where the service cannot be reached, what is older than a moment does not count.
public actor IdentityCache {
  /// How long an answer counts, whether the token is valid or not.
  static let lifetime: TimeInterval = 30
  /// How many answers are remembered.
  static let capacity = 10_000

  private struct Entry {
    let validation: IdentityService.Validation
    let until: Date
  }

  private let validate: @Sendable (String) async throws -> IdentityService.Validation
  private let now: @Sendable () -> Date
  private let looks = SharedLook<[UInt8], IdentityService.Validation>()
  private var entries: [[UInt8]: Entry] = [:]

  /// Creates a cache of what `validate` says.
  public init(
    now: @escaping @Sendable () -> Date = { Date() },
    validate: @escaping @Sendable (String) async throws -> IdentityService.Validation
  ) {
    self.validate = validate
    self.now = now
  }

  /// What is known of a token without asking; `nil` where nothing is.
  public func known(_ token: String) -> IdentityService.Validation? {
    let key = Array(SHA256.hash(data: Array(token.utf8)))
    guard let entry = entries[key], entry.until > now() else { return nil }
    return entry.validation
  }

  /// What a token is worth.
  ///
  /// Throws `unavailable` where that is not known and the service cannot be asked.
  public func validation(of token: String) async throws -> IdentityService.Validation {
    if let known = known(token) { return known }
    let key = Array(SHA256.hash(data: Array(token.utf8)))
    let validate = validate
    let validation = try await looks.value(key) { try await validate(token) }
    let time = now()
    if entries.count >= Self.capacity { entries = entries.filter { $0.value.until > time } }
    if entries.count >= Self.capacity { entries = [:] }
    let end = validation.isValid ? validation.expiresAt ?? .distantFuture : .distantFuture
    entries[key] = Entry(validation: validation, until: min(end, time.addingTimeInterval(Self.lifetime)))
    return validation
  }
}
