public import Foundation

/// What there is to know of a token that a node has issued, beside its text.
public struct TokenInfo: Hashable, Sendable, Codable {
  /// Its number.
  public var id: String
  /// What it is called; events name it as their actor.
  public var name: String
  /// What it allows.
  public var role: Role
  /// When it was made.
  public var createdAt: Date
  /// Who made it.
  public var createdBy: Actor
  /// When it ends.
  public var expiresAt: Date
  /// When it was revoked; `nil` where it was not.
  public var revokedAt: Date?

  /// Creates a description.
  public init(
    id: String, name: String, role: Role, createdAt: Date, createdBy: Actor, expiresAt: Date,
    revokedAt: Date? = nil
  ) {
    self.id = id
    self.name = name
    self.role = role
    self.createdAt = createdAt
    self.createdBy = createdBy
    self.expiresAt = expiresAt
    self.revokedAt = revokedAt
  }

  /// Whether it is worth something at `time`.
  public func isValid(at time: Date) -> Bool { revokedAt == nil && expiresAt > time }
}

/// A request for a token.
public struct TokenRequest: Hashable, Sendable {
  /// What it is called.
  public var name: String
  /// What it allows.
  public var role: Role
  /// How long it is valid.
  public var lifetime: Duration

  /// Creates a request.
  public init(name: String, role: Role, lifetime: Duration) {
    self.name = name
    self.role = role
    self.lifetime = lifetime
  }

  /// Reads a lifetime such as `12h` or `90d`; throws `invalidArgument` for what is none.
  public static func lifetime(parsing text: String) throws(EngineError) -> Duration {
    do {
      return .milliseconds(try DurationText.parse(text))
    } catch {
      throw EngineError(.invalidArgument, "the lifetime of a token \(error.message)")
    }
  }

  /// How long a token may be valid.
  static let lifetimes = Duration.seconds(60)...Duration.seconds(3653 * 86_400)

  /// Throws `invalidArgument` for a name or a lifetime that cannot be.
  func check() throws(EngineError) {
    let isPlain = name.utf8.allSatisfy {
      Text.isAlphanumeric($0) || [UInt8]("._@-".utf8).contains($0)
    }
    guard !name.isEmpty, name.utf8.count <= 64, isPlain else {
      throw EngineError(
        .invalidArgument, "\(Text.quoted(name)) cannot name a token",
        hint: "a name has 1 to 64 letters, digits, dots, underscores, @ and dashes")
    }
    guard Self.lifetimes.contains(lifetime) else {
      throw EngineError(.invalidArgument, "a token is valid for a time from a minute to ten years")
    }
  }
}

/// A token that was just issued.
public struct IssuedToken: Hashable, Sendable, Codable {
  /// What it is.
  public var info: TokenInfo
  /// Its text, which is kept nowhere.
  public var token: String

  /// Creates the description of a new token.
  public init(info: TokenInfo, token: String) {
    self.info = info
    self.token = token
  }
}

/// The text of a token on its way, RFC 6750.
public enum BearerToken {
  /// The most bytes that a token has.
  public static let maximumBytes = 8 * 1024

  /// Returns the token in a text that may have blanks and a newline around it.
  ///
  /// Throws `invalidArgument` for what cannot be one; the text is not in the error.
  public static func clean(_ text: String, source: String) throws(EngineError) -> String {
    let token = text.drop { $0.isWhitespace }
    let end = token.lastIndex { !$0.isWhitespace }.map { token.index(after: $0) } ?? token.startIndex
    let isPlain = token[..<end].utf8.allSatisfy { (0x21...0x7E).contains($0) }
    guard end > token.startIndex, isPlain, token.utf8.count <= maximumBytes else {
      throw EngineError(
        .invalidArgument, "\(source) contains no token",
        hint: "a token is one word, such as `mcp-agent token create` and `mcp login` make it")
    }
    return String(token[..<end])
  }
}

/// When a token was issued and ends, as it says itself: for its holder, who cannot verify it.
public enum TokenTimes {
  /// `nil` for a token that does not say.
  public static func claimed(by token: String) -> (issued: Date?, expires: Date)? {
    AccessToken.claimedTimes(token)
  }

  /// Whether a token says that a node has issued it.
  public static func isOfNode(_ token: String) -> Bool {
    AccessToken.claimedIssuer(token)?.hasPrefix("mcp-agent:") == true
  }
}
