/// Environment variables that stand in for keys of a configuration file.
///
/// The variable of `server.listen` is the prefix with `SERVER_LISTEN`. A reader asks for the variable of each
/// key that it knows, so what nobody asked for belongs to no key.
final class EnvironmentOverrides {
  private let variables: [String: String]
  private var known: Set<String> = []

  init(prefix: String, environment: [String: String], ignoring ignored: Set<String>) {
    variables = environment.filter { Text.hasPrefix($0.key, prefix) && !ignored.contains($0.key) }
  }

  /// Returns the value of `variable` and remembers that there is a key for it.
  func value(of variable: String) -> String? {
    known.insert(variable)
    return variables[variable]
  }

  /// Reports the variables that belong to no key.
  func finish(_ log: ProblemLog) {
    for variable in variables.keys.sorted() where !known.contains(variable) {
      let near = NearestWord.find(variable, among: known.sorted())
      log.add(
        KeyPath.key("", variable),
        "no key is overridden by this variable" + (near.map { "; did you mean `\($0)`?" } ?? ""))
    }
  }
}
