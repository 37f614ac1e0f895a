import Engine
import Foundation
import TestSupport

/// Makes values of the model at random, empty and absent parts included.
struct WireSamples {
  var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func bool() -> Bool { Bool.random(using: &random) }

  mutating func int(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

  mutating func int64() -> Int64 { Int64(bitPattern: random.next() >> UInt64(int(1...63))) }

  mutating func text() -> String {
    let alphabet = Array("abz019-_./:= \t\"\\%ÄéßΩ漢🐙\u{0}\u{7f}\u{301}")
    return String((0..<int(0...12)).compactMap { _ in alphabet.randomElement(using: &random) })
  }

  mutating func some() -> String { "x" + text() }

  mutating func name() -> String { "n" + String(int(0...99_999)) }

  mutating func optional<Value>(_ make: (inout WireSamples) -> Value) -> Value? { bool() ? make(&self) : nil }

  mutating func list<Value>(_ make: (inout WireSamples) -> Value) -> [Value] {
    (0..<int(0...3)).map { _ in make(&self) }
  }

  mutating func table() -> [String: String] {
    Dictionary(list { ($0.text(), $0.text()) }, uniquingKeysWith: { $1 })
  }

  mutating func one<Value>(of values: [Value]) -> Value { values[int(0...values.count - 1)] }

  /// Times to the millisecond, which is what the agent keeps.
  mutating func date() -> Date {
    Date(timeIntervalSince1970: Double(int(-2_000_000_000_000...4_000_000_000_000)) / 1_000)
  }

  mutating func definition() -> ServiceDefinition {
    var definition = ServiceDefinition(
      name: name(), node: optional { $0.text() }, components: list { $0.component() })
    definition.active = bool()
    definition.path = optional { $0.text() }
    definition.buildImages = table()
    definition.snapshot = optional {
      SnapshotSpec(method: $0.some(), exclude: $0.list { $0.text() })
    }
    return definition
  }

  mutating func component() -> Component {
    var component = Component(name: name(), image: optional { $0.text() })
    component.runtime = one(of: RuntimeKind.allCases)
    component.network = optional { $0.text() }
    component.user = optional { $0.text() }
    component.restart = one(
      of: [.no, .always, .unlessStopped, .onFailure(maxRetries: nil), .onFailure(maxRetries: int(1...99))])
    component.ports = list {
      PortMapping(
        hostIP: $0.optional { $0.text() }, hostPort: $0.int(1...65_535), containerPort: $0.int(1...65_535),
        transport: $0.one(of: PortMapping.TransportProtocol.allCases))
    }
    component.volumes = list { VolumeMount(source: $0.some(), target: $0.some(), readOnly: $0.bool()) }
    component.command = list { $0.text() }
    component.environment = list {
      EnvironmentVariable(name: $0.some(), value: $0.bool() ? .literal($0.text()) : .secret($0.some()))
    }
    component.dependsOn = list { $0.text() }
    component.memory = optional { $0.int64() }
    component.cpus = optional { Double($0.int(-1_000...100_000)) / 7 }
    component.labels = table()
    component.health = optional { $0.health() }
    component.routes = list {
      Route(
        name: $0.text(), port: $0.int(1...65_535), mode: $0.one(of: Route.Mode.allCases),
        hostname: $0.optional { $0.text() })
    }
    component.allowLatest = bool()
    component.heal = bool()
    component.pull = one(of: PullPolicy.allCases)
    component.secrets = list { SecretFile(name: $0.some(), path: $0.optional { $0.text() }) }
    component.unikernel = optional {
      UnikernelSpec(
        kernel: $0.optional { $0.text() }, initrd: $0.optional { $0.text() }, disk: $0.optional { $0.text() },
        commandLine: $0.optional { $0.text() }, sha256: $0.optional { $0.text() })
    }
    return component
  }

  mutating func health() -> HealthCheck {
    HealthCheck(
      kind: one(of: HealthCheck.Kind.allCases), port: optional { $0.int(1...65_535) },
      path: optional { $0.text() },
      status: optional { $0.one(of: ["200", "200-299"]) }.flatMap(StatusRange.init),
      body: optional { $0.text() },
      command: list { $0.text() }, intervalMs: int64(), timeoutMs: int64(),
      retries: int(0...1_000), startPeriodMs: int64())
  }

  mutating func observed() -> ObservedState {
    one(
      of: [
        .running, .starting, .unhealthy, .exited(code: int(-255...255)), .stopped, .missing, .unknown,
      ])
  }

  mutating func status() -> ComponentStatus {
    ComponentStatus(
      service: text(), component: text(), node: text(), runtime: one(of: RuntimeKind.allCases),
      desired: one(of: DesiredState.allCases), observed: observed(), version: text(), image: text(),
      since: optional { $0.date() }, restarts: int(0...9), revision: int64(),
      runtimeID: optional { $0.text() }, pid: optional { $0.int(1...4_194_304) }, ports: list { $0.text() },
      health: optional { $0.text() })
  }

  mutating func change() -> FieldChange {
    FieldChange(path: text(), before: optional { $0.text() }, after: optional { $0.text() })
  }

  mutating func revision() -> RevisionSummary {
    RevisionSummary(
      revision: int64(), createdAt: date(), actor: actor(), outcome: one(of: RevisionRecord.Outcome.allCases),
      current: bool(), changes: list { $0.change() })
  }

  mutating func actor() -> Actor { Actor(kind: one(of: Actor.Kind.allCases), name: text()) }

  mutating func event() -> Event {
    Event(
      id: int64(), time: date(), actor: actor(), service: optional { $0.text() },
      component: optional { $0.text() }, kind: text(), message: text(), details: table())
  }

  mutating func drift() -> Drift {
    Drift(kind: one(of: Drift.Kind.allCases), service: text(), component: text(), message: text())
  }

  mutating func node() -> NodeInfo {
    NodeInfo(
      name: text(), agentVersion: text(), runtimes: list { $0.text() }, healthy: bool(), startedAt: date(),
      services: int(0...9), components: int(0...9), running: int(0...9))
  }

  mutating func result() -> OperationResult {
    OperationResult(
      service: text(), primitive: text(), revision: int64(), changed: bool(), planned: bool(),
      changes: list { $0.change() },
      steps: list { PlannedStep(component: $0.text(), action: $0.text(), message: $0.text()) },
      warnings: list { $0.text() }, message: text())
  }

  mutating func error() -> EngineError {
    EngineError(
      one(of: EngineError.Code.allCases), some(), cause: optional { $0.text() },
      hint: optional { $0.text() }, service: optional { $0.text() }, component: optional { $0.text() },
      details: list { $0.text() })
  }
}
