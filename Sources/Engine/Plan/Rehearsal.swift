/// What a person types to bring services up on a node that has podman and no `mcp`.
///
/// Pure.
public enum Rehearsal {
  /// Returns a shell script that starts what should run of `services`, in the order in which `recover` does.
  public static func script(_ services: [ServiceRecord]) -> String {
    var lines: [String] = []
    let networks = services.reduce(into: Set<String>()) { $0.formUnion(Planner.networks(of: $1.definition)) }
    for network in networks.sorted() {
      lines.append("podman network exists \(quoted(network)) || podman network create \(quoted(network))")
    }
    for service in services { lines += steps(of: service) }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func steps(of service: ServiceRecord) -> [String] {
    let name = service.definition.name
    let wanted = service.definition.components.filter { component in
      service.components.contains { $0.name == component.name && $0.desired == .running }
    }
    guard !wanted.isEmpty else { return ["", "# \(name): stopped, nothing to start"] }
    let levels = Planner.levels(of: service.definition)
    let ordered = wanted.enumerated().sorted {
      (levels[$0.element.name] ?? 0, $0.offset) < (levels[$1.element.name] ?? 0, $1.offset)
    }
    return ["", "# \(name), revision \(service.revision)"]
      + ordered.flatMap { lines(for: $0.element, of: name) }
  }

  private static func lines(for component: Component, of service: String) -> [String] {
    let instance = Planner.instanceName(service: service, component: component.name)
    guard component.runtime == .container, component.image != nil else {
      return ["# \(instance): not a container, podman cannot run it"]
    }
    var lines: [String] = []
    if !component.dependsOn.isEmpty {
      lines.append("# \(instance): only once \(component.dependsOn.joined(separator: ", ")) works")
    }
    lines += component.secretNames.sorted().map {
      "# \(instance) needs: podman secret create \(PodmanArguments.secretName($0, of: service)) FILE"
    }
    let words = ["podman", "run", "--detach"] + PodmanArguments.run(component, named: instance, of: service)
    return lines + [words.map(quoted).joined(separator: " ")]
  }

  /// A word as a POSIX shell takes it for itself.
  static func quoted(_ word: String) -> String {
    let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+=:,./-")
    guard word.isEmpty || !word.allSatisfy(plain.contains) else { return word }
    return "'" + word.replacing("'", with: "'\\''") + "'"
  }
}
