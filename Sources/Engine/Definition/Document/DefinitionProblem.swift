internal import Foundation

/// One thing that is wrong with a definition or a configuration.
public struct DefinitionProblem: Hashable, Sendable, Codable, CustomStringConvertible {
  /// Where: the key's path, such as `components[1].ports[0]`; empty for the document as a whole.
  public var path: String
  /// What is wrong, and what would be right, without a trailing period.
  public var message: String

  /// Creates a problem.
  public init(path: String, message: String) {
    self.path = path
    self.message = message
  }

  /// The path, a colon and the message.
  public var description: String { path.isEmpty ? message : "\(path): \(message)" }
}

/// Collects problems while a document is read, so that all of them are reported at once.
final class ProblemLog {
  /// The most problems that an error lists; what is beyond that is counted.
  static let maximumListed = 100

  private(set) var problems: [DefinitionProblem] = []
  private var paths: Set<String> = []

  func add(_ path: String, _ message: String) {
    problems.append(DefinitionProblem(path: path, message: message))
    paths.insert(path)
  }

  /// Takes what stands at `path` for judged: its parts were reported.
  func settle(_ path: String) { paths.insert(path) }

  /// Adds `problem` unless something at its path or above it was reported already: what could not be read
  /// is not judged a second time.
  func addUnlessReported(_ problem: DefinitionProblem) {
    guard !isReported(problem.path) else { return }
    add(problem.path, problem.message)
  }

  private func isReported(_ path: String) -> Bool {
    if paths.contains(path) { return true }
    return path.indices.contains { index in
      (path[index] == "." || path[index] == "[") && paths.contains(String(path[..<index]))
    }
  }

  /// The problems as lines, in the natural order of their paths (`ports[2]` before `ports[10]`).
  func lines() -> [String] {
    let ordered = problems.enumerated().sorted { left, right in
      switch left.element.path.compare(right.element.path, options: [.numeric, .literal]) {
      case .orderedAscending: true
      case .orderedDescending: false
      case .orderedSame: left.offset < right.offset
      }
    }
    var lines = ordered.prefix(Self.maximumListed).map(\.element.description)
    if ordered.count > lines.count { lines.append("and \(ordered.count - lines.count) more") }
    return lines
  }

  /// Throws `invalidArgument` with all problems as details, if there are any.
  func check(_ message: @autoclosure () -> String) throws(EngineError) {
    guard !problems.isEmpty else { return }
    throw EngineError(.invalidArgument, message(), details: lines())
  }
}

/// Writes key paths the way people write them.
enum KeyPath {
  static func key(_ path: String, _ key: String) -> String {
    let segment =
      TOMLText.isBareKey(key) && key.utf8.count <= 64 ? key : Text.quoted(key, mark: "\"", limit: 64)
    return path.isEmpty ? segment : "\(path).\(segment)"
  }

  static func index(_ path: String, _ index: Int) -> String { "\(path)[\(index)]" }
}
