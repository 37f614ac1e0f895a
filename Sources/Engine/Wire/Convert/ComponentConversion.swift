extension Mcp_V1_Component {
  /// Creates the message of a component.
  package init(_ component: Component) {
    self.init()
    name = component.name
    if let image = component.image { self.image = image }
    runtime = Mcp_V1_RuntimeKind(component.runtime)
    if let network = component.network { self.network = network }
    if let user = component.user { self.user = user }
    restart = Mcp_V1_RestartPolicy(component.restart)
    ports = component.ports.map(Mcp_V1_PortMapping.init)
    volumes = component.volumes.map(Mcp_V1_VolumeMount.init)
    command = component.command
    environment = component.environment.map(Mcp_V1_EnvironmentVariable.init)
    dependsOn = component.dependsOn
    if let memory = component.memory { memoryBytes = memory }
    if let cpus = component.cpus { self.cpus = cpus }
    labels = component.labels
    if let health = component.health { self.health = Mcp_V1_HealthCheck(health) }
    routes = component.routes.map(Mcp_V1_Route.init)
    allowLatest = component.allowLatest
    heal = component.heal
    if let unikernel = component.unikernel { self.unikernel = Mcp_V1_UnikernelSpec(unikernel) }
    pull = Mcp_V1_PullPolicy(component.pull)
    secrets = component.secrets.map(Mcp_V1_SecretFile.init)
  }
}

extension Component {
  /// Creates a component from its message; throws `invalidArgument` naming the field.
  package init(wire: Mcp_V1_Component, at path: FieldPath) throws {
    self.init(name: try path["name"].required(wire.name), image: wire.hasImage ? wire.image : nil)
    runtime = try RuntimeKind(defining: wire.runtime, at: path["runtime"])
    network = wire.hasNetwork ? wire.network : nil
    user = wire.hasUser ? wire.user : nil
    restart = try wire.hasRestart ? RestartPolicy(wire: wire.restart, at: path["restart"]) : .unlessStopped
    ports = try wire.ports.converted(at: path["ports"]) { try PortMapping(wire: $0, at: $1) }
    volumes = try wire.volumes.converted(at: path["volumes"]) { try VolumeMount(wire: $0, at: $1) }
    command = wire.command
    environment = try wire.environment.converted(at: path["environment"]) {
      try EnvironmentVariable(wire: $0, at: $1)
    }
    dependsOn = wire.dependsOn
    memory = wire.hasMemoryBytes ? wire.memoryBytes : nil
    if wire.hasCpus {
      guard wire.cpus.isFinite else { throw path["cpus"].invalid("\(wire.cpus) is not a finite number") }
      cpus = wire.cpus
    }
    labels = wire.labels
    health = wire.hasHealth ? try HealthCheck(wire: wire.health, at: path["health"]) : nil
    routes = try wire.routes.converted(at: path["routes"]) { try Route(wire: $0, at: $1) }
    allowLatest = wire.allowLatest
    heal = wire.hasHeal ? wire.heal : true
    unikernel = wire.hasUnikernel ? UnikernelSpec(wire: wire.unikernel) : nil
    pull = try PullPolicy(wire: wire.pull, at: path["pull"])
    secrets = try wire.secrets.converted(at: path["secrets"]) { try SecretFile(wire: $0, at: $1) }
  }
}

extension Mcp_V1_RuntimeKind {
  /// Creates the message's value.
  package init(_ kind: RuntimeKind) {
    switch kind {
    case .container: self = .container
    case .unikernel: self = .unikernel
    }
  }
}

extension RuntimeKind {
  /// What a definition asks for: nothing said is a container, something unknown is refused.
  package init(defining wire: Mcp_V1_RuntimeKind, at path: FieldPath) throws {
    switch wire {
    case .unspecified, .container: self = .container
    case .unikernel: self = .unikernel
    case .UNRECOGNIZED(let value): throw path.unknown(value)
    }
  }

  /// What an answer tells: something unknown shows as a container.
  package init(reported wire: Mcp_V1_RuntimeKind) {
    self = wire == .unikernel ? .unikernel : .container
  }
}
