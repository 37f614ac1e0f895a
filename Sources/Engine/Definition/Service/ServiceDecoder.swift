/// Makes a definition of a document's tables.
///
/// It settles types, unknown keys and the small formats inside strings; what the values may be is settled on
/// the definition. An element that cannot be read leaves a placeholder that is valid in no definition, so
/// that the elements after it keep their places.
struct ServiceDecoder {
  /// Where values stand in the document that stand elsewhere in the definition.
  var paths: [String: String] = [:]

  mutating func service(_ reader: TableReader) -> ServiceDefinition {
    var service = ServiceDefinition(name: reader.requiredString("name") ?? "")
    service.node = reader.string("node")
    service.active = reader.boolean("active") ?? service.active
    service.path = reader.string("path")
    if let build = reader.table("build") {
      service.buildImages = build.stringTable("images") ?? [:]
      build.finish()
    }
    for table in reader.tables("components") {
      service.components.append(table.map { component($0) } ?? Component(name: ""))
    }
    if let snapshot = reader.table("snapshot") {
      let defaults = SnapshotSpec()
      service.snapshot = SnapshotSpec(
        method: snapshot.string("method") ?? defaults.method,
        exclude: snapshot.strings("exclude") ?? defaults.exclude)
      snapshot.finish()
    }
    reader.finish()
    return service
  }

  private mutating func component(_ reader: TableReader) -> Component {
    var component = Component(name: reader.requiredString("name") ?? "")
    component.image = reader.string("image")
    component.pull = reader.choice("pull", PullPolicy.self) ?? component.pull
    let runtime = reader.choice("runtime", RuntimeKind.self)
    component.network = reader.string("network")
    component.user = reader.string("user")
    component.restart = reader.value("restart", restart) ?? component.restart
    component.ports = reader.list("ports", placeholder: .unreadable, PortMapping.init(parsing:)) ?? []
    component.volumes = reader.list("volumes", placeholder: .unreadable, VolumeMount.init(parsing:)) ?? []
    component.command = reader.strings("cmd") ?? []
    component.environment = environment(reader)
    component.secrets = reader.list("secrets", placeholder: .unreadable, SecretFile.init(parsing:)) ?? []
    component.dependsOn = reader.strings("depends_on") ?? []
    component.memory = memory(reader)
    component.cpus = cpus(reader)
    component.labels = reader.stringTable("labels") ?? [:]
    component.allowLatest = reader.boolean("allow_latest") ?? component.allowLatest
    component.heal = reader.boolean("heal") ?? component.heal
    let unikernel = unikernel(reader)
    // A runtime that could not be read is taken to be the one that the other keys are about.
    let guess = reader.has("runtime") && unikernel != UnikernelSpec() ? RuntimeKind.unikernel : .container
    component.runtime = runtime ?? guess
    if component.runtime == .unikernel || unikernel != UnikernelSpec() { component.unikernel = unikernel }
    component.health = reader.table("health").flatMap(health)
    component.routes = reader.tables("routes").map { $0.map(route) ?? Route(name: "", port: 0) }
    reader.finish()
    return component
  }

  private func unikernel(_ reader: TableReader) -> UnikernelSpec {
    UnikernelSpec(
      kernel: reader.string("kernel"), initrd: reader.string("initrd"), disk: reader.string("disk"),
      commandLine: reader.string("cmdline"), sha256: reader.string("sha256")?.lowercased())
  }

  private func restart(_ text: String) throws(ValueError) -> RestartPolicy {
    guard let policy = RestartPolicy(text) else {
      throw ValueError(
        "must be `no`, `on-failure`, `on-failure:N`, `always` or `unless-stopped`, not \(Text.quoted(text))")
    }
    return policy
  }

  private func memory(_ reader: TableReader) -> Int64? {
    if case .integer(let bytes)? = reader.node("memory") { return bytes }
    return reader.value("memory", SizeText.parse)
  }

  private func cpus(_ reader: TableReader) -> Double? {
    switch reader.node("cpus") {
    case nil: return nil
    case .integer(let number): return Double(number)
    case .float(let number) where number.isFinite: return number
    case .float:
      reader.report("cpus", "must be a finite number")
      return nil
    case let other?:
      reader.wrongType(reader.path(of: "cpus"), other, expected: "a number")
      return nil
    }
  }

  private func health(_ reader: TableReader) -> HealthCheck? {
    if !reader.has("type") { reader.report("type", "is required") }
    let kind = reader.choice("type", HealthCheck.Kind.self)
    var check = HealthCheck(kind: kind ?? .tcp)
    check.port = reader.integer("port", in: NetworkText.ports)
    check.path = reader.string("path")
    check.status = reader.value("status") { (text) throws(ValueError) in
      guard let range = StatusRange(text) else {
        throw ValueError(
          "must be a status such as `200` or a range such as `200-399`, not \(Text.quoted(text))")
      }
      return range
    }
    check.body = reader.string("body")
    check.command = reader.strings("command") ?? []
    check.intervalMs = reader.value("interval", DurationText.parse) ?? check.intervalMs
    check.timeoutMs = reader.value("timeout", DurationText.parse) ?? check.timeoutMs
    check.retries = reader.integer("retries", in: Limits.healthRetries) ?? check.retries
    check.startPeriodMs = reader.value("start_period", DurationText.parse) ?? check.startPeriodMs
    reader.finish()
    return kind == nil ? nil : check
  }

  private func route(_ reader: TableReader) -> Route {
    if !reader.has("port") { reader.report("port", "is required") }
    let route = Route(
      name: reader.string("name") ?? "", port: reader.integer("port", in: NetworkText.ports) ?? 0,
      address: reader.value("address") { (text) throws(ValueError) in
        guard let address = NetworkText.canonicalIP(text) else {
          throw ValueError("must be an IP address, not \(Text.quoted(text))")
        }
        return address
      },
      target: reader.integer("target", in: NetworkText.ports),
      transport: reader.choice("protocol", PortMapping.TransportProtocol.self) ?? .tcp,
      mode: reader.choice("mode", Route.Mode.self) ?? .l4, hostname: reader.string("hostname"))
    reader.finish()
    return route
  }
}
