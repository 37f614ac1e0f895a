extension Mcp_V1_HealthCheck {
  /// Creates the message of a check.
  package init(_ check: HealthCheck) {
    self.init()
    switch check.kind {
    case .tcp: kind = .tcp
    case .http: kind = .http
    case .grpc: kind = .grpc
    case .exec: kind = .exec
    }
    if let port = check.port { self.port = UInt32(clamping: port) }
    if let path = check.path { self.path = path }
    if let status = check.status { self.status = status.description }
    if let body = check.body { self.body = body }
    command = check.command
    intervalMs = check.intervalMs
    timeoutMs = check.timeoutMs
    retries = UInt32(clamping: check.retries)
    startPeriodMs = check.startPeriodMs
  }
}

extension HealthCheck {
  /// Creates a check from its message; throws `invalidArgument` naming the field.
  package init(wire: Mcp_V1_HealthCheck, at path: FieldPath) throws {
    let kind: Kind
    switch wire.kind {
    case .tcp: kind = .tcp
    case .http: kind = .http
    case .grpc: kind = .grpc
    case .exec: kind = .exec
    case .unspecified: throw path["kind"].invalid("is required")
    case .UNRECOGNIZED(let value): throw path["kind"].unknown(value)
    }
    self.init(
      kind: kind, port: wire.hasPort ? try path["port"].port(wire.port) : nil,
      path: wire.hasPath ? wire.path : nil, command: wire.command)
    if wire.hasIntervalMs { intervalMs = wire.intervalMs }
    if wire.hasTimeoutMs { timeoutMs = wire.timeoutMs }
    if wire.hasRetries { retries = Int(wire.retries) }
    startPeriodMs = wire.startPeriodMs
    if wire.hasStatus {
      guard let range = StatusRange(wire.status) else {
        throw path["status"].invalid("is no range of statuses")
      }
      status = range
    }
    if wire.hasBody { body = wire.body }
  }
}

extension Mcp_V1_Route {
  /// Creates the message of a route.
  package init(_ route: Route) {
    self.init()
    name = route.name
    port = UInt32(clamping: route.port)
    switch route.mode {
    case .l4: mode = .l4
    case .l7: mode = .l7
    }
    if let hostname = route.hostname { self.hostname = hostname }
    if let target = route.target { self.target = UInt32(clamping: target) }
    transport = .init(route.transport)
    if let address = route.address { self.address = address }
  }
}

extension Route {
  /// Creates a route from its message; throws `invalidArgument` naming the field.
  package init(wire: Mcp_V1_Route, at path: FieldPath) throws {
    let mode: Mode
    switch wire.mode {
    case .unspecified, .l4: mode = .l4
    case .l7: mode = .l7
    case .UNRECOGNIZED(let value): throw path["mode"].unknown(value)
    }
    self.init(
      name: wire.name, port: try path["port"].port(wire.port), address: wire.hasAddress ? wire.address : nil,
      target: wire.hasTarget ? try path["target"].port(wire.target) : nil,
      transport: try .init(wire: wire.transport, at: path["transport"]), mode: mode,
      hostname: wire.hasHostname ? wire.hostname : nil)
  }
}

extension Mcp_V1_UnikernelSpec {
  /// Creates the message of what a unikernel boots.
  package init(_ spec: UnikernelSpec) {
    self.init()
    if let kernel = spec.kernel { self.kernel = kernel }
    if let initrd = spec.initrd { self.initrd = initrd }
    if let disk = spec.disk { self.disk = disk }
    if let commandLine = spec.commandLine { self.commandLine = commandLine }
    if let sha256 = spec.sha256 { self.sha256 = sha256 }
  }
}

extension UnikernelSpec {
  /// Creates what a unikernel boots from its message.
  package init(wire: Mcp_V1_UnikernelSpec) {
    self.init(
      kernel: wire.hasKernel ? wire.kernel : nil, initrd: wire.hasInitrd ? wire.initrd : nil,
      disk: wire.hasDisk ? wire.disk : nil, commandLine: wire.hasCommandLine ? wire.commandLine : nil,
      sha256: wire.hasSha256 ? wire.sha256 : nil)
  }
}
