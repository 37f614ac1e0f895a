/// A component in the words of podman's command line.
///
/// Pure. See podman-run(1).
enum PodmanArguments {
  /// The options, the image and the command of a `podman run` that gives the container which the agent would create.
  static func run(_ component: Component, named name: String, of service: String) -> [String] {
    let component = RoutePorts.withoutForwarder(component)
    var words = ["--name", name, "--restart", component.restart.description]
    if let network = component.network {
      words += ["--network", network]
      if PodmanNetworkMode(network) == nil, network != "bridge" {
        words += ["--network-alias", component.name]
      }
    }
    if let user = component.user { words += ["--user", user] }
    words += component.ports.flatMap { ["--publish", published($0)] }
    words += component.volumes.flatMap {
      ["--volume", "\($0.source):\($0.target):\($0.readOnly ? "ro" : "rw")"]
    }
    for variable in component.environment {
      switch variable.value {
      case .literal(let value): words += ["--env", "\(variable.name)=\(value)"]
      case .secret(let secret):
        words += ["--secret", "\(secretName(secret, of: service)),type=env,target=\(variable.name)"]
      }
    }
    words += component.secrets.flatMap {
      ["--secret", "\(secretName($0.name, of: service)),type=mount,target=\($0.target)"]
    }
    if let memory = component.memory { words += ["--memory", "\(memory)b"] }
    if let cpus = component.cpus { words += ["--cpus", "\(cpus)"] }
    words += component.labels.sorted { $0.key < $1.key }.flatMap { ["--label", "\($0.key)=\($0.value)"] }
    if component.pull != .missing { words += ["--pull", component.pull.rawValue] }
    return words + [component.image ?? ""] + component.command
  }

  /// The name that a person gives a service's secret in podman's own store.
  static func secretName(_ name: String, of service: String) -> String { "\(service).\(name)" }

  /// A port as `--publish` takes it.
  static func published(_ port: PortMapping) -> String {
    var address = ""
    if let host = port.hostIP { address = (host.contains(":") ? "[\(host)]" : host) + ":" }
    return "\(address)\(port.hostPort):\(port.containerPort)/\(port.transport.rawValue)"
  }
}
