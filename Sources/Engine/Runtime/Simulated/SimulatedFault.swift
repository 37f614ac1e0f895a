extension SimulatedRuntime {
  /// What can be made to fail.
  public enum Step: String, Hashable, Sendable, CaseIterable {
    /// Making an image local.
    case pull
    /// Creating an object.
    case create
    /// Starting an object.
    case start
    /// Stopping an object.
    case stop
    /// Removing an object.
    case remove
    /// Giving an object another name.
    case rename
    /// Making a network, or removing it.
    case network
    /// Running a command in an object.
    case exec
    /// Listing all objects.
    case list
    /// Looking at one object.
    case inspect
  }
}

/// A failure that was asked for.
struct SimulatedFault: Sendable {
  let step: SimulatedRuntime.Step
  /// The object, image or network that is meant, with `*` for any characters; `nil` is any.
  let pattern: String?
  var times: Int
  let error: EngineError

  func applies(to step: SimulatedRuntime.Step, _ subject: String) -> Bool {
    self.step == step && (pattern.map { Self.matches(subject, $0) } ?? true)
  }

  /// Whether `text` is what `pattern` says, where a `*` stands for any characters or none.
  static func matches(_ text: String, _ pattern: String) -> Bool {
    let parts = pattern.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false)
    guard let first = parts.first, let last = parts.last, parts.count > 1 else { return text == pattern }
    var rest = Array(text.utf8)[...]
    guard rest.starts(with: first) else { return false }
    rest = rest.dropFirst(first.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      // The first place is the best: it leaves the most for the parts that follow.
      guard let place = rest.indices.first(where: { rest[$0...].starts(with: part) }) else { return false }
      rest = rest[(place + part.count)...]
    }
    return rest.count >= last.count && rest.suffix(last.count).elementsEqual(last)
  }
}
