/// One of the node's secrets that a component finds as a file, which everybody in the container may read.
public struct SecretFile: Hashable, Sendable, Codable {
  /// The directory of files without a path of their own.
  public static let directory = "/run/secrets"

  /// The secret's name.
  public var name: String
  /// The absolute path in the container; `nil` is the secret's name in ``directory``.
  public var path: String?

  /// Creates a file.
  public init(name: String, path: String? = nil) {
    self.name = name
    self.path = path
  }

  /// The absolute path in the container.
  public var target: String { path ?? "\(Self.directory)/\(name)" }
}
