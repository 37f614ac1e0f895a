extension Mcp_V1_RestartPolicy {
  /// Creates the message of a restart policy.
  package init(_ policy: RestartPolicy) {
    self.init()
    switch policy {
    case .no: mode = .no
    case .onFailure(let retries):
      mode = .onFailure
      if let retries { maxRetries = UInt32(clamping: retries) }
    case .always: mode = .always
    case .unlessStopped: mode = .unlessStopped
    }
  }
}

extension RestartPolicy {
  /// Creates a restart policy from its message; throws `invalidArgument` naming the field.
  package init(wire: Mcp_V1_RestartPolicy, at path: FieldPath) throws {
    if wire.hasMaxRetries, wire.mode != .onFailure {
      throw path["max_retries"].invalid("goes with MODE_ON_FAILURE only")
    }
    switch wire.mode {
    case .unspecified, .unlessStopped: self = .unlessStopped
    case .no: self = .no
    case .always: self = .always
    case .onFailure where wire.hasMaxRetries:
      guard (1...1_000_000).contains(wire.maxRetries) else {
        throw path["max_retries"].invalid("\(wire.maxRetries) is not from 1 to 1000000")
      }
      self = .onFailure(maxRetries: Int(wire.maxRetries))
    case .onFailure: self = .onFailure(maxRetries: nil)
    case .UNRECOGNIZED(let value): throw path["mode"].unknown(value)
    }
  }
}

extension Mcp_V1_PortMapping {
  /// Creates the message of a port.
  package init(_ port: PortMapping) {
    self.init()
    if let hostIP = port.hostIP { hostIp = hostIP }
    hostPort = UInt32(clamping: port.hostPort)
    containerPort = UInt32(clamping: port.containerPort)
    transport = Transport(port.transport)
  }
}

extension Mcp_V1_PortMapping.Transport {
  /// Creates the message's word of a protocol.
  init(_ transport: PortMapping.TransportProtocol) {
    switch transport {
    case .tcp: self = .tcp
    case .udp: self = .udp
    }
  }
}

extension PortMapping.TransportProtocol {
  /// Creates a protocol from the message's word; throws `invalidArgument` naming the field.
  init(wire: Mcp_V1_PortMapping.Transport, at path: FieldPath) throws {
    switch wire {
    case .unspecified, .tcp: self = .tcp
    case .udp: self = .udp
    case .UNRECOGNIZED(let value): throw path.unknown(value)
    }
  }
}

extension PortMapping {
  /// Creates a port from its message; throws `invalidArgument` naming the field.
  package init(wire: Mcp_V1_PortMapping, at path: FieldPath) throws {
    self.init(
      hostIP: wire.hasHostIp ? wire.hostIp : nil,
      hostPort: try path["host_port"].port(wire.hostPort),
      containerPort: try path["container_port"].port(wire.containerPort),
      transport: try TransportProtocol(wire: wire.transport, at: path["transport"]))
  }
}

extension Mcp_V1_VolumeMount {
  /// Creates the message of a mount.
  package init(_ volume: VolumeMount) {
    self.init()
    source = volume.source
    target = volume.target
    readOnly = volume.readOnly
  }
}

extension VolumeMount {
  /// Creates a mount from its message; throws `invalidArgument` naming the field.
  package init(wire: Mcp_V1_VolumeMount, at path: FieldPath) throws {
    self.init(
      source: try path["source"].required(wire.source), target: try path["target"].required(wire.target),
      readOnly: wire.readOnly)
  }
}

extension Mcp_V1_EnvironmentVariable {
  /// Creates the message of a variable.
  package init(_ variable: EnvironmentVariable) {
    self.init()
    name = variable.name
    switch variable.value {
    case .literal(let text): literal = text
    case .secret(let name): secret = name
    }
  }
}

extension EnvironmentVariable {
  /// Creates a variable from its message; throws `invalidArgument` naming the field.
  package init(wire: Mcp_V1_EnvironmentVariable, at path: FieldPath) throws {
    let name = try path["name"].required(wire.name)
    switch wire.value {
    case .literal(let text): self.init(name: name, value: .literal(text))
    case .secret(let secret): self.init(name: name, value: .secret(try path["secret"].required(secret)))
    case nil: throw path["value"].invalid("is required: literal or secret")
    }
  }
}

extension Mcp_V1_PullPolicy {
  /// Creates the message's value.
  package init(_ policy: PullPolicy) {
    switch policy {
    case .missing: self = .missing
    case .always: self = .always
    case .never: self = .never
    }
  }
}

extension PullPolicy {
  /// Creates a policy from the message's value; throws `invalidArgument` naming the field.
  package init(wire: Mcp_V1_PullPolicy, at path: FieldPath) throws {
    switch wire {
    case .unspecified, .missing: self = .missing
    case .always: self = .always
    case .never: self = .never
    case .UNRECOGNIZED(let value): throw path.unknown(value)
    }
  }
}

extension Mcp_V1_SecretFile {
  /// Creates the message of a file.
  package init(_ file: SecretFile) {
    self.init()
    name = file.name
    if let path = file.path { self.path = path }
  }
}

extension SecretFile {
  /// Creates a file from its message; throws `invalidArgument` naming the field.
  package init(wire: Mcp_V1_SecretFile, at path: FieldPath) throws {
    self.init(name: try path["name"].required(wire.name), path: wire.hasPath ? wire.path : nil)
  }
}
