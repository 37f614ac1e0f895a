/// Paths in definitions and configurations.
enum PathText {
  static let maximumBytes = 4096

  /// What is wrong with a path that must be absolute and in its shortest form.
  static func problem(absolute path: String) -> String? {
    if let problem = problem(any: path) { return problem }
    guard Text.hasPrefix(path, "/") else { return "must be an absolute path, not \(Text.quoted(path))" }
    let short = normalised(path)
    guard Array(short.utf8) == Array(path.utf8) else {
      return "must be written in its shortest form, \(Text.quoted(short))"
    }
    return nil
  }

  /// What is wrong with a path that must be relative and stay below where it starts.
  static func problem(relative path: String, mayEndInSlash: Bool = false) -> String? {
    if let problem = problem(any: path) { return problem }
    if Text.hasPrefix(path, "/") { return "must be a relative path, not \(Text.quoted(path))" }
    var parts = Text.split(path, "/")
    if mayEndInSlash, parts.count > 1, parts.last == "" { parts.removeLast() }
    guard !parts.contains(where: { $0.isEmpty || $0 == "." }) else {
      return "must be written in its shortest form, without `.` and doubled slashes"
    }
    return nil
  }

  private static func problem(any path: String) -> String? {
    if let problem = Text.problem(with: path, maximum: maximumBytes) { return problem }
    if Text.split(path, "/").contains("..") { return "must not contain `..`" }
    return nil
  }

  /// Returns an absolute path without doubled slashes, `.` and a slash at the end.
  static func normalised(_ path: String) -> String {
    "/" + Text.split(path, "/").filter { !$0.isEmpty && $0 != "." }.joined(separator: "/")
  }

  /// Returns an absolute path of a configuration in its shortest form.
  static func absolute(_ text: String) throws(ValueError) -> String {
    if let problem = problem(any: text) { throw ValueError(problem) }
    guard Text.hasPrefix(text, "/") else {
      throw ValueError("must be an absolute path, not \(Text.quoted(text))")
    }
    return normalised(text)
  }

  /// Returns an absolute path of a configuration; `~` at the start is `home`.
  static func absolute(_ text: String, home: String) throws(ValueError) -> String {
    if text == "~" { return try absolute(home) }
    guard Text.hasPrefix(text, "~/") else { return try absolute(text) }
    return try absolute(home + String(decoding: text.utf8.dropFirst(), as: UTF8.self))
  }

  /// Returns the path of a unix socket, which has room for 107 bytes.
  static func socket(_ text: String) throws(ValueError) -> String {
    let path = try absolute(text)
    guard path.utf8.count <= 107 else {
      throw ValueError("is longer than the 107 bytes that a unix socket's path may have")
    }
    return path
  }

  /// The directory that `path` lies in.
  static func directory(of path: String) -> String {
    normalised(Text.split(path, "/").dropLast().joined(separator: "/"))
  }
}
