extension SecretFile {
  /// Stands for a file that could not be read; it is valid in no definition.
  static let unreadable = SecretFile(name: "")

  /// Reads `name[:/path]`.
  init(parsing text: String) throws(ValueError) {
    let parts = Text.split(text, ":", max: 2)
    self.init(name: parts[0], path: parts.count == 2 ? parts[1] : nil)
  }

  /// What is wrong with this file.
  var problem: String? {
    if let problem = Self.problem(ofName: name) { return problem }
    guard let path else { return nil }
    if let problem = PathText.problem(absolute: path) { return "the path in the component \(problem)" }
    return path == "/" ? "a file cannot take the place of the component's root" : nil
  }

  /// What is wrong with the name of a secret.
  static func problem(ofName name: String) -> String? {
    guard name.utf8.count > 64 || !Text.isWord(name, others: "_.-") else { return nil }
    return "\(Text.quoted(name)) is not the name of a secret: letters, digits, `_`, `.` and `-`, at most 64"
  }
}

extension SecretFile: CustomStringConvertible {
  /// The spelling of the definition format: `name[:/path]`.
  public var description: String { path.map { "\(name):\($0)" } ?? name }
}
