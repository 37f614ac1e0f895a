extension Mcp_V1_DesiredState {
  /// Creates the message's value.
  package init(_ state: DesiredState) {
    switch state {
    case .running: self = .running
    case .stopped: self = .stopped
    }
  }
}

extension DesiredState {
  /// Reads the message's value; something unknown counts as stopped, which claims least.
  package init(wire: Mcp_V1_DesiredState) {
    self = wire == .running ? .running : .stopped
  }
}

extension Mcp_V1_ObservedState {
  /// Creates the message of a state.
  package init(_ state: ObservedState) {
    self.init()
    switch state {
    case .running: kind = .running
    case .starting: kind = .starting
    case .unhealthy: kind = .unhealthy
    case .exited(let code):
      kind = .exited
      exitCode = Int32(clamping: code)
    case .stopped: kind = .stopped
    case .missing: kind = .missing
    case .unknown: kind = .unknown
    }
  }
}

extension ObservedState {
  /// Creates a state from its message; something unknown is ``unknown``.
  package init(wire: Mcp_V1_ObservedState) {
    switch wire.kind {
    case .running: self = .running
    case .starting: self = .starting
    case .unhealthy: self = .unhealthy
    case .exited: self = .exited(code: Int(wire.exitCode))
    case .stopped: self = .stopped
    case .missing: self = .missing
    case .unknown, .unspecified, .UNRECOGNIZED: self = .unknown
    }
  }
}

extension Mcp_V1_Drift {
  /// Creates the message of a drift.
  package init(_ drift: Drift) {
    self.init()
    switch drift.kind {
    case .missing: kind = .missing
    case .exited: kind = .exited
    case .unexpectedRunning: kind = .unexpectedRunning
    case .specMismatch: kind = .specMismatch
    case .unhealthy: kind = .unhealthy
    case .unmanaged: kind = .unmanaged
    case .imageMismatch: kind = .imageMismatch
    case .leftover: kind = .leftover
    }
    service = drift.service
    component = drift.component
    message = drift.message
  }
}

extension Drift {
  /// Creates a drift from its message.
  ///
  /// A kind that is not known is a mismatch with the definition, the most general one: dropping it would
  /// report a node in order that is not. Its message still says what was found.
  package init(wire: Mcp_V1_Drift) {
    let kind: Kind
    switch wire.kind {
    case .missing: kind = .missing
    case .exited: kind = .exited
    case .unexpectedRunning: kind = .unexpectedRunning
    case .unhealthy: kind = .unhealthy
    case .unmanaged: kind = .unmanaged
    case .imageMismatch: kind = .imageMismatch
    case .leftover: kind = .leftover
    case .specMismatch, .unspecified, .UNRECOGNIZED: kind = .specMismatch
    }
    self.init(kind: kind, service: wire.service, component: wire.component, message: wire.message)
  }
}

extension Mcp_V1_Actor {
  /// Creates the message of an actor.
  package init(_ actor: Actor) {
    self.init()
    switch actor.kind {
    case .user: kind = .user
    case .token: kind = .token
    case .script: kind = .script
    case .agent: kind = .agent
    }
    name = actor.name
  }
}

extension Actor {
  /// Creates an actor from its message; a kind that is not known is a user.
  package init(wire: Mcp_V1_Actor) {
    let kind: Kind
    switch wire.kind {
    case .token: kind = .token
    case .script: kind = .script
    case .agent: kind = .agent
    case .user, .unspecified, .UNRECOGNIZED: kind = .user
    }
    self.init(kind: kind, name: wire.name)
  }
}
