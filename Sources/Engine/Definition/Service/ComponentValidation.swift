/// Judges one component by itself.
struct ComponentValidation {
  let component: Component
  let path: String
  let log: ProblemLog

  func run() {
    if !ServiceDefinition.isValidName(component.name) { add("name", Self.nameProblem(component.name)) }
    image()
    network()
    if let user = component.user, let problem = Self.userProblem(user) { add("user", problem) }
    if case .onFailure(let retries?) = component.restart, !(1...1_000_000).contains(retries) {
      add("restart", "the number of retries must be from 1 to 1000000")
    }
    list("ports", component.ports, maximum: Limits.ports) { $0.problem }
    volumes()
    arguments("cmd", component.command)
    environment()
    secrets()
    if component.dependsOn.count > Limits.components {
      add("depends_on", "more than \(Limits.components) components")
    }
    limits()
    labels()
    health()
    routes()
    unikernel()
  }

  func add(_ key: String, _ message: String) { log.add(KeyPath.key(path, key), message) }

  private func add(_ key: String, _ index: Int, _ message: String) {
    log.add(KeyPath.index(KeyPath.key(path, key), index), message)
  }

  static func nameProblem(_ name: String) -> String {
    "must be at most \(ServiceDefinition.maximumNameLength) lower-case letters, digits and dashes, with no"
      + " dash at either end, not \(Text.quoted(name))"
  }

  private func list<Element>(
    _ key: String, _ elements: [Element], maximum: Int, problem: (Element) -> String?
  ) {
    guard elements.count <= maximum else { return add(key, "more than \(maximum) elements") }
    for (index, element) in elements.enumerated() {
      if let problem = problem(element) { add(key, index, problem) }
    }
  }

  private func arguments(_ key: String, _ arguments: [String]) {
    list(key, arguments, maximum: Limits.arguments) {
      Text.problem(with: $0, maximum: Limits.valueBytes, mayBeEmpty: true, lines: true)
    }
  }

  private func image() {
    guard let image = component.image else {
      if component.runtime == .container { add("image", "is required") }
      return
    }
    do {
      let reference = try ImageReference(parsing: image)
      guard !reference.isExplicit, !component.allowLatest else { return }
      let what =
        reference.tag == nil ? "has no tag" : "has the tag `latest`, which names another image tomorrow"
      add("image", "\(what): name a version or a digest, or set `allow_latest = true`")
    } catch {
      add("image", error.message)
    }
  }

  private func network() {
    guard let network = component.network else { return }
    if network.utf8.count > 64 || !Text.isWord(network, others: "_.-") {
      add("network", "must be at most 64 letters, digits, `_`, `.` and `-`, not \(Text.quoted(network))")
    } else if Self.networkModes.contains(network) {
      add("network", "`\(network)` is a mode of the runtime, not the name of a network")
    } else if network == "none" || network == "host", !component.ports.isEmpty {
      add("ports", "cannot be published with `network = \"\(network)\"`")
    }
  }

  /// Words that the runtime takes for something other than a network that one can make.
  ///
  /// `none` and `host` are allowed: no network at all, and the host's own.
  private static let networkModes: Set<String> = [
    "bridge", "container", "default", "ns", "pasta", "private", "slirp4netns",
  ]

  private static func userProblem(_ user: String) -> String? {
    let parts = Text.split(user, ":")
    let isValid =
      parts.count <= 2
      && parts.allSatisfy { part in
        if Text.isDigits(part) { return part.utf8.count <= 10 && (Int64(part) ?? .max) < Int64(UInt32.max) }
        return part.utf8.count <= 32 && Text.isWord(part, others: "_.-", leading: "_")
      }
    return isValid ? nil : "must be `uid[:gid]` or `name[:group]`, not \(Text.quoted(user))"
  }

  private func volumes() {
    list("volumes", component.volumes, maximum: Limits.volumes) { $0.problem }
    var targets: Set<String> = []
    for (index, volume) in component.volumes.prefix(Limits.volumes).enumerated() where volume.problem == nil {
      if !targets.insert(volume.target).inserted {
        add("volumes", index, "\(Text.quoted(volume.target)) is mounted twice")
      }
    }
  }

  private func environment() {
    list("env", component.environment, maximum: Limits.environment) { variable in
      let name = variable.name
      guard name.utf8.count <= 256, Text.isWord(name, others: "_.-", leading: "_"),
        name.utf8.first.map(Text.isDigit) == false
      else {
        return
          "\(Text.quoted(name)) is not the name of a variable: letters, digits, `_`, `.` and `-`, at most 256"
      }
      switch variable.value {
      case .literal(let value):
        return Text.problem(with: value, maximum: Limits.valueBytes, mayBeEmpty: true, lines: true)
          .map { "the value of `\(name)` \($0)" }
      case .secret(let secret): return SecretFile.problem(ofName: secret)
      }
    }
    var names: Set<String> = []
    for (index, variable) in component.environment.prefix(Limits.environment).enumerated()
    where !variable.name.isEmpty && !names.insert(variable.name).inserted {
      add("env", index, "\(Text.quoted(variable.name)) is set twice")
    }
  }

  private func secrets() {
    list("secrets", component.secrets, maximum: Limits.secrets) { $0.problem }
    var targets = Set(component.volumes.map(\.target))
    for (index, secret) in component.secrets.prefix(Limits.secrets).enumerated() where secret.problem == nil {
      if !targets.insert(secret.target).inserted {
        add("secrets", index, "\(Text.quoted(secret.target)) is mounted twice")
      }
    }
  }

  private func limits() {
    if let memory = component.memory, !Limits.memory.contains(memory) {
      let range = Limits.memory
      add(
        "memory", "must be from \(SizeText.format(range.lowerBound)) to \(SizeText.format(range.upperBound))")
    }
    // A number that is none is in no range.
    if let cpus = component.cpus, !Limits.cpus.contains(cpus) {
      add("cpus", "must be from \(Limits.cpus.lowerBound) to \(Int(Limits.cpus.upperBound))")
    }
  }

  private func labels() {
    guard component.labels.count <= Limits.labels else {
      return add("labels", "more than \(Limits.labels) elements")
    }
    let labels = KeyPath.key(path, "labels")
    for (key, value) in component.labels.sorted(by: { $0.key < $1.key }) {
      let place = KeyPath.key(labels, key)
      if key.utf8.count > Limits.labelKeyBytes || !Text.isWord(key, others: "_.-/") {
        log.add(
          place,
          "is not the name of a label: letters, digits, `_`, `.`, `-` and `/`, at most \(Limits.labelKeyBytes)"
        )
      } else if Text.hasPrefix(key, "io.metacircular.") {
        log.add(place, "labels that begin with `io.metacircular.` are the agent's own")
      } else if let problem = Text.problem(with: value, maximum: Limits.labelValueBytes, mayBeEmpty: true) {
        log.add(place, problem)
      }
    }
  }

  private func health() {
    guard let check = component.health else { return }
    let health = KeyPath.key(path, "health")
    func add(_ key: String, _ message: String) { log.add(KeyPath.key(health, key), message) }
    func within(_ key: String, _ value: Int64, _ range: ClosedRange<Int64>) {
      if range.contains(value) { return }
      add(
        key,
        "must be from \(DurationText.format(range.lowerBound)) to \(DurationText.format(range.upperBound))")
    }
    let kind = check.kind.rawValue
    if check.kind == .exec {
      if component.runtime == .unikernel { add("type", "`exec` is for containers only") }
      if check.command.isEmpty { add("command", "is required for `exec`") }
      if check.command.first == "" { log.add("\(health).command[0]", "must not be empty") }
      if check.port != nil { add("port", "is not for `exec`") }
    } else {
      if check.port == nil { add("port", "is required for `\(kind)`") }
      if !check.command.isEmpty { add("command", "is only for `exec`") }
    }
    if let port = check.port, !NetworkText.ports.contains(port) { add("port", "must be from 1 to 65535") }
    if let path = check.path {
      if check.kind != .http {
        add("path", "is only for `http`")
      } else if let problem = Text.problem(with: path, maximum: 2048) {
        add("path", problem)
      } else if !Text.hasPrefix(path, "/") || path.utf8.contains(UInt8(ascii: " ")) {
        add("path", "must begin with `/` and must not contain spaces")
      }
    }
    if check.kind != .http {
      if check.status != nil { add("status", "is only for `http`") }
      if check.body != nil { add("body", "is only for `http`") }
    }
    if let body = check.body, let problem = Text.problem(with: body, maximum: 4096) { add("body", problem) }
    if let port = check.port, component.probeEndpoint(of: port) == nil {
      add(
        "port",
        "is not published: the agent reaches a component through `ports` and `routes`; add \(port) to one of them"
      )
    }
    ComponentValidation(component: component, path: health, log: log).arguments("command", check.command)
    within("interval", check.intervalMs, Limits.healthInterval)
    within("timeout", check.timeoutMs, Limits.healthTimeout)
    within("start_period", check.startPeriodMs, Limits.healthStartPeriod)
    if !Limits.healthRetries.contains(check.retries) {
      add("retries", "must be from \(Limits.healthRetries.lowerBound) to \(Limits.healthRetries.upperBound)")
    }
  }

  private func routes() {
    guard component.routes.count <= Limits.routes else {
      return add("routes", "more than \(Limits.routes) elements")
    }
    var names: Set<String> = []
    for (index, route) in component.routes.enumerated() {
      let place = KeyPath.index(KeyPath.key(path, "routes"), index)
      if route.name.isEmpty {
        if component.routes.count > 1 {
          log.add(KeyPath.key(place, "name"), "is required where a component has several routes")
        }
      } else if !ServiceDefinition.isValidName(route.name) {
        log.add(KeyPath.key(place, "name"), Self.nameProblem(route.name))
      } else if !names.insert(route.name).inserted {
        log.add(KeyPath.key(place, "name"), "\(Text.quoted(route.name)) is the name of another route as well")
      }
      if !NetworkText.ports.contains(route.port) {
        log.add(KeyPath.key(place, "port"), "must be from 1 to 65535")
      }
      if let address = route.address, NetworkText.canonicalIP(address) != address {
        log.add(KeyPath.key(place, "address"), "must be an IP address, not \(Text.quoted(address))")
      }
      if let target = route.target {
        if !NetworkText.ports.contains(target) {
          log.add(KeyPath.key(place, "target"), "must be from 1 to 65535")
        } else if component.network == "host" {
          log.add(
            KeyPath.key(place, "target"),
            "cannot be chosen with `network = \"host\"`: listen on the port in $\(route.variable)")
        }
      }
      if component.network == "none" {
        log.add(place, "leads nowhere with `network = \"none\"`")
      }
      if route.mode == .l7, route.transport == .udp {
        log.add(KeyPath.key(place, "mode"), "`l7` is HTTP, which goes over `tcp`")
      }
      if component.environment.contains(where: { $0.name == route.variable }) {
        log.add(KeyPath.key(path, "env"), "`\(route.variable)` is set by the route")
      }
      if component.routes[..<index].contains(where: { $0.claim.collides(with: route.claim) }) {
        log.add(KeyPath.key(place, "port"), "\(route.port) is the port of another route as well")
      }
      if let hostname = route.hostname, let problem = NetworkText.problem(hostName: hostname) {
        log.add(KeyPath.key(place, "hostname"), problem)
      }
    }
  }
}
