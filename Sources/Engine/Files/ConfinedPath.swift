/// A path below a directory, which it cannot leave by its own words.
struct ConfinedPath: Hashable, Sendable, CustomStringConvertible {
  /// The names on the way, none of them `.` or `..`; none is the directory itself.
  let names: [String]

  /// What a file that is still being received is called, before its name's digest.
  static let partPrefix = ".mcp-part-"

  private init(names: [String]) { self.names = names }

  /// The directory itself.
  static let root = ConfinedPath(names: [])

  /// Reads a path with `/` between its names.
  ///
  /// Empty is the directory itself; a slash at the end is left out.
  /// Throws `invalidArgument` for an absolute path, for `..`, and for names that no file can have.
  init(_ text: String) throws(EngineError) {
    func refuse(_ reason: String) -> EngineError {
      EngineError(
        .invalidArgument, "\(Text.quoted(text)) is no path inside the service's directory: \(reason)",
        hint: "give a path relative to that directory, such as conf/app.toml")
    }
    guard text.utf8.count <= 4096 else { throw refuse("it has more than 4096 bytes") }
    guard text.utf8.first != UInt8(ascii: "/") else { throw refuse("it begins with a slash") }
    var names: [String] = []
    for part in text.utf8.split(separator: UInt8(ascii: "/")) {
      let name = String(decoding: part, as: UTF8.self)
      switch name {
      case ".": continue
      case "..": throw refuse("`..` leads out of it")
      default:
        guard part.count <= 255 else { throw refuse("a name in it has more than 255 bytes") }
        guard !part.contains(0) else { throw refuse("it contains a zero byte") }
        guard !Text.hasPrefix(name, Self.partPrefix) else {
          throw refuse("names that begin with \(Self.partPrefix) are the agent's own")
        }
        names.append(name)
      }
    }
    self.names = names
  }

  /// The last name; `nil` for the directory itself.
  var name: String? { names.last }

  /// The path without its last name.
  var parent: ConfinedPath { ConfinedPath(names: names.dropLast()) }

  /// The path, `.` for the directory itself.
  var description: String { names.isEmpty ? "." : names.joined(separator: "/") }

  /// The path of something below this one.
  func appending(_ other: ConfinedPath) -> ConfinedPath { ConfinedPath(names: names + other.names) }

  /// The path of something in this directory.
  func appending(_ name: String) throws(EngineError) -> ConfinedPath {
    let added = try ConfinedPath(name)
    guard added.names.count == 1 else {
      throw EngineError(.invalidArgument, "\(Text.quoted(name)) cannot name a file")
    }
    return appending(added)
  }
}
