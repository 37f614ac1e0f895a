internal import Foundation

/// A directory of its own for one test, removed with everything in it by ``remove()``.
public struct TemporaryDirectory: Sendable {
  /// The absolute path.
  public let path: String

  /// Creates a directory with a short, unique path: unix sockets allow 107 bytes.
  public init() throws {
    let suffix = UUID().uuidString.prefix(8).lowercased()
    path = "/tmp/mcp-test-\(suffix)"
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
  }

  /// Returns the path of `name` inside.
  public func file(_ name: String) -> String { "\(path)/\(name)" }

  /// Removes the directory and its contents.
  public func remove() { try? FileManager.default.removeItem(atPath: path) }

  /// Runs `body` with a new directory and removes it afterwards, also when `body` throws.
  public static func with<Result>(
    _ body: (TemporaryDirectory) async throws -> Result
  ) async throws -> Result {
    let directory = try TemporaryDirectory()
    defer { directory.remove() }
    return try await body(directory)
  }
}
