internal import Foundation

extension AgentConfiguration {
  static let kind = "agent configuration"
  /// What the variables that override keys begin with.
  static let variablePrefix = "MCP_AGENT_"
  /// The variable that names the configuration file and is no key.
  static let pathVariable = "MCP_AGENT_CONFIG"

  /// Returns the configuration of the file at `path`, with the keys that `environment` overrides.
  ///
  /// Throws `notFound` where there is no file, `permissionDenied` where it may not be read, and what
  /// ``parse(_:source:environment:)`` throws.
  public static func load(
    path: String, environment: [String: String]
  ) throws(EngineError) -> AgentConfiguration {
    let text: String
    do {
      text = try TextFile.read(path, kind: kind)
    } catch {
      var error = error
      if error.code == .notFound { error.hint = "`mcp-agent init` writes one; `--config` names another file" }
      throw error
    }
    return try parse(text, source: path, environment: environment)
  }

  /// Returns the configuration that `text` contains, with the keys that `environment` overrides.
  ///
  /// The variable of `server.listen` is `MCP_AGENT_SERVER_LISTEN`, and so on for every key of one value or a
  /// list of strings, which is written with commas. Throws `invalidArgument` with every problem of text and
  /// environment as one line of the error's details; `source` says where the text comes from.
  public static func parse(
    _ text: String, source: String, environment: [String: String]
  ) throws(EngineError) -> AgentConfiguration {
    let log = ProblemLog()
    let overrides = EnvironmentOverrides(
      prefix: variablePrefix, environment: environment, ignoring: [pathVariable])
    let document = try TOMLDocument.parse(text, kind: kind, source: source)
    let reader = TableReader(document, log: log, overrides: overrides, variablePrefix: variablePrefix)
    let configuration = read(reader, environment)
    reader.finish()
    overrides.finish(log)
    try log.check("\(source) is not a valid \(kind)")
    return configuration
  }

  /// The first label of this host's name, where that can name a node.
  static func hostName() -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard gethostname(&buffer, buffer.count - 1) == 0 else { return "node" }
    let name = String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    let label = Text.split(name, ".")[0].lowercased()
    return NetworkText.problem(nodeName: label) == nil ? label : "node"
  }

  private static func read(_ root: TableReader, _ environment: [String: String]) -> AgentConfiguration {
    let database = root.section("database")
    var result = AgentConfiguration(environment: environment)
    if let path = database.value("path", PathText.absolute) {
      result = AgentConfiguration(environment: environment, databasePath: path)
    }
    database.finish()

    let node = root.section("node")
    node.value("name", NetworkText.nodeName).map { result.node.name = $0 }
    node.finish()
    readServer(root.section("server"), &result.server)

    let services = root.section("services")
    services.value("root", PathText.absolute).map { result.services.root = $0 }
    services.finish()

    let volumes = root.section("volumes")
    volumes.list("allowed", placeholder: "", PathText.absolute).map { result.volumes.allowed = $0 }
    volumes.finish()

    let podman = root.section("podman")
    result.podman.socket = podman.optional("socket", PathText.socket)
    podman.integer("max_parallel", in: 1...64).map { result.podman.maxParallel = $0 }
    podman.finish()

    result.registries = registries(root.section("registries"))

    let unikernel = root.section("unikernel")
    unikernel.value("qemu", program).map { result.unikernel.qemu = $0 }
    unikernel.choice("accel", Unikernel.Acceleration.self).map { result.unikernel.acceleration = $0 }
    unikernel.value("state_dir", PathText.absolute).map { result.unikernel.stateDirectory = $0 }
    unikernel.finish()

    result.mcias = readMcias(root.section("mcias"), serviceName: "mcp-agent", PathText.absolute)
    readMonitor(root.section("monitor"), &result.monitor)
    let deploy = root.section("deploy")
    deploy.duration("settle", 0...3_600_000).map { result.deploy.settle = $0 }
    deploy.duration("drain", 0...3_600_000).map { result.deploy.drain = $0 }
    deploy.finish()
    let routes = root.section("routes")
    routes.value("ports", NetworkText.range).map { result.routes.ports = $0 }
    routes.finish()
    let events = root.section("events")
    events.duration("max_age", 60_000...DurationText.maximum).map { result.events.maxAge = $0 }
    events.integer("max_count", in: 1...100_000_000).map { result.events.maxCount = $0 }
    events.finish()

    result.alerts = readAlerts(root)
    readScripts(root.section("scripts"), &result.scripts)
    readBoot(root.section("boot"), &result.boot)

    let log = root.section("log")
    log.choice("level", Log.Level.self).map { result.log.level = $0 }
    log.choice("format", Log.Format.self).map { result.log.format = $0 }
    log.finish()
    return result
  }

  private static func registries(_ reader: TableReader) -> [String: RegistryAccess] {
    var registries: [String: RegistryAccess] = [:]
    for name in reader.keys {
      guard let table = reader.table(name) else { continue }
      if !ImageReference.isRegistry(name) {
        reader.report(name, "is not the name of a registry, such as `registry.example:5000`")
      }
      let access = RegistryAccess(
        username: table.value("username", Text.plain),
        passwordFile: table.value("password_file", PathText.absolute),
        plainHTTP: table.boolean("plain_http") ?? false)
      if access.username != nil, !table.has("password_file") {
        table.report("password_file", "is required where `username` is set")
      }
      if access.passwordFile != nil, !table.has("username") {
        table.report("username", "is required where `password_file` is set")
      }
      table.finish()
      registries[name] = access
    }
    reader.finish()
    return registries
  }

  private static func readServer(_ reader: TableReader, _ server: inout Server) {
    reader.value("socket", PathText.socket).map { server.socket = $0 }
    server.group = reader.optional("group", group) ?? ""
    reader.choice("group_role", Role.self).map { server.groupRole = $0 }
    server.listen = reader.optional("listen", AgentAddress.tcp)
    server.tlsCertificate = reader.optional("tls_cert", PathText.absolute)
    server.tlsKey = reader.optional("tls_key", PathText.absolute)
    if server.listen != nil {
      if server.tlsCertificate == nil { reader.require("tls_cert", "is required where `listen` is set") }
      if server.tlsKey == nil { reader.require("tls_key", "is required where `listen` is set") }
    }
    reader.finish()
  }

  /// Reads the table `[mcias]` of an agent or of the command line; `nil` where it names no server.
  static func readMcias(
    _ reader: TableReader, serviceName: String, _ path: (String) throws(ValueError) -> String
  ) -> IdentityService.Settings? {
    let url = reader.optional("server_url", httpsURL)
    var settings = IdentityService.Settings(serverURL: url ?? "", serviceName: serviceName)
    reader.value("service_name", Text.plain).map { settings.serviceName = $0 }
    settings.caCertificate = reader.optional("ca_cert", path)
    reader.value("login_path", urlPath).map { settings.loginPath = $0 }
    reader.value("renew_path", urlPath).map { settings.renewPath = $0 }
    reader.value("logout_path", urlPath).map { settings.logoutPath = $0 }
    reader.value("validate_path", urlPath).map { settings.validatePath = $0 }
    reader.finish()
    return url == nil ? nil : settings
  }

  private static func urlPath(_ text: String) throws(ValueError) -> String {
    let isPlain = text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    guard text.utf8.first == UInt8(ascii: "/"), isPlain else {
      throw ValueError("must be a path such as `/v1/auth/login`, not \(Text.quoted(text))")
    }
    return text
  }

  private static func readMonitor(_ reader: TableReader, _ monitor: inout Monitor) {
    reader.duration("resync", 1_000...86_400_000).map { monitor.resync = $0 }
    reader.duration("grace", 0...3_600_000).map { monitor.grace = $0 }
    reader.duration("flap_window", 1_000...7 * 86_400_000).map { monitor.flapWindow = $0 }
    reader.integer("flap_threshold", in: 1...1_000).map { monitor.flapThreshold = $0 }
    reader.finish()
  }

  private static func readScripts(_ reader: TableReader, _ scripts: inout Scripts) {
    reader.value("dir", PathText.absolute).map { scripts.directory = $0 }
    reader.size("memory", (1 << 20)...(4 << 30)).map { scripts.memory = $0 }
    reader.duration("cpu_per_run", 10...3_600_000).map { scripts.cpuPerRun = $0 }
    reader.duration("timeout", 1_000...86_400_000).map { scripts.timeout = $0 }
    reader.list("http_hosts", placeholder: "", httpHost).map { scripts.httpHosts = $0 }
    reader.list("env", placeholder: "", Text.plain).map { scripts.environment = $0 }
    reader.finish()
  }

  private static func httpHost(_ text: String) throws(ValueError) -> String {
    let isPlain = text.utf8.allSatisfy {
      Text.isAlphanumeric($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ":")
        || $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "]")
    }
    guard !text.isEmpty, isPlain else {
      throw ValueError("must be a host such as `hooks.example` or `127.0.0.1:9000`, not \(Text.quoted(text))")
    }
    return text.lowercased()
  }

  private static func readBoot(_ reader: TableReader, _ boot: inout Boot) {
    boot.script = reader.optional("script", relativePath)
    var names: Set<String> = []
    for case let table? in reader.tables("sequence") {
      guard let stage = stage(table) else { continue }
      if !names.insert(stage.name).inserted {
        table.report("name", "\(Text.quoted(stage.name)) is the name of another stage as well")
      }
      boot.sequence.append(stage)
    }
    reader.finish()
  }

  private static func stage(_ reader: TableReader) -> BootStage? {
    if !reader.has("name") { reader.report("name", "is required") }
    if !reader.has("services") { reader.report("services", "is required") }
    let name = reader.value("name", Text.plain)
    let services = reader.list("services", placeholder: "", serviceName)
    if services?.isEmpty == true { reader.report("services", "must name at least one service") }
    let timeout = reader.duration("timeout", 1_000...86_400_000)
    let health = reader.choice("health", HealthCheck.Kind.self)
    let required = reader.boolean("required")
    reader.finish()
    guard let name, let services else { return nil }
    var stage = BootStage(name: name, services: services)
    timeout.map { stage.timeout = $0 }
    stage.health = health
    required.map { stage.required = $0 }
    return stage
  }

  private static func readAlerts(_ root: TableReader) -> [AlertSinkSettings] {
    var sinks: [AlertSinkSettings] = []
    for case let table? in root.tables("alerts") {
      guard var sink = alert(table) else { continue }
      if sink.name.isEmpty { sink.name = "\(sink.kind.rawValue)-\(sinks.count { $0.kind == sink.kind } + 1)" }
      if sinks.contains(where: { $0.name == sink.name }) {
        table.report("name", "\(Text.quoted(sink.name)) is the name of another sink as well")
      }
      sinks.append(sink)
    }
    return sinks
  }

  private static func alert(_ reader: TableReader) -> AlertSinkSettings? {
    if !reader.has("type") { reader.report("type", "is required") }
    let kind = reader.choice("type", AlertSinkSettings.Kind.self)
    let schemes = kind == .smtp ? ["smtp", "smtps"] : ["https", "http"]
    let sink = AlertSinkSettings(
      name: reader.value("name", Text.plain) ?? "", kind: kind ?? .webhook,
      url: reader.value("url") { (text) throws(ValueError) in try NetworkText.url(text, schemes: schemes) },
      command: reader.list("command", placeholder: "", Text.plain) ?? [],
      from: reader.value("from", Text.plain), to: reader.list("to", placeholder: "", Text.plain) ?? [],
      severity: reader.choice("severity", Alert.Severity.self) ?? .info,
      username: reader.value("username", Text.plain),
      passwordFile: reader.value("password_file", PathText.absolute),
      caCertificate: reader.value("ca_cert", PathText.absolute))
    reader.finish()
    guard let kind else { return nil }
    func need(_ key: String, _ needed: Bool) {
      if needed, !reader.has(key) { reader.report(key, "is required for `\(kind.rawValue)`") }
      if !needed, reader.has(key) { reader.report(key, "is not for `\(kind.rawValue)`") }
    }
    need("url", kind != .command)
    need("command", kind == .command)
    need("from", kind == .smtp)
    need("to", kind == .smtp)
    for key in ["username", "password_file", "ca_cert"] where kind == .command { need(key, false) }
    if reader.has("username") != reader.has("password_file"), kind == .smtp || reader.has("username") {
      reader.report("password_file", "belongs to `username`: give both")
    }
    return sink
  }
}
