/// A service as systemd units of podman's own: a way to run it without an agent.
///
/// Pure. See podman-systemd.unit(5), of podman 4.4 and later.
public enum Quadlet {
  /// A file for `~/.config/containers/systemd`.
  public struct File: Hashable, Sendable {
    /// Its name.
    public var name: String
    /// What is in it.
    public var text: String
  }

  /// Returns the units of a service, those of its networks first.
  ///
  /// Throws `unsupported` where it has something that no unit can say.
  public static func files(of definition: ServiceDefinition) throws(EngineError) -> [File] {
    let units = Planner.networks(of: definition).sorted().map {
      File(name: "\($0).network", text: section("Network", [("NetworkName", $0)]))
    }
    var files = units
    for component in definition.components { files.append(try container(component, of: definition)) }
    return files
  }

  private static func container(
    _ original: Component, of definition: ServiceDefinition
  ) throws(EngineError) -> File {
    let service = definition.name
    guard original.runtime == .container, let image = original.image else {
      throw EngineError(
        .unsupported, "\(service)/\(original.name) is not a container, and Quadlet only knows those",
        service: service, component: original.name)
    }
    let component = RoutePorts.withoutForwarder(original)
    let name = Planner.instanceName(service: service, component: component.name)
    let needed = component.dependsOn.map {
      "\(Planner.instanceName(service: service, component: $0)).service"
    }.joined(separator: " ")
    var unit = [("Description", "\(component.name) of \(service)")]
    if !needed.isEmpty { unit += [("Requires", needed), ("After", needed)] }
    var lines = [("ContainerName", name), ("Image", image)]
    if let network = component.network {
      let isManaged = Planner.managedNetwork(component) != nil
      lines.append(("Network", isManaged ? "\(network).network" : network))
      if isManaged { lines.append(("PodmanArgs", "--network-alias \(component.name)")) }
    }
    if let user = component.user {
      let parts = user.split(separator: ":", maxSplits: 1).map(String.init)
      lines.append(("User", parts[0]))
      if parts.count > 1 { lines.append(("Group", parts[1])) }
    }
    lines += component.ports.map { ("PublishPort", PodmanArguments.published($0)) }
    lines += component.volumes.map {
      ("Volume", word("\($0.source):\($0.target):\($0.readOnly ? "ro" : "rw")"))
    }
    for variable in component.environment {
      switch variable.value {
      case .literal(let value): lines.append(("Environment", word("\(variable.name)=\(value)")))
      case .secret(let secret):
        let source = PodmanArguments.secretName(secret, of: service)
        lines.append(("Secret", "\(source),type=env,target=\(variable.name)"))
      }
    }
    lines += component.secrets.map {
      ("Secret", word("\(PodmanArguments.secretName($0.name, of: service)),type=mount,target=\($0.target)"))
    }
    if let memory = component.memory { lines.append(("PodmanArgs", "--memory \(memory)b")) }
    if let cpus = component.cpus { lines.append(("PodmanArgs", "--cpus \(cpus)")) }
    lines += component.labels.sorted { $0.key < $1.key }.map { ("Label", word("\($0.key)=\($0.value)")) }
    if !component.command.isEmpty {
      lines.append(("Exec", component.command.map(word).joined(separator: " ")))
    }
    let text =
      section("Unit", unit) + "\n" + section("Container", lines) + "\n"
      + section("Service", restart(component))
      + (definition.active ? "\n" + section("Install", [("WantedBy", "default.target")]) : "")
    return File(name: "\(name).container", text: text)
  }

  /// systemd restarts units; its words are not podman's.
  private static func restart(_ component: Component) -> [(String, String)] {
    let word =
      switch component.restart {
      case .no: "no"
      case .onFailure: "on-failure"
      case .always, .unlessStopped: "always"
      }
    return [("Restart", word), ("TimeoutStartSec", "900")]
  }

  private static func section(_ name: String, _ lines: [(String, String)]) -> String {
    "[\(name)]\n" + lines.map { "\($0)=\($1)\n" }.joined()
  }

  /// A word as systemd takes it for itself: see systemd.syntax(7) and, for `%` and `$`, systemd.unit(5).
  static func word(_ text: String) -> String {
    let safe = text.replacing("%", with: "%%").replacing("$", with: "$$")
    let special: Set<Character> = [" ", "\t", "\n", "\"", "'", "\\", ";", "#"]
    guard safe.isEmpty || safe.contains(where: special.contains) else { return safe }
    let escaped = safe.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      .replacing("\n", with: "\\n").replacing("\t", with: "\\t")
    return "\"\(escaped)\""
  }
}
