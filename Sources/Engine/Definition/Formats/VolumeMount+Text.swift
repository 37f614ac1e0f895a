extension VolumeMount {
  /// Stands for a mount that could not be read; it is valid in no definition.
  static let unreadable = VolumeMount(source: "", target: "")

  /// Reads `source:target[:ro|rw]`.
  init(parsing text: String) throws(ValueError) {
    let parts = Text.split(text, ":")
    guard parts.count == 2 || parts.count == 3 else {
      throw ValueError("must be `host-path:path[:ro]`, not \(Text.quoted(text))")
    }
    var readOnly = false
    if parts.count == 3 {
      guard parts[2] == "ro" || parts[2] == "rw" else {
        throw ValueError("the option must be `ro` or `rw`, not \(Text.quoted(parts[2]))")
      }
      readOnly = parts[2] == "ro"
    }
    self.init(source: parts[0], target: parts[1], readOnly: readOnly)
  }

  /// What is wrong with this mount.
  var problem: String? {
    if let problem = PathText.problem(absolute: source) { return "the host path \(problem)" }
    if let problem = PathText.problem(absolute: target) { return "the path in the component \(problem)" }
    if (source + target).utf8.contains(UInt8(ascii: ":")) { return "the paths must not contain `:`" }
    if target == "/" { return "nothing can be mounted over the component's root" }
    return nil
  }
}
