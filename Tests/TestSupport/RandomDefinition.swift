public import Engine

/// Makes valid definitions of every shape.
public struct RandomDefinition {
  private var random: SeededGenerator

  /// Creates a source of definitions; every seed gives others.
  public init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  /// The next definition.
  public mutating func next() -> ServiceDefinition {
    var service = ServiceDefinition(name: word())
    if random.chance(2) { service.node = random.pick(["rift", "node_1", "A.example", word()]) }
    service.active = !random.chance(4)
    if random.chance(4) { service.path = random.pick(["src", "a/b c/d", "ünïcode"]) }
    if random.chance(4) {
      for _ in 0...random.number(0...3) { service.buildImages["\(word())/\(word())"] = "docker/\(word())" }
    }
    for index in 0...random.number(0...4) { service.components.append(component(index, service.components)) }
    if random.chance(4) {
      service.snapshot = SnapshotSpec(
        method: random.pick(["full", "default", "exec: tar -c \"a b\""]),
        exclude: random.chance(2) ? [] : ["cache/", "*.tmp", "a/b"])
    }
    return service
  }

  private mutating func component(_ index: Int, _ earlier: [Component]) -> Component {
    var component = Component(name: "\(word().prefix(20))-\(index)")
    component.image = image()
    component.pull = random.pick([.missing, .missing, .always, .never])
    if random.chance(5) { unikernel(&component) }
    if component.runtime == .container, random.chance(3) {
      component.network = random.pick(["mcpnet", "a_b.c-d", "n0"])
    }
    if component.runtime == .container, random.chance(3) {
      component.user = random.pick(["0:0", "1000", "app", "app:staff", "_x:100"])
    }
    component.restart = random.pick([
      .no, .always, .unlessStopped, .onFailure(maxRetries: nil), .onFailure(maxRetries: 7),
    ])
    for position in 0..<random.number(0...3) {
      component.ports.append(
        PortMapping(
          hostIP: random.pick([nil, "127.0.0.1", "::1", "fd00::1:2", "0.0.0.0"]),
          hostPort: 10_000 + index * 100 + position, containerPort: random.number(1...65_535),
          transport: random.pick([.tcp, .udp])))
    }
    for position in 0..<random.number(0...3) {
      component.volumes.append(
        VolumeMount(
          source: "/srv/\(random.pick(["a", "b c", "ü", "q\"q", "tick'"]))", target: "/mnt/\(position)",
          readOnly: random.chance(2)))
    }
    if component.runtime == .container { component.command = texts(0...6) }
    environment(&component)
    if component.runtime == .container, random.chance(4) {
      component.secrets = [SecretFile(name: "key"), SecretFile(name: "\(word())_x.y", path: "/etc/c e/cert")]
    }
    component.dependsOn = earlier.map(\.name).filter { _ in random.chance(2) }
    if component.memory == nil, random.chance(3) {
      component.memory = random.pick([256 << 20, 3 << 30, 1_048_577, 1 << 44, (1 << 20) + 1024])
    }
    if component.runtime == .container, random.chance(3) {
      component.cpus = random.chance(2) ? 0.5 : Double.random(in: 0.01...1024, using: &random)
    }
    if random.chance(3) {
      for _ in 0...random.number(0...3) { component.labels["\(word()).\(word())/x_y"] = text() }
    }
    component.heal = !random.chance(5)
    if random.chance(3) { component.health = health(of: component) }
    routes(&component)
    return component
  }

  private mutating func image() -> String {
    let digest = String(repeating: "0123456789abcdef", count: 4)
    return random.pick([
      "docker.io/library/nginx:1.27", "localhost/x:v1", "mcr.svc.example:8443/a/b_c-d:v1.0.0",
      "web:2", "[::1]:5000/web:2", "example.org/web@sha256:\(digest)", "example.org/web:1@sha256:\(digest)",
    ])
  }

  private mutating func unikernel(_ component: inout Component) {
    var spec = UnikernelSpec()
    if random.chance(2) { spec.kernel = "/srv/mcp/images/uk.elf" }
    if random.chance(2) { spec.disk = "/srv/mcp/images/disk one.img" }
    if spec.kernel != nil || spec.disk != nil { component.image = random.chance(2) ? nil : component.image }
    if spec.kernel != nil || component.image != nil {
      if random.chance(2) { spec.initrd = "/srv/mcp/images/uk.cpio.gz" }
      if random.chance(2) { spec.commandLine = "console=ttyS0 \(text())" }
    }
    if random.chance(2) { spec.sha256 = String(repeating: "00ff", count: 16) }
    component.runtime = .unikernel
    component.unikernel = spec
    component.memory = 64 << 20
    if random.chance(2) { component.cpus = Double(random.number(1...16)) }
  }

  private mutating func environment(_ component: inout Component) {
    let isUnikernel = component.runtime == .unikernel
    // It goes to a kernel's command line.
    if isUnikernel, component.image == nil, component.unikernel?.kernel == nil { return }
    var names: Set<String> = []
    for _ in 0..<random.number(0...6) {
      let name = random.pick(["A", "_B", "PATH", "discovery.type", "X-Y"]) + String(random.number(0...9))
      guard names.insert(name).inserted else { continue }
      component.environment.append(
        EnvironmentVariable(
          name: name,
          value: isUnikernel
            ? .literal("\(word()) \(word())") : random.chance(5) ? .secret(word()) : .literal(text())))
    }
    if random.chance(2) { component.environment.sort { $0.name < $1.name } }
  }

  private mutating func health(of component: Component) -> HealthCheck? {
    let isUnikernel = component.runtime == .unikernel
    let port = component.ports.first { $0.transport == .tcp }?.containerPort
    if port == nil, isUnikernel { return nil }
    let probes: [HealthCheck.Kind] = isUnikernel ? [.http, .grpc] : [.tcp, .http, .exec]
    var check = HealthCheck(kind: port == nil ? .exec : random.pick(probes))
    if check.kind == .exec { check.command = ["/bin/check"] + texts(0...2) } else { check.port = port }
    if check.kind == .http, random.chance(2) { check.status = StatusRange(random.pick(["200", "200-299"])) }
    if check.kind == .http, random.chance(3) { check.body = "ok \"all\"" }
    if check.kind == .http, random.chance(2) { check.path = "/healthz?a=%20\"" }
    if random.chance(2) { check.intervalMs = Int64(random.number(100...86_400_000)) }
    if random.chance(2) { check.timeoutMs = Int64(random.number(1...3_600_000)) }
    if random.chance(2) { check.retries = random.number(1...100) }
    if random.chance(2) { check.startPeriodMs = Int64(random.number(0...86_400_000)) }
    return check
  }

  private mutating func routes(_ component: inout Component) {
    let count = random.chance(3) ? random.number(1...3) : 0
    for index in 0..<count {
      component.routes.append(
        Route(
          name: count == 1 && random.chance(2) ? "" : "r\(index)", port: random.number(1...65_535),
          mode: random.pick([.l4, .l7]), hostname: random.chance(2) ? nil : "web-\(index).example.org"))
    }
  }

  private mutating func texts(_ count: ClosedRange<Int>) -> [String] {
    (0..<random.number(count)).map { _ in text() }
  }

  /// Text with everything that must be escaped, and some that must not.
  private mutating func text() -> String {
    let pieces = [
      "", " ", "a", "word", "\"", "\\", "\\n", "'", "'''", "\"\"\"", "#", "=", "[", "]]", "{", "}", ",", "ü",
      "日本",
      "🚀", "e\u{301}", "\u{301}", "\u{FEFF}", "\u{2028}", "\\u0041", "${HOME}", "%s", "/a/b", "1.5",
      "a rather long piece of text that makes lines too long for one line",
    ]
    return (0..<random.number(0...5)).map { _ in random.pick(pieces) }.joined()
  }

  private mutating func word() -> String {
    let letters = Array("abcdefghijklmnopqrstuvwxyz0123456789")
    return String((0...random.number(0...11)).map { _ in random.pick(letters) })
  }
}
