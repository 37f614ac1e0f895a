/// The text that a service is written in: one TOML document.
public enum ServiceFile {
  static let kind = "service definition"

  /// Returns the definition that `text` contains; `source` says in errors where the text comes from.
  ///
  /// Throws `invalidArgument` with every problem of the text as one line of the error's details, each with
  /// the path of its key; a text that is no TOML gives one line with its line and column.
  public static func parse(_ text: String, source: String) throws(EngineError) -> ServiceDefinition {
    try decode(try TOMLDocument.parse(text, kind: kind, source: source), source: source)
  }

  /// Returns the definition that the tables of a document contain; throws as ``parse(_:source:)`` does.
  static func decode(_ document: [String: TOMLNode], source: String) throws(EngineError) -> ServiceDefinition
  {
    let log = ProblemLog()
    let root = TableReader(document, log: log)
    var decoder = ServiceDecoder()
    let definition = decoder.service(root)
    for var problem in definition.problems() {
      problem.path = decoder.paths[problem.path] ?? problem.path
      log.addUnlessReported(problem)
    }
    try log.check("\(source) is not a valid \(kind)")
    return definition
  }

  /// Returns the text of `definition`: keys in the order of the format's description, defaults left out.
  ///
  /// The text of equal definitions is equal, and that of a valid one parses to the same definition.
  public static func format(_ definition: ServiceDefinition) -> String {
    var formatter = ServiceFormatter()
    formatter.service(definition)
    return formatter.text
  }
}
