/// Writes a definition as TOML, key by key in the order of the format's description.
struct ServiceFormatter {
  private(set) var text = ""

  mutating func service(_ service: ServiceDefinition) {
    string("name", service.name)
    string("node", service.node)
    if !service.active { line("active = false") }
    string("path", service.path)
    if !service.buildImages.isEmpty {
      header("[build.images]")
      for (image, file) in Self.sorted(service.buildImages) { string(image, file) }
    }
    for component in service.components { self.component(component) }
    if let snapshot = service.snapshot {
      header("[snapshot]")
      string("method", snapshot.method)
      strings("exclude", snapshot.exclude)
    }
  }

  private mutating func component(_ component: Component) {
    let defaults = Component(name: "")
    header("[[components]]")
    string("name", component.name)
    string("image", component.image)
    if component.pull != defaults.pull { string("pull", component.pull.rawValue) }
    if component.runtime != defaults.runtime { string("runtime", component.runtime.rawValue) }
    string("network", component.network)
    string("user", component.user)
    if component.restart != defaults.restart { string("restart", component.restart.description) }
    strings("ports", component.ports.map(\.description))
    strings("volumes", component.volumes.map(\.description))
    strings("cmd", component.command)
    let needsTable = environment(component.environment)
    strings("secrets", component.secrets.map(\.description))
    strings("depends_on", component.dependsOn)
    if let memory = component.memory { string("memory", SizeText.format(memory)) }
    if let cpus = component.cpus { line("cpus = \(cpus)") }
    labels(component.labels)
    if component.allowLatest != defaults.allowLatest { line("allow_latest = \(component.allowLatest)") }
    if component.heal != defaults.heal { line("heal = \(component.heal)") }
    string("kernel", component.unikernel?.kernel)
    string("initrd", component.unikernel?.initrd)
    string("disk", component.unikernel?.disk)
    string("cmdline", component.unikernel?.commandLine)
    string("sha256", component.unikernel?.sha256)
    if needsTable { environmentTable(component.environment) }
    component.health.map { health($0) }
    for route in component.routes { self.route(route) }
  }

  /// Writes variables as an array and returns `false`, or returns `true` where a table says it better.
  ///
  /// A table is what secrets are written in, and it is read in the order of its names. Variables in another
  /// order go into an array, which keeps it.
  private mutating func environment(_ variables: [EnvironmentVariable]) -> Bool {
    let hasSecrets = variables.contains { if case .secret = $0.value { true } else { false } }
    let names = variables.map(\.name)
    if hasSecrets, names == names.sorted() { return true }
    guard !variables.isEmpty else { return false }
    let elements = variables.map { variable in
      switch variable.value {
      case .literal(let value): TOMLText.string("\(variable.name)=\(value)")
      case .secret(let secret):
        "{ name = \(TOMLText.string(variable.name)), secret = \(TOMLText.string(secret)) }"
      }
    }
    line(TOMLText.array("env", elements))
    return false
  }

  private mutating func environmentTable(_ variables: [EnvironmentVariable]) {
    header("[components.env]")
    for variable in variables {
      switch variable.value {
      case .literal(let value): string(variable.name, value)
      case .secret(let secret):
        line("\(TOMLText.key(variable.name)) = { secret = \(TOMLText.string(secret)) }")
      }
    }
  }

  private mutating func labels(_ labels: [String: String]) {
    guard !labels.isEmpty else { return }
    let pairs = Self.sorted(labels).map { "\(TOMLText.key($0.key)) = \(TOMLText.string($0.value))" }
    line("labels = { \(pairs.joined(separator: ", ")) }")
  }

  private mutating func health(_ check: HealthCheck) {
    let defaults = HealthCheck(kind: check.kind)
    header("[components.health]")
    string("type", check.kind.rawValue)
    if let port = check.port { line("port = \(port)") }
    string("path", check.path)
    string("status", check.status?.description)
    string("body", check.body)
    strings("command", check.command)
    duration("interval", check.intervalMs, defaults.intervalMs)
    duration("timeout", check.timeoutMs, defaults.timeoutMs)
    if check.retries != defaults.retries { line("retries = \(check.retries)") }
    duration("start_period", check.startPeriodMs, defaults.startPeriodMs)
  }

  private mutating func route(_ route: Route) {
    header("[[components.routes]]")
    if !route.name.isEmpty { string("name", route.name) }
    line("port = \(route.port)")
    string("address", route.address)
    if let target = route.target { line("target = \(target)") }
    if route.transport != .tcp { string("protocol", route.transport.rawValue) }
    if route.mode != .l4 { string("mode", route.mode.rawValue) }
    string("hostname", route.hostname)
  }

  private static func sorted(_ table: [String: String]) -> [(key: String, value: String)] {
    table.sorted { $0.key < $1.key }
  }

  private mutating func line(_ line: String) { text += line + "\n" }

  private mutating func header(_ header: String) { text += "\n\(header)\n" }

  private mutating func string(_ key: String, _ value: String?) {
    if let value { line("\(TOMLText.key(key)) = \(TOMLText.string(value))") }
  }

  private mutating func strings(_ key: String, _ values: [String]) {
    if !values.isEmpty { line(TOMLText.strings(key, values)) }
  }

  private mutating func duration(_ key: String, _ value: Int64, _ standard: Int64) {
    if value != standard { string(key, DurationText.format(value)) }
  }
}
