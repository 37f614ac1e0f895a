/// Values that only configurations have.
extension TableReader {
  /// What `convert` makes of the string at `key`; an empty string stands for an absent one.
  func optional<Value>(_ key: String, _ convert: (String) throws(ValueError) -> Value) -> Value? {
    value(key) { (text) throws(ValueError) -> Value? in text.isEmpty ? nil : try convert(text) } ?? nil
  }

  func duration(_ key: String, _ range: ClosedRange<Int64>) -> Duration? {
    value(key) { (text) throws(ValueError) in .milliseconds(try DurationText.parse(text, in: range)) }
  }

  func size(_ key: String, _ range: ClosedRange<Int64>) -> Int64? {
    value(key) { (text) throws(ValueError) in
      let size = try SizeText.parse(text)
      guard range.contains(size) else {
        throw ValueError(
          "must be from \(SizeText.format(range.lowerBound)) to \(SizeText.format(range.upperBound))")
      }
      return size
    }
  }

  /// Reports that `key` is missing, unless there is something that was reported already.
  func require(_ key: String, _ message: String) {
    log.addUnlessReported(DefinitionProblem(path: path(of: key), message: message))
  }
}

extension AgentConfiguration {
  static func relativePath(_ text: String) throws(ValueError) -> String {
    if let problem = PathText.problem(relative: text) { throw ValueError(problem) }
    return text
  }

  static func serviceName(_ text: String) throws(ValueError) -> String {
    guard ServiceDefinition.isValidName(text) else {
      throw ValueError("\(Text.quoted(text)) cannot name a service")
    }
    return text
  }

  /// A program: a name to be looked for in `PATH`, or an absolute path.
  static func program(_ text: String) throws(ValueError) -> String {
    if Text.isWord(text, others: "._-+") { return text }
    return try PathText.absolute(text)
  }

  /// A unix group by name.
  static func group(_ text: String) throws(ValueError) -> String {
    guard text.utf8.count <= 32, Text.isWord(text, others: "_.-", leading: "_") else {
      throw ValueError("\(Text.quoted(text)) cannot name a group")
    }
    return text
  }

  static func httpsURL(_ text: String) throws(ValueError) -> String {
    try NetworkText.url(text, schemes: ["https"])
  }
}
