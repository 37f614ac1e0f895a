import Engine
import Foundation

/// Values that tests show.
enum Sample {
  /// The time that every test calls now: 2026-01-02T03:04:05.678Z.
  static let now = Date(timeIntervalSince1970: 1_767_323_045.678)

  static func ago(_ seconds: Double) -> Date { now.addingTimeInterval(-seconds) }

  static let result = OperationResult(
    service: "web", primitive: "deploy", revision: 3, changed: true,
    message: "web: deployed revision 3 (2 changed)")

  static let plan = OperationResult(
    service: "web", primitive: "deploy", revision: 3, changed: true, planned: true,
    steps: [
      PlannedStep(component: "api", action: "pull", message: "pull example.org/api:2"),
      PlannedStep(component: "api", action: "create", message: "create web-api"),
    ], message: "web: 2 steps planned")

  static let node = NodeInfo(
    name: "rift", agentVersion: "0.1.0", runtimes: ["podman 4.3.1"], healthy: true, startedAt: ago(230_400),
    services: 1, components: 2, running: 1)

  static let summary = ServiceSummary(
    name: "web", node: "rift", active: true, components: ["api", "db"], revision: 3, updatedAt: ago(303))

  static let api = ComponentStatus(
    service: "web", component: "api", node: "rift", runtime: .container, desired: .running,
    observed: .running, version: "v1.0.0", image: "example.org/api:v1.0.0", since: ago(230_400), restarts: 0,
    revision: 3, runtimeID: "0123abcd", pid: 4711, ports: ["127.0.0.1:8443:8443"])

  static let db = ComponentStatus(
    service: "web", component: "db", node: "rift", runtime: .container, desired: .running,
    observed: .exited(code: 1), version: "15", image: "example.org/db:15", since: ago(12), restarts: 4,
    revision: 1, runtimeID: nil, pid: nil, ports: [])

  static let event = Event(
    id: 7, time: ago(303), actor: Actor(kind: .user, name: "alice"), service: "web", component: nil,
    kind: EventKind.deploy, message: "deployed revision 3",
    details: ["result": "done", "imageID": "sha256:1"])

  static let report = StatusReport(
    node: node, components: [api, db],
    drift: [Drift(kind: .exited, service: "web", component: "db", message: "ended with code 1")],
    operations: ["deploy of mail by user:bob"], events: [event])

  static let definition: ServiceDefinition = {
    var api = Component(name: "api", image: "example.org/api:v1.0.0")
    api.ports = [PortMapping(hostIP: "127.0.0.1", hostPort: 8443, containerPort: 8443)]
    api.environment = [
      EnvironmentVariable(name: "LOG_LEVEL", value: .literal("debug")),
      EnvironmentVariable(name: "dbPassword", value: .secret("db-password")),
    ]
    api.health = HealthCheck(kind: .http, port: 8443, path: "/healthz")
    let db = Component(name: "db", image: "example.org/db:15")
    return ServiceDefinition(name: "web", node: "rift", components: [api, db])
  }()

  static let record = ServiceRecord(
    definition: definition, revision: 3, updatedAt: ago(303), updatedBy: Actor(kind: .user, name: "alice"),
    components: [
      ComponentRecord(name: "api", desired: .running, specHash: "aa", revision: 3),
      ComponentRecord(name: "db", desired: .running, specHash: "bb", revision: 1),
    ])
}
