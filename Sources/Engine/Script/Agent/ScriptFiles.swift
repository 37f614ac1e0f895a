internal import Foundation
internal import Glibc

/// The scripts that lie in a directory, as far as they can be trusted.
///
/// Only regular files count that belong to root or to this user and that nobody else may write, in directories of which
/// the same is true.
public struct ScriptFiles: Sendable {
  /// The most bytes of a script.
  static let maximumBytes: Int64 = 1 << 20
  /// Where the scripts lie that an agent runs, below the directory.
  static let hooks = "hooks"
  /// Where modules lie.
  static let modules = "lib"

  /// The directory.
  public let directory: String
  /// The directory of the modules that come with the product; `nil` where there is none.
  public let shipped: String?
  private let isTrusting: Bool

  /// Creates a view of a directory; `trusting` takes everything that can be read.
  public init(directory: String, shipped: String?, trusting: Bool = false) {
    self.directory = directory
    self.shipped = shipped
    isTrusting = trusting
  }

  /// The names of the scripts that an agent runs, such as `hooks/notify.lua` but not its `_test.lua`, ordered; none where there is no directory.
  ///
  /// Throws `permissionDenied` for a directory that cannot be trusted or read.
  public func names() throws(EngineError) -> [String] {
    let path = "\(directory)/\(Self.hooks)"
    guard FileFacts(path: path) != nil else {
      if errno == ENOENT || errno == ENOTDIR { return [] }
      throw EngineError(
        .permissionDenied, "the scripts in \(path) cannot be looked at",
        cause: String(cString: strerror(errno)))
    }
    try check(directory: directory)
    try check(directory: path)
    do {
      return try FileManager.default.contentsOfDirectory(atPath: path)
        .filter { $0.hasSuffix(".lua") && !$0.hasSuffix("_test.lua") && !$0.hasPrefix(".") }.sorted().map {
          "\(Self.hooks)/\($0)"
        }
    } catch {
      throw EngineError(
        .permissionDenied, "the scripts in \(path) cannot be listed", cause: error.localizedDescription)
    }
  }

  /// The text of a script; throws `notFound`, and `permissionDenied` for one that cannot be trusted.
  public func read(_ name: String) throws(EngineError) -> String {
    guard let text = try read(Self.parts(of: name), below: directory) else {
      throw EngineError(.notFound, "there is no script \(name) in \(directory)")
    }
    return text
  }

  /// The text of a script of the directory, else of one that comes with the product.
  public func readShipped(_ name: String) throws(EngineError) -> String {
    let parts = try Self.parts(of: name)
    if let text = try read(parts, below: directory) { return text }
    if let shipped, let text = try read(parts, below: shipped) { return text }
    throw EngineError(
      .notFound, "there is no script \(name) in \(directory)",
      cause: shipped.map { "nor in \($0)" } ?? "the files that come with the product were not found beside it"
    )
  }

  private static func parts(of name: String) throws(EngineError) -> [String] {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard !parts.isEmpty, parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." && !$0.contains("\0") })
    else { throw EngineError(.invalidArgument, "\(Text.quoted(name)) names no script") }
    return parts
  }

  /// The module of a name such as `boot` or `net.http`: from `lib` or the directory itself, else one of the product's.
  public func module(_ name: String) throws -> LuaModule? {
    let parts = name.split(separator: ".").map(String.init)
    guard let last = parts.last else { return nil }
    let path = parts.dropLast() + [last + ".lua"]
    for prefix in [[Self.modules], []] {
      let whole = prefix + path
      if let text = try read(whole, below: directory) {
        return LuaModule(name: whole.joined(separator: "/"), text: text)
      }
    }
    guard let shipped, let text = try read([Self.modules] + path, below: shipped) else { return nil }
    return LuaModule(name: "mcp/" + path.joined(separator: "/"), text: text)
  }

  private func read(_ parts: [String], below root: String) throws(EngineError) -> String? {
    var path = root
    var directories = [root]
    for part in parts {
      path += "/" + part
      directories.append(path)
    }
    directories.removeLast()
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | (isTrusting ? 0 : O_NOFOLLOW))
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      let reason = errno == ELOOP ? "it is a symbolic link" : String(cString: strerror(errno))
      throw EngineError(.permissionDenied, "the script \(path) cannot be read", cause: reason)
    }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    for directory in directories { try check(directory: directory) }
    guard let facts = FileFacts(descriptor: descriptor) else {
      throw EngineError(.permissionDenied, "the script \(path) cannot be looked at")
    }
    guard facts.kind == .regular else {
      throw EngineError(.permissionDenied, "the script \(path) is not a regular file")
    }
    guard facts.size <= Self.maximumBytes else {
      throw EngineError(
        .resourceExhausted, "the script \(path) is larger than \(Self.maximumBytes >> 20) MiB")
    }
    try check(facts, path)
    let bytes: Data
    do {
      bytes = try file.readToEnd() ?? Data()
    } catch {
      throw EngineError(
        .permissionDenied, "the script \(path) cannot be read", cause: error.localizedDescription)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw EngineError(.invalidArgument, "the script \(path) is not UTF-8")
    }
    return text
  }

  private func check(directory: String) throws(EngineError) {
    guard let facts = FileFacts(path: directory, followingLinks: isTrusting), facts.kind == .directory else {
      throw EngineError(.permissionDenied, "\(directory) is not a directory, or a link to one")
    }
    try check(facts, directory)
  }

  private func check(_ facts: FileFacts, _ path: String) throws(EngineError) {
    if isTrusting { return }
    guard facts.owner == 0 || facts.owner == geteuid() else {
      throw EngineError(
        .permissionDenied, "\(path) belongs to the user \(facts.owner), who could change what the agent runs",
        hint: "chown it to root or to the agent's user")
    }
    guard facts.permissions & 0o022 == 0 else {
      throw EngineError(
        .permissionDenied, "\(path) can be written by others than its owner", hint: "chmod go-w \(path)")
    }
  }
}
